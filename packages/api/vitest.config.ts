import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Sockets and processes take their time on a busy machine.
    testTimeout: 20_000,
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'test/**/*.test.ts'],
    reporters: ['default', ['json', { outputFile: 'reports/vitest.json' }]],
  },
});
