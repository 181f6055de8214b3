import { defineConfig } from 'vitest/config';

/** What needs promtool or a Prometheus; `src/install-prometheus.ts` brings them. */
export default defineConfig({
  test: {
    testTimeout: 120_000,
    include: ['test/prometheus/**/*.test.ts'],
    maxWorkers: 2,
    reporters: ['default', ['json', { outputFile: 'reports/prometheus.json' }]],
  },
});
