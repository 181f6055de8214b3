import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Starts processes.
    testTimeout: 20_000,
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    reporters: ['default', ['json', { outputFile: 'reports/vitest.json' }]],
  },
});
