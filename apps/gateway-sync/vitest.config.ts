import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Said here and not left to a tsconfig look-up: constructor injection depends on it.
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    reporters: ['default', ['json', { outputFile: 'reports/vitest.json' }]],
  },
});
