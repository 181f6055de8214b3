import { defineConfig } from 'vitest/config';

/** The tests of the core alone, for mutation testing: they need no database, no network and no other process. */
export default defineConfig({
  test: { include: ['src/core/**/*.test.ts'], testTimeout: 60_000 },
});
