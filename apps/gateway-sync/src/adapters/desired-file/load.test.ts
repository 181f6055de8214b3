import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadDesiredFile } from './load.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gateway-sync-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function written(content: string | Uint8Array, name = 'gateway-sync.yaml'): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const text = (secret: string) =>
  `version: 1\ntenants:\n  - { tenant: acme, credentials: { clientId: i, clientSecret: "${secret}" }, subscriptions: [] }\n`;

test('a file is read with the given environment', async () => {
  const file = await loadDesiredFile(await written(text('${env:X}')), { X: 'from env' });
  expect(file.tenants[0]?.credentials.clientSecret.reveal()).toBe('from env');
});

test('a byte order mark is no problem', async () => {
  const file = await loadDesiredFile(await written(`\uFEFF${text('s')}`), {});
  expect(file.tenants).toHaveLength(1);
});

test('a relative ${file:…} starts at the desired-state file', async () => {
  await written('from a file\n', 'secret.txt');
  const file = await loadDesiredFile(await written(text('${file:secret.txt}')), {});
  expect(file.tenants[0]?.credentials.clientSecret.reveal()).toBe('from a file');
});

test('a file that is not there is a problem with a remedy', async () => {
  const path = join(folder, 'none.yaml');
  await expect(loadDesiredFile(path, {})).rejects.toMatchObject({
    name: 'ConfigError',
    problems: [
      {
        place: path,
        path: '',
        message: 'cannot be read (ENOENT)',
        remedy: 'name the file with --config or GATEWAY_SYNC_CONFIG',
      },
    ],
  });
});

test('a folder, bytes that are no text, and more than 10 MB are problems', async () => {
  const found = [
    folder,
    await written(new Uint8Array([0xff, 0xfe, 0xc3]), 'binary'),
    await written('#'.repeat(10 * 1024 * 1024 + 1), 'big'),
  ];
  const attempts = await Promise.allSettled(found.map((path) => loadDesiredFile(path, {})));
  expect(attempts).toMatchObject(
    ['cannot be read (EISDIR)', 'is not UTF-8 text', 'is larger than 10 MB'].map((message) => ({
      status: 'rejected',
      reason: { problems: [{ message }] },
    })),
  );
});

test('a reference to something without an end is a problem, and it is not read to its end', async () => {
  const path = await written(text('${file:/dev/zero}'));
  await expect(loadDesiredFile(path, {})).rejects.toMatchObject({
    problems: [{ message: '/dev/zero cannot be read (larger than 1 MB)' }],
  });
});
