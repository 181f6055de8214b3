import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { jsonSchemaText } from './json-schema.js';

test('gateway-sync.schema.json is what the schema says (pnpm --filter gateway-sync generate:schema)', async () => {
  const committed = await readFile(new URL('../../../gateway-sync.schema.json', import.meta.url), 'utf8');
  expect(JSON.parse(committed)).toEqual(JSON.parse(jsonSchemaText()));
});
