import { availableParallelism } from 'node:os';
import { env } from 'node:process';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Said here and not left to a tsconfig look-up: constructor injection depends on it.
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  test: {
    // Property tests and processes take their time on a busy machine.
    testTimeout: 20_000,
    // Many wait most of their time; by default one core of two would be left idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // These take the whole machine: see `vitest.long.config.ts`.
    exclude: ['test/chaos/**', 'test/soak/**'],
    reporters: ['default', ['json', { outputFile: `reports/${env['VITEST_REPORT'] ?? 'vitest'}.json` }]],
  },
});
