import { once } from 'node:events';
import pg from 'pg';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { dataDirectory, openBundled, serverIn } from '../../../../test/support/bundled-server.js';
import { PATIENCE_MS, SILENT } from '../../../../test/support/database.js';
import { startLedgerProcess } from '../../../../test/support/ledger-process.js';
import { thing } from '../../../../test/support/ledger-values.js';
import { Secret } from '../../../core/secret.js';
import { type Account, findAccount } from './account.js';
import { findBinaries } from './binaries.js';
import { clusterIn, readPassword, USER } from './cluster.js';
import { isLast, leaseOf } from './lease.js';
import { thisMachine } from './machine.js';
import { Ownership } from './ownership.js';
import { stopPostmaster } from './postmaster.js';

const PATIENCE = { timeout: PATIENCE_MS };

const LEASES = "select from pg_locks where locktype = 'advisory' and mode = 'ShareLock' and granted";

/** Tells a server to stop when everybody has left, and waits until another one runs. */
async function endGently(dataDir: string): Promise<void> {
  const server = (await serverIn(dataDir)) ?? Number.NaN;
  process.kill(server, 'SIGTERM');
  await vi.waitFor(async () => expect([server, undefined]).not.toContain(await serverIn(dataDir)), PATIENCE);
}

async function addressIn(dataDir: string): Promise<Secret> {
  const cluster = clusterIn(dataDir);
  const password = (await readPassword(cluster)).reveal();
  return new Secret(`postgresql://${USER}:${password}@localhost/postgres?host=${cluster.socketFolder}`);
}

/** A connection of somebody else, which ends with the test. */
async function connected(url: Secret): Promise<pg.Client> {
  const client = new pg.Client(url.reveal());
  client.on('error', () => {});
  onTestFinished(() => client.end());
  await client.connect();
  return client;
}

describe('processes with the same data directory', PATIENCE, () => {
  it('that start at once share one server, which the last of them stops', async () => {
    const dataDir = await dataDirectory();
    const all = await Promise.all([1, 2, 3].map(() => startLedgerProcess(dataDir)));
    expect(new Set(all.map(({ said }) => said.key)).size).toBe(1);
    const server = await serverIn(dataDir);
    await Promise.all(all.slice(1).map((one) => one.end()));
    expect(await serverIn(dataDir)).toBe(server);
    await all[0]?.end();
    expect(await serverIn(dataDir)).toBeUndefined();
  });

  it('find the server, and everything in it, after one was killed', async () => {
    const dataDir = await dataDirectory();
    const killed = await startLedgerProcess(dataDir);
    const server = await serverIn(dataDir);
    killed.child.kill('SIGKILL');
    await once(killed.child, 'close');

    const { ledger, close } = await openBundled(dataDir);
    expect(server).toBeDefined();
    expect(await serverIn(dataDir)).toBe(server);
    expect(ledger.fingerprintKey.reveal()).toBe(killed.said.key);
    await close();
    expect(await serverIn(dataDir)).toBeUndefined();
  });

  it('start a server that was killed again, and go on', async () => {
    const dataDir = await dataDirectory();
    const { ledger, close } = await openBundled(dataDir);
    await ledger.commit('acme', { put: [thing()], forget: [] });
    const server = (await serverIn(dataDir)) ?? Number.NaN;
    process.kill(server, 'SIGKILL');
    await vi.waitFor(async () => expect([server, undefined]).not.toContain(await serverIn(dataDir)), PATIENCE);
    await vi.waitFor(async () => expect(await ledger.read('acme')).toEqual([thing()]), PATIENCE);
    await close();
  });

  it('start a server anew that was told to stop and waits for them to leave', async () => {
    const dataDir = await dataDirectory();
    const warnings: string[] = [];
    const { address, locks, ping, close } = await openBundled(dataDir, (_, message) => void warnings.push(message));
    await locks.hold('acme');
    await endGently(dataDir);
    await vi.waitFor(() => connected(address.url), PATIENCE);
    await vi.waitFor(() => ping(), PATIENCE);
    await vi.waitFor(async () => expect(await locks.hold('beta')).toBeDefined(), PATIENCE);
    expect(warnings.filter((message) => message.includes('was told to stop while it is in use'))).toHaveLength(1);
    await close();
    expect(await serverIn(dataDir)).toBeUndefined();
  });

  it('share the server that they start anew, which the last of them stops', async () => {
    const dataDir = await dataDirectory();
    const others = await Promise.all([1, 2].map(() => startLedgerProcess(dataDir)));
    const { ping, close } = await openBundled(dataDir);
    await endGently(dataDir);
    const guest = await vi.waitFor(async () => connected(await addressIn(dataDir)), PATIENCE);
    await vi.waitFor(async () => expect((await guest.query(LEASES)).rowCount).toBe(3), PATIENCE);
    const server = await serverIn(dataDir);
    await Promise.all(others.map((other) => other.end()));
    await ping();
    expect(await serverIn(dataDir)).toBe(server);
    await close();
    expect(await serverIn(dataDir)).toBeUndefined();
  });

  it('do not wait for somebody else who keeps a server that was told to stop', async () => {
    const dataDir = await dataDirectory();
    const killed = await startLedgerProcess(dataDir);
    const guest = await connected(await addressIn(dataDir));
    killed.child.kill('SIGKILL');
    await once(killed.child, 'close');
    process.kill((await serverIn(dataDir)) ?? Number.NaN, 'SIGTERM');
    const { ping, close } = await openBundled(dataDir);
    await ping();
    await expect(guest.query('select 1')).rejects.toThrow(/terminated|not queryable/);
    await close();
  });

  it('that end while they start the server have it all the same, and stop it', async () => {
    const dataDir = await dataDirectory();
    await (await openBundled(dataDir)).close();
    const cluster = clusterIn(dataDir);
    const [binaries, password] = [findBinaries(), await readPassword(cluster)];
    const ending = new AbortController();
    const account = await findAccount([cluster.root, binaries.postgres], process.getuid?.() === 0);
    const starting: Account = {
      ...account,
      as: (file, args) => {
        ending.abort();
        return account.as(file, args);
      },
    };
    const ownership = new Ownership(cluster, await thisMachine(), account, SILENT);
    const server = { cluster, binaries, account: starting, ownership };
    const lease = await leaseOf(server, password, SILENT, ending.signal);
    expect([ending.signal.aborted, await isLast(lease)]).toEqual([true, true]);
    await stopPostmaster(cluster, binaries, account);
    await ownership.end(true);
    await lease.end();
  });
});
