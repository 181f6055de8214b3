import { spawn } from 'node:child_process';
import { chmod, chown, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { dataDirectory, openBundled, serverIn } from '../../../../test/support/bundled-server.js';
import { DATA_DIR, PATIENCE_MS, useDatabase } from '../../../../test/support/database.js';
import { startLedgerProcess } from '../../../../test/support/ledger-process.js';
import { clusterIn } from './cluster.js';

/** A user without rights, when we are root ourselves. */
const OTHER = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined;

const PATIENCE = { timeout: PATIENCE_MS };

async function ownedByOther(): Promise<string> {
  const folder = await dataDirectory();
  if (OTHER) await chown(folder, OTHER.uid, OTHER.gid);
  return folder;
}

describe('a user without rights', PATIENCE, () => {
  it('is told what to do about a folder of somebody else', async () => {
    const dataDir = await ownedByOther();
    await chmod(dataDir, 0o500);
    const { said } = await startLedgerProcess(dataDir, true);
    expect(said.error).toMatch(/^The bundled PostgreSQL in .* cannot be used: EACCES.*set GATEWAY_SYNC_DATA_DIR/);
    await chmod(dataDir, 0o700);
  });

  it('has a server of their own, also when the process id of a dead one belongs to another process by now', async () => {
    const dataDir = await ownedByOther();
    const first = await startLedgerProcess(dataDir, true);
    const { uid } = await stat(dataDir);
    expect(uid).not.toBe(0);
    expect(first.said).toEqual({ uid, key: expect.any(String) });
    expect((await stat(join(dataDir, 'postgres/data/postmaster.pid'))).uid).toBe(uid);
    await first.end();

    const other = spawn('sleep', ['60'], { ...OTHER, cwd: '/' });
    onTestFinished(() => void other.kill());
    const content = [other.pid, join(dataDir, 'postgres/data'), 1, 5432, join(dataDir, 'postgres'), '', 1, 'ready', ''];
    const pidFile = join(dataDir, 'postgres/data/postmaster.pid');
    await writeFile(pidFile, content.join('\n'), { mode: 0o600 });
    if (OTHER) await chown(pidFile, OTHER.uid, OTHER.gid);
    const second = await startLedgerProcess(dataDir, true);
    expect(second.said).toEqual(first.said);
    await second.end();
  });
});

describe('a server that was killed', PATIENCE, () => {
  it('is waited for while its process is still there', async () => {
    const dataDir = await ownedByOther();
    const first = await startLedgerProcess(dataDir, true);
    await first.end();

    const dead = spawn('sleep', ['60'], { ...OTHER, cwd: '/' });
    onTestFinished(() => void dead.kill());
    const root = join(dataDir, 'postgres');
    const lock = join(root, '.s.PGSQL.5432.lock');
    await writeFile(lock, [dead.pid, join(root, 'data'), 1, 5432, root, ''].join('\n'), { mode: 0o600 });
    if (OTHER) await chown(lock, OTHER.uid, OTHER.gid);
    const second = startLedgerProcess(dataDir, true);
    await vi.waitFor(
      async () => expect(await readFile(join(root, 'server.log'), 'utf8')).toMatch(/PGSQL\.5432\.lock" already exists/),
      { timeout: PATIENCE_MS },
    );
    dead.kill();
    expect((await second).said).toEqual(first.said);
    await (await second).end();
  });
});

describe('data that cannot be used', PATIENCE, () => {
  it('is set aside when it is not complete, and made anew', async () => {
    const dataDir = await dataDirectory();
    await mkdir(join(dataDir, 'postgres/data'), { recursive: true });
    await writeFile(join(dataDir, 'postgres/data/PG_VERSION'), '18\n');
    const abandoned = join(dataDir, 'postgres.making-abandoned');
    await mkdir(abandoned);
    await utimes(abandoned, 0, 0);
    const warnings: string[] = [];
    const { ping, close } = await openBundled(dataDir, (_, message) => void warnings.push(message));
    await ping();
    await close();
    expect(warnings).toEqual([expect.stringContaining('is no complete PostgreSQL data; it stands in')]);
    expect((await readdir(dataDir)).toSorted()).toEqual([
      'postgres',
      expect.stringMatching(/^postgres\.unusable-\d+$/),
    ]);
  });

  it('is left alone, and PostgreSQL or we say what is wrong with it', async () => {
    const dataDir = await dataDirectory();
    await (await openBundled(dataDir)).close();
    await writeFile(join(dataDir, 'postgres/data/pg_hba.conf'), 'nonsense\n');
    await expect(openBundled(dataDir)).rejects.toThrow(/did not start: [^]*pg_hba\.conf[^]*or set DATABASE_URL/);
    const version = join(dataDir, 'postgres/data/PG_VERSION');
    await writeFile(version, '17\n');
    await expect(openBundled(dataDir)).rejects.toThrow(
      /was made by PostgreSQL 17, and the bundled one is 18; move the data/,
    );
    expect(await readFile(version, 'utf8')).toBe('17\n');
  });

  it('with another password says so, without either', async () => {
    const dataDir = await dataDirectory();
    const running = await startLedgerProcess(dataDir);
    const file = join(dataDir, 'postgres/password');
    const password = await readFile(file, 'utf8');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await writeFile(file, 'hunter2');
    const error: unknown = await openBundled(dataDir).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'LedgerError', transient: false, code: '28P01' });
    expect(String(error)).toContain('the file password in it is not the one of the data');
    expect(String(error)).not.toMatch(new RegExp(`hunter2|${password}`));
    await running.end();
  });
});

describe('a data directory that cannot be made', PATIENCE, () => {
  it.each(['/proc/nope', '/proc/nope/deeper', '/dev/null/nope'])(
    'is an error that names it and what to do: %s',
    async (dataDir) => {
      const error: unknown = await openBundled(dataDir).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ name: 'LedgerError', transient: false });
      expect(String(error)).toMatch(
        /(\/proc|\/dev\/null)\/nope.*; set GATEWAY_SYNC_DATA_DIR to a folder that can be written/,
      );
    },
  );
});

it('a folder too deep for a socket works too', PATIENCE, async () => {
  const dataDir = join(await dataDirectory(), 'x'.repeat(120));
  onTestFinished(() => rm(clusterIn(dataDir).socketFolder, { recursive: true }));
  const first = await openBundled(dataDir);
  const second = await openBundled(dataDir);
  await second.ping();
  await Promise.all([first.close(), second.close()]);
  expect(await serverIn(dataDir)).toBeUndefined();
});

describe('the server', () => {
  const database = useDatabase();

  it('lets nobody in without the password, and does not listen on the network', async () => {
    const client = new pg.Client(database.urlWith((each) => void (each.password = '')).reveal());
    await expect(client.connect()).rejects.toThrow(/password/);
    await client.end();
    const [, , , , , address] = (await readFile(join(DATA_DIR, 'postgres/data/postmaster.pid'), 'utf8')).split('\n');
    expect(address).toBe('');
  });
});
