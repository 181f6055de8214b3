import { getEventListeners, once } from 'node:events';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { proxiedDatabase } from '../../../test/support/proxied-database.js';
import { useDatabase } from '../../../test/support/database.js';
import { transactionPooler } from '../../../test/support/transaction-pooler.js';
import { PostgresRunLocks, type RunLocksOptions } from './run-locks.js';

const database = useDatabase();

/** The locks of another process. */
function locks(options: Partial<RunLocksOptions> = {}): PostgresRunLocks {
  const opened = new PostgresRunLocks({ url: database.url, bundled: false, ...options });
  onTestFinished(() => opened.close());
  return opened;
}

async function held(of: PostgresRunLocks, tenant: string) {
  const lock = await of.hold(tenant);
  if (!lock) throw new Error(`somebody holds ${tenant}`);
  return lock;
}

const sessions = () =>
  database.query<{ pid: number }>(
    `select distinct pid from pg_locks join pg_database on pg_database.oid = database
     where locktype = 'advisory' and granted and datname = current_database()`,
  );

describe('PostgresRunLocks', () => {
  it('gives a tenant to one at a time, in one process and in all of them', async () => {
    const [one, other] = [locks(), locks()];
    const lock = await held(one, 'a');
    expect(await one.hold('a')).toBeUndefined();
    expect(await other.hold('a')).toBeUndefined();
    const second = await held(other, 'b');
    await lock.release();
    await held(other, 'a');
    expect(await one.hold('a')).toBeUndefined();
    await second.release();
  });

  it('releasing twice frees nothing that somebody took meanwhile', async () => {
    const one = locks();
    const lock = await held(one, 'twice');
    await lock.release();
    await held(one, 'twice');
    await lock.release();
    expect(await one.hold('twice')).toBeUndefined();
    expect(await locks().hold('twice')).toBeUndefined();
  });

  it('gives every tenant to exactly one of many that ask at once', async () => {
    const processes = [locks(), locks(), locks()];
    const tenants = Array.from({ length: 20 }, (_, index) => `t${index}`);
    const got = await Promise.all(
      processes.flatMap((each) => tenants.flatMap((tenant) => [each.hold(tenant), each.hold(tenant)])),
    );
    expect(got.filter(Boolean)).toHaveLength(tenants.length);
  });

  it('uses one connection for all', async () => {
    const one = locks();
    await Promise.all(['x', 'y', 'z'].map((tenant) => held(one, tenant)));
    expect(await sessions()).toHaveLength(1);
  });

  it('leaves nothing behind of a lock that was given back', async () => {
    const one = locks();
    const listeners: number[] = [];
    for (let times = 0; times < 5; times += 1) {
      const lock = await held(one, 'again');
      listeners.push(getEventListeners(lock.signal, 'abort').length);
      await lock.release();
    }
    expect(listeners.at(-1)).toBe(listeners[0]);
  });

  it('tells every holder when the connection is lost, and takes up a new one', async () => {
    const one = locks();
    const [first, second] = [await held(one, 'a'), await held(one, 'b')];
    const aborted = Promise.all([first, second].map(({ signal }) => once(signal, 'abort')));
    for (const { pid } of await sessions()) await database.query('select pg_terminate_backend($1)', [pid]);
    await aborted;
    expect(first.signal.reason).toMatchObject({ name: 'LedgerError', transient: true });
    // The run that held it has not ended yet.
    expect(await one.hold('a')).toBeUndefined();
    await first.release();
    expect((await held(one, 'a')).signal.aborted).toBe(false);
    expect(second.signal.aborted).toBe(true);
  });

  it('notices within seconds that nothing is heard of the database any more', async () => {
    const { proxy, url } = await proxiedDatabase(database);
    onTestFinished(() => proxy.close());
    const one = locks({ url, heartbeatMs: 20, answerMs: 200 });
    const { signal } = await held(one, 'silent');
    await proxy.set('black-hole');
    await once(signal, 'abort');
    expect(signal.reason).toMatchObject({ name: 'LedgerError', transient: true });
    await expect(one.hold('other')).rejects.toMatchObject({ name: 'LedgerError', transient: true });
    await proxy.set('pass');
    await vi.waitFor(async () => expect(await one.hold('other')).toBeDefined(), { timeout: 10_000, interval: 100 });
  }, 30_000);

  it('gives no lock where a pooler hands statements to one connection and another, and says what to do', async () => {
    const one = locks({ url: await transactionPooler(database.url) });
    await expect(one.hold('pooled')).rejects.toMatchObject({
      name: 'LedgerError',
      transient: false,
      message: expect.stringContaining('session mode'),
    });
  });

  it('gives nothing once it is closed, and everything back', async () => {
    const one = locks();
    const { signal } = await held(one, 'closed');
    await one.close();
    expect(signal.aborted).toBe(true);
    await expect(one.hold('closed')).rejects.toMatchObject({ name: 'LedgerError', transient: false });
    await vi.waitFor(async () => expect(await locks().hold('closed')).toBeDefined());
  });

  it('tells no password when the database cannot be reached', async () => {
    const url = database.urlWith((address) => void (address.password = 'hunter2'));
    const error: unknown = await locks({ url })
      .hold('a')
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'LedgerError' });
    expect(String(error)).not.toContain('hunter2');
  });
});
