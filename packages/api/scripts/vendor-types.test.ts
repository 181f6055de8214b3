import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { copyProject } from './testing/project-copy.ts';
import { vendorDocument } from './testing/vendor-document.ts';

const compilers = ['../node_modules/typescript/bin/tsc', '../../../node_modules/typescript/bin/tsc'];

test('what is made of a document full of oddities compiles with either TypeScript', { timeout: 120_000 }, async () => {
  const project = copyProject();
  project.write('specs/vendor.json', JSON.stringify(vendorDocument(120, 7)));
  project.addEntry({ name: 'vendor', file: '../../specs/vendor.json', rules: 'foreign' });
  await project.run('pnpm generate');

  project.write('packages/api/program.ts', program);
  project.write(
    'packages/api/tsconfig.program.json',
    JSON.stringify({
      extends: './tsconfig.build.json',
      compilerOptions: { rootDir: '.', outDir: 'out' },
      include: [],
      files: ['program.ts'],
    }),
  );
  for (const compiler of compilers) {
    const file = fileURLToPath(new URL(compiler, import.meta.url));
    expect(await project.run(`node ${file} -p packages/api/tsconfig.program.json`)).toBe('');
  }
});

const program = `
import { createVendorApi, longEnumValues, vendorOperations } from './src/generated/vendor/index.js';
import type { FooBar, FooBar_2, operationsSchema, RecordSchema, Schema2fa, VendorApiSchema } from './src/generated/vendor/index.js';
export type Names = [FooBar, FooBar_2, operationsSchema, RecordSchema, Schema2fa, VendorApiSchema];
export const api = createVendorApi();
export const counts: number[] = [longEnumValues.length, Object.keys(vendorOperations).length];
`;
