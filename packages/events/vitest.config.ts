import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const src = fileURLToPath(new URL('src/', import.meta.url));

export default defineConfig({
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  resolve: {
    // The examples name the package as its users do.
    alias: [
      { find: /^@gateway-sync\/events$/, replacement: `${src}index.ts` },
      { find: /^@gateway-sync\/events\/(.+)$/, replacement: `${src}adapters/$1.ts` },
    ],
  },
  test: {
    // Sockets take their time on a busy machine.
    testTimeout: 20_000,
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'test/**/*.test.ts'],
    reporters: ['default', ['json', { outputFile: 'reports/vitest.json' }]],
  },
});
