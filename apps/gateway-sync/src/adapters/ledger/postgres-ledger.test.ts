import pg from 'pg';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { useDatabase } from '../../../test/support/database.js';
import { auditChange, auditEntry, thing } from '../../../test/support/ledger-values.js';
import type { LedgerStore } from '../../core/ports.js';

const database = useDatabase();
let opened: LedgerStore;
beforeAll(async () => {
  opened = await database.open();
});

const put = (tenant: string, ...things: readonly ReturnType<typeof thing>[]) =>
  opened.ledger.commit(tenant, { put: things, forget: [] });
const history = (tenant: string) => opened.audit.history({ tenants: [tenant], limit: 100 });

describe('the ledger', () => {
  it('gives back what was put, to the millisecond, and nothing of other tenants', async () => {
    const { version: _, ...unversioned } = thing({ resource: 'endpoint', key: 'ep_1', pending: true });
    const things = [
      unversioned,
      thing({ firstOwnedAt: 1_795_570_292_123, writtenAt: 4_102_444_800_001, version: Number.MAX_SAFE_INTEGER }),
      thing({ resource: 'target', key: 'new:x', settings: { a: { b: [1.5, null, true, { c: 'd' }] } } }),
      thing({ resource: 'target', key: 'x', fingerprints: { secretKey: 'f1', 'headers.x-api-key': 'f2' } }),
    ];
    await put('round', ...things);
    await put('other', thing());
    expect(await opened.ledger.read('round')).toEqual(things);
    expect(await opened.ledger.read('nobody')).toEqual([]);
  });

  it('keeps every text, in every script', async () => {
    const strange = 'Ünïcödé 日本 🛒 \u{10FFFF} "quoted" \\u0000 \'; drop table x; -- %s $1 \u202E\n\t';
    const one = thing({ key: strange, instance: strange, settings: { [strange]: [strange] } });
    await put(strange, one);
    expect(await opened.ledger.read(strange)).toEqual([one]);
    await opened.ledger.commit(strange, { put: [], forget: [one] });
    expect(await opened.ledger.read(strange)).toEqual([]);
  });

  it('shows what PostgreSQL cannot hold as U+FFFD, the same way in writing, reading and forgetting', async () => {
    const one = thing({ key: 'a\0b', settings: { 'c\0': ['\uD800', '\0'] } });
    await put('nul\0', one);
    expect(await opened.ledger.read('nul\0')).toEqual([
      thing({ key: 'a\uFFFDb', settings: { 'c\uFFFD': ['\uFFFD', '\uFFFD'] } }),
    ]);
    await opened.ledger.commit('nul\0', { put: [], forget: [one] });
    expect(await opened.ledger.read('nul\0')).toEqual([]);
  });

  it('replaces everything of a thing but when it was first ours', async () => {
    const { version: _, ...newer } = thing({
      firstOwnedAt: 9_000,
      writtenAt: 9_000,
      instance: 'b',
      settings: { x: 1 },
    });
    await put('again', thing({ pending: true, fingerprints: { secretKey: 'f' } }));
    await put('again', newer);
    expect(await opened.ledger.read('again')).toEqual([{ ...newer, firstOwnedAt: 1_000 }]);
  });

  it('takes the last word where a change names a thing twice', async () => {
    await put('twice', thing({ writtenAt: 1 }), thing({ writtenAt: 2 }));
    expect(await opened.ledger.read('twice')).toEqual([thing({ writtenAt: 2 })]);
  });

  it('forgets what it is told to, and only that', async () => {
    const target = thing({ resource: 'target' });
    await put('forget', thing(), target, thing({ key: 'stays' }));
    await opened.ledger.commit('forget', {
      put: [],
      forget: [
        { resource: 'subscription', key: 'order.created' },
        { resource: 'config', key: 'never there' },
      ],
    });
    expect(await opened.ledger.read('forget')).toEqual([thing({ key: 'stays' }), target]);
  });

  it('takes more things at once than one statement can carry', async () => {
    const keys = Array.from({ length: 2_500 }, (_, index) => `event.${String(index).padStart(4, '0')}`);
    const things = keys.map((key) => thing({ key }));
    await put('many', ...things);
    expect((await opened.ledger.read('many')).map(({ key }) => key)).toEqual(keys);
    await opened.ledger.commit('many', { put: [], forget: things });
    expect(await opened.ledger.read('many')).toEqual([]);
  });

  it('loses nothing when two write the same tenant at once, in opposite order', async () => {
    const second = await database.open();
    const keys = Array.from({ length: 10 }, (_, index) => `shared.${index}`);
    const writes = Array.from({ length: 20 }, async (_, round) => {
      const { ledger } = round % 2 === 0 ? opened : second;
      const things = [...keys, `own.${round}`].map((key) => thing({ key }));
      await ledger.commit('busy', { put: round % 2 === 0 ? things : things.toReversed(), forget: [] });
    });
    await Promise.all(writes);
    expect(await opened.ledger.read('busy')).toHaveLength(30);
  });
});

describe('a commit', () => {
  it('writes ledger and audit entry together', async () => {
    await opened.ledger.commit('both', { put: [thing()], forget: [] }, auditEntry({ tenant: 'both' }));
    expect(await opened.ledger.read('both')).toHaveLength(1);
    expect(await history('both')).toHaveLength(1);
  });

  it('writes neither when one of them is refused', async () => {
    await put('neither', thing({ key: 'before' }));
    const refused = auditEntry({ tenant: 'neither', changes: [auditChange(), auditChange({ code: 1.5 })] });
    const change = { put: [thing()], forget: [thing({ key: 'before' })] };
    await expect(opened.ledger.commit('neither', change, refused)).rejects.toMatchObject({
      name: 'LedgerError',
      transient: false,
      code: '22P02',
    });
    expect(await opened.ledger.read('neither')).toEqual([thing({ key: 'before' })]);
    expect(await history('neither')).toEqual([]);
  });

  it('writes neither when the connection dies in the middle, and the next one works', async () => {
    await put('cut', thing({ key: 'before' }));
    const blocker = new pg.Client(database.url.reveal());
    await blocker.connect();
    onTestFinished(() => blocker.end());
    await blocker.query('begin; lock table gateway_sync.audit_record in exclusive mode');

    const change = { put: [thing()], forget: [thing({ key: 'before' })] };
    const commit = opened.ledger.commit('cut', change, auditEntry({ tenant: 'cut' }));
    const outcome = commit.catch((error: unknown) => error);
    const waiting = `wait_event_type = 'Lock' and query like 'insert into "gateway_sync"."audit_record"%'`;
    await vi.waitFor(async () => {
      const killed = await database.query(`select pg_terminate_backend(pid) from pg_stat_activity where ${waiting}`);
      expect(killed).toHaveLength(1);
    });
    expect(await outcome).toMatchObject({ name: 'LedgerError', transient: true });
    await blocker.query('rollback');

    expect(await opened.ledger.read('cut')).toEqual([thing({ key: 'before' })]);
    expect(await history('cut')).toEqual([]);
    await opened.ledger.commit('cut', change, auditEntry({ tenant: 'cut' }));
    expect(await history('cut')).toHaveLength(1);
  });

  it('shows neither row nor parameter in its error', async () => {
    await database.query(
      `alter table gateway_sync.owned_thing add constraint no_x check (settings->>'x' is null) not valid`,
    );
    onTestFinished(
      async () => void (await database.query('alter table gateway_sync.owned_thing drop constraint no_x')),
    );
    const error: unknown = await put(
      'quiet',
      thing({ settings: { x: 'hunter2' }, fingerprints: { y: 'hunter3' } }),
    ).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'LedgerError', code: '23514' });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(/hunter/);
    expect((error as Error).cause).toBeUndefined();
  });
});
