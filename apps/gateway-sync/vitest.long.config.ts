import { env } from 'node:process';
import { defineConfig } from 'vitest/config';

/** What takes minutes and the whole machine: processes that are killed, lines that are cut, long lives. */
export default defineConfig({
  test: {
    include: ['test/chaos/**/*.test.ts', 'test/soak/**/*.test.ts'],
    fileParallelism: false,
    reporters: ['default', ['json', { outputFile: `reports/${env['VITEST_REPORT'] ?? 'long'}.json` }]],
  },
});
