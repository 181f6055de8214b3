import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { CLOCK, SILENT, useDatabase } from '../test/support/database.js';
import { Secret } from './core/secret.js';
import { ledgerAccess } from './ledger-access.js';

const TOOLS = { clock: CLOCK, log: SILENT };
const database = useDatabase();

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-sync-test-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

test('nothing is opened before it is asked for, nor where there is to be none', async () => {
  const dataDir = await emptyFolder();
  const none = ledgerAccess({ dataDir, database: { type: 'none' } }, TOOLS);
  expect(await none.get()).toBeUndefined();
  expect(none.current()).toBeUndefined();
  await none.close();
  await ledgerAccess({ dataDir, database: { type: 'bundled' } }, TOOLS).close();
  expect(await readdir(dataDir)).toEqual([]);
});

test('it is opened once, with the key of the environment, and closed once', async () => {
  const fingerprintKey = new Secret('a key from the environment');
  const env = { dataDir: '/nowhere', database: { type: 'url', url: database.url }, fingerprintKey } as const;
  const access = ledgerAccess(env, TOOLS);
  const [one, two] = await Promise.all([access.get(), access.get()]);
  expect(one).toBe(two);
  expect(access.current()).toBe(one);
  expect(one?.ledger.fingerprintKey).toBe(fingerprintKey);
  await Promise.all([access.close(), access.close()]);
  await expect(access.get()).rejects.toThrow('The ledger is closed');
});

test('what failed is tried again with the next call', async () => {
  const name = `late_${Date.now()}`;
  const url = database.urlWith((each) => void (each.pathname = name));
  const access = ledgerAccess({ dataDir: '/nowhere', database: { type: 'url', url } }, TOOLS);
  await expect(access.get()).rejects.toMatchObject({ name: 'LedgerError', code: '3D000' });
  await database.query(`create database ${name}`);
  await (await access.get())?.ping();
  await access.close();
  await database.query(`drop database ${name}`);
});
