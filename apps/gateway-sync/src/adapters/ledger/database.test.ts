import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { sql } from 'drizzle-orm';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { CLOCK, PATIENCE_MS, SILENT, useDatabase } from '../../../test/support/database.js';
import { thing } from '../../../test/support/ledger-values.js';
import { proxiedDatabase } from '../../../test/support/proxied-database.js';
import { Secret } from '../../core/secret.js';
import { BundledServer } from './bundled/bundled-server.js';
import { Database } from './database.js';
import { openLedger } from './index.js';

const database = useDatabase();

/** Why a ledger at this address cannot be opened; everything that a log could show of it. */
async function refusal(databaseUrl: Secret) {
  try {
    await database.open({ databaseUrl });
  } catch (error) {
    return { error, shown: `${inspect(error, { depth: 9, showHidden: true })} ${String((error as Error).stack)}` };
  }
  throw new Error('it was opened');
}

describe('an error of the database says what failed and what helps, and no password', () => {
  it('when the password is wrong', async () => {
    const { error, shown } = await refusal(database.urlWith((url) => void (url.password = 'hunter2')));
    expect(error).toMatchObject({ name: 'LedgerError', transient: false, code: '28P01' });
    expect(shown).toContain('check user and password in DATABASE_URL');
    expect(shown).not.toContain('hunter2');
  });

  it('when the database does not exist', async () => {
    const { error, shown } = await refusal(database.urlWith((url) => void (url.pathname = 'nowhere')));
    expect(error).toMatchObject({ name: 'LedgerError', transient: false, code: '3D000' });
    expect(shown).toContain('create the database');
    expect(shown).not.toContain(new URL(database.url.reveal()).password);
  });

  it('when the server has no TLS', async () => {
    const { error, shown } = await refusal(database.urlWith((url) => void (url.search += '&sslmode=verify-full')));
    expect(error).toMatchObject({ name: 'LedgerError', transient: false });
    expect(shown).toContain('does not support SSL connections; check sslmode');
  });

  it('when nobody listens', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    const { error, shown } = await refusal(new Secret(`postgresql://user:hunter2@127.0.0.1:${port}/ledger`));
    expect(error).toMatchObject({ name: 'LedgerError', transient: true, code: 'ECONNREFUSED' });
    expect(shown).toContain(`(PostgreSQL, 127.0.0.1:${port}/ledger)`);
    expect(shown).not.toContain('hunter2');
  });

  it.each([
    'postgresql://user:hunter2@db:99999/x',
    'postgresql://user:hunter2@[db/x',
    'postgres://user:hunter2@db/x?sslmode=verify-ca&sslrootcert=/nowhere',
  ])('when the address cannot be used: %#', async (url) => {
    const { error, shown } = await refusal(new Secret(url));
    expect(error).toMatchObject({ name: 'LedgerError', transient: false });
    expect(shown).toContain('DATABASE_URL cannot be used');
    expect(shown).not.toContain('hunter2');
  });
});

it('a statement that has to wait too long is ended, and the next one works', async () => {
  const databaseUrl = database.urlWith((url) => url.searchParams.set('lock_timeout', '50'));
  const { ledger } = await database.open({ databaseUrl });
  await ledger.commit('slow', { put: [thing()], forget: [] });
  await database.query('begin');
  await database.query('lock table gateway_sync.owned_thing in access exclusive mode');
  await expect(ledger.read('slow')).rejects.toMatchObject({ name: 'LedgerError', transient: true, code: '55P03' });
  await database.query('rollback');
  expect(await ledger.read('slow')).toEqual([thing()]);
});

it('every connection has a name and its limits', async () => {
  const one = new Database({ url: database.url, bundled: false, onConnectionLost: () => {} });
  const names = ['application_name', 'statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'];
  const { rows } = await one.run('look', (db) =>
    db.execute(
      sql`select name, setting || coalesce(unit, '') as value from pg_settings where name in ${names} order by name`,
    ),
  );
  await one.close();
  expect(rows.map(({ value }) => value)).toEqual(['gateway-sync', '10000ms', '5000ms', '10000ms']);
});

it(
  'a database that goes and comes back is worked with again, without a restart',
  { timeout: PATIENCE_MS },
  async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'gateway-sync-test-'));
    onTestFinished(() => rm(dataDir, { recursive: true }));
    const lost: object[] = [];
    const first = await BundledServer.open({ dataDir, log: SILENT });
    const log = { info: () => {}, warn: (fields: object) => void lost.push(fields) };
    const opened = await openLedger({ databaseUrl: first.url, dataDir, clock: CLOCK, log });
    await opened.ledger.commit('acme', { put: [thing()], forget: [] });

    await first.close();
    const failure = { name: 'LedgerError', transient: true };
    await expect(opened.ledger.read('acme')).rejects.toMatchObject(failure);
    await expect(opened.ledger.commit('acme', { put: [], forget: [thing()] })).rejects.toMatchObject(failure);
    await expect(opened.ping()).rejects.toMatchObject(failure);
    expect(lost).toContainEqual({ err: expect.objectContaining({ ...failure, code: '57P01' }) });

    const second = await BundledServer.open({ dataDir, log: SILENT });
    expect(await opened.ledger.read('acme')).toEqual([thing()]);
    await opened.close();
    await second.close();
  },
);

it('a database that takes a question and never answers is away after two seconds', async () => {
  const { proxy, url } = await proxiedDatabase(database);
  onTestFinished(() => proxy.close());
  const ledger = await database.open({ databaseUrl: url });
  await proxy.set('black-hole');
  await expect(ledger.ping()).rejects.toMatchObject({ name: 'LedgerError', transient: true });
  await proxy.set('pass');
  await vi.waitFor(() => ledger.ping(), { timeout: 10_000 });
});
