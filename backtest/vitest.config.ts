import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Some hundred months are made up and foretold.
    testTimeout: 60_000,
    include: ['src/**/*.test.ts'],
    reporters: ['default', ['json', { outputFile: 'reports/vitest.json' }]],
  },
});
