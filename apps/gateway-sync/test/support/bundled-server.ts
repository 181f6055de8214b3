import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { openLedger } from '../../src/adapters/ledger/index.js';
import { CLOCK, SILENT } from './database.js';

/** A data directory of its own; no server may run in it when the test is over. */
export async function dataDirectory(under = tmpdir()): Promise<string> {
  const folder = await mkdtemp(join(under, 'gateway-sync-test-'));
  onTestFinished(async () => {
    const left = await serverIn(folder);
    if (left !== undefined) process.kill(left, 'SIGQUIT');
    await rm(folder, { recursive: true });
    expect(left).toBeUndefined();
  });
  return folder;
}

/** Process id of the server that runs in a data directory. */
export async function serverIn(dataDir: string): Promise<number | undefined> {
  const content = await readFile(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8').catch(() => undefined);
  return content === undefined ? undefined : Number.parseInt(content, 10);
}

/** The ledger on the bundled server, closed after the test. */
export async function openBundled(dataDir: string, warn: (fields: object, message: string) => void = () => {}) {
  const opened = await openLedger({ dataDir, clock: CLOCK, log: { ...SILENT, warn } });
  onTestFinished(() => opened.close());
  return opened;
}
