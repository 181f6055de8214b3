import { expect, test } from 'vitest';
import { smallSpec } from '../testing/small-spec.ts';
import { temporaryProject } from '../testing/temporary-project.ts';
import { vendorDocument } from '../testing/vendor-document.ts';
import { vendorProject } from '../testing/vendor-project.ts';
import { readConfig } from './config.ts';
import { sha256 } from './fingerprint.ts';
import { generateFiles, sourceFiles } from './generated-files.ts';
import { parseManifest } from './manifest.ts';

test('two runs give the same bytes, wherever the project lies', async () => {
  const [first, second] = [temporaryProject(), temporaryProject()];
  const files = await generateFiles(readConfig(first.config));

  expect([...files.keys()]).toEqual([
    'operation.ts',
    'orders/enums.ts',
    'orders/operations.ts',
    'orders/types.ts',
    'manifest.json',
  ]);
  expect(await generateFiles(readConfig(second.config))).toEqual(files);
  expect(await generateFiles(readConfig(first.config))).toEqual(files);
});

test('no file holds a date, a carriage return or the place of the project', async () => {
  const { config, folder } = temporaryProject();
  for (const text of (await generateFiles(readConfig(config))).values()) {
    expect(text).not.toContain('\r');
    expect(text).not.toContain(folder);
    expect(text).not.toContain(String(new Date().getFullYear()));
  }
});

test('the manifest has the sum of every other file', async () => {
  const { config } = temporaryProject();
  const files = await generateFiles(readConfig(config));
  const others = [...files].filter(([file]) => file !== 'manifest.json');
  expect(parseManifest(files.get('manifest.json') ?? '')?.files).toEqual(
    Object.fromEntries(others.map(([file, text]) => [file, sha256(text)])),
  );
});

test('types keep what has a default optional and empty objects readable', async () => {
  const { config } = temporaryProject(
    smallSpec({
      'number:\n          type: integer':
        'number:\n          type: object\n        size:\n          type: integer\n          default: 1',
    }),
  );
  const types = (await generateFiles(readConfig(config))).get('orders/types.ts');
  expect(types).toContain('size?: number;');
  expect(types).toContain('number: Record<string, unknown>;');
  expect(types).toContain('export type OrderState =');
});

test('the faults of a document stop the run and are all named', async () => {
  const { config } = temporaryProject(
    smallSpec({ 'x-retry: safe': 'x-retry: x', 'operationId: replaceOrder': 'operationId: A' }),
  );
  await expect(generateFiles(readConfig(config))).rejects.toThrow(
    /21:7 house\/retry-class[^]*39:7 house\/operation-id/,
  );
});

test('somebody else has a client made, and two runs give the same bytes', async () => {
  const { config } = vendorProject({ 'vendor.yaml': JSON.stringify(vendorDocument(20, 1)) });
  const files = await generateFiles(readConfig(config));
  expect([...files.keys()]).toEqual([
    'operation.ts',
    'vendor/enums.ts',
    'vendor/index.ts',
    'vendor/operations.ts',
    'vendor/types.ts',
    'vendor/wire.ts',
    'manifest.json',
  ]);
  expect(await generateFiles(readConfig(config))).toEqual(files);
});

test('the files that something is made from are known, overlays and a document that is broken included', async () => {
  const { config, folder } = vendorProject({ 'vendor.yaml': 'openapi: [', 'mend.yaml': '' }, ['specs/mend.yaml']);
  expect(await sourceFiles(readConfig(config))).toEqual([`${folder}/specs/vendor.yaml`, `${folder}/specs/mend.yaml`]);
});
