import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Processes take their time on a busy machine.
    testTimeout: 30_000,
    include: ['test/**/*.test.ts'],
    // These need Prometheus: see `vitest.prometheus.config.ts`.
    exclude: ['test/prometheus/**'],
    reporters: ['default', ['json', { outputFile: 'reports/vitest.json' }]],
  },
});
