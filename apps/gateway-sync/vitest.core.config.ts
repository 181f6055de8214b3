import { defineConfig } from 'vitest/config';

/**
 * The tests of the core alone, for mutation testing: they need no database, no network and no other process. The laws are
 * left out, because thousands of runs for each mutant take too long; they could only kill more.
 */
export default defineConfig({
  test: { include: ['src/core/**/*.test.ts'], exclude: ['**/*-laws.test.ts'], testTimeout: 60_000 },
});
