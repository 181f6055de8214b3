import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Packing, installing and compiling take their time on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    reporters: ['default', ['json', { outputFile: 'reports/vitest.json' }]],
  },
});
