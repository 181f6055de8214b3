import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parseDesiredFile } from '../src/adapters/desired-file/parse.js';

const README = new URL('../../../README.md', import.meta.url);

const NOTIFY_SECRET = `whsec_${Buffer.alloc(24).toString('base64')}`;
const surroundings = {
  env: { ACME_ID: 'id', ACME_SECRET: 'secret', ACME_HMAC: 'hmac', ACME_KEY: 'key', NOTIFY_SECRET },
  readFile: () => 'from a file',
};

/** Blocks of YAML without the indentation of the list that they stand in. */
function blocksOf(text: string): string[] {
  return [...text.matchAll(/^( *)```yaml\n(.*?)^ *```/gms)].map(([, indent = '', block = '']) =>
    block.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  );
}

test('every file that the README shows is valid', async () => {
  const files = blocksOf(await readFile(README, 'utf8')).filter((block) => block.includes('tenants:'));
  expect(files.length).toBeGreaterThan(1);
  for (const file of files) expect(parseDesiredFile(file, 'README.md', surroundings).tenants).toHaveLength(1);
});
