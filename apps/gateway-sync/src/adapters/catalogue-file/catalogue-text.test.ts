import { readFile } from 'node:fs/promises';
import { format } from 'prettier';
import { expect, test } from 'vitest';
import type { Catalogue } from '../../core/catalogue-row.js';
import { catalogueText, parseCatalogue } from './catalogue-text.js';

const COMMITTED = new URL(import.meta.resolve('@gateway-sync/specs/event-catalog.json'));

test('the catalogue of this repository is written as it is', async () => {
  const text = await readFile(COMMITTED, 'utf8');
  expect(catalogueText(parseCatalogue(text, 'event-catalog.json'))).toBe(text);
});

test('a catalogue is written as Prettier would', async () => {
  const schema = { list: [], words: ['Map'], inner: [[{}]], deep: [[{ a: ['String'] }]], none: {} };
  const rows: Catalogue = parseCatalogue(JSON.stringify([{ type: 'b.x', group: 'ü"', schema }]), 'a');
  const text = catalogueText([...rows, { type: 'a.x', group: 'A', schema: null }]);
  expect(text).toBe(await format(text, { parser: 'json', printWidth: 120 }));
  expect(catalogueText([])).toBe('[]\n');
});

test.each([
  ['{', '', /^is no JSON: /],
  ['{}', '', /^is no list of event types$/],
  ['[7]', '[0]', /^has no event type$/],
])('%s is no catalogue', (text, path, message) => {
  const problem = expect.objectContaining({ path, message: expect.stringMatching(message) });
  const problems = expect.arrayContaining([problem]);
  expect(() => parseCatalogue(text, 'a.json')).toThrow(expect.objectContaining({ name: 'ConfigError', problems }));
});
