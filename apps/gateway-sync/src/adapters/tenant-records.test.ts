import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { useDatabase } from '../../test/support/database.js';
import { tenantRecord } from '../../test/support/tenant-records.js';
import type { RecordCursor, TenantRecords } from '../core/replica-ports.js';
import { changedSince } from './ledger/tenant-records.js';
import { MemoryRecords } from './memory-records.js';

const database = useDatabase();

const REPORT = { actions: [{ id: 'subscription:a', before: null }] };
const usage = (used: number) => ({ month: '2026-11', used, limit: 10_000, percent: used / 100, crossed: [70] });
const pause = { at: 5, by: 'anna', reason: 'maintenance' };

/** Who changed since, and where the next question starts. */
async function changed(records: TenantRecords, since?: RecordCursor) {
  const { rows, cursor } = await records.changes(since);
  return { names: rows.map(({ tenant }) => tenant).toSorted(), cursor };
}

let instances = 0;
describe.each<[string, () => Promise<TenantRecords>]>([
  ['in memory', async () => new MemoryRecords()],
  ['in PostgreSQL', async () => (await database.open()).fleet(`instance-${++instances}`).records],
])('records of tenants %s', (_, open) => {
  it('know nothing of a tenant before its first run', async () => {
    const records = await open();
    expect(await records.read('acme')).toEqual({ marks: {} });
    expect(await records.report('acme')).toBeUndefined();
    expect((await records.changes()).rows).toEqual([]);
  });

  it('give back what was written, whole', async () => {
    const records = await open();
    const record = tenantRecord();
    await records.write(record, REPORT);
    expect(await records.read('acme')).toEqual({ record, marks: {} });
    expect(await records.report('acme')).toEqual(REPORT);
    expect(await records.read('beta')).toEqual({ marks: {} });
  });

  it('put a record in the place of the last one, and leave pause and quota as they are', async () => {
    const records = await open();
    await records.pause('acme', pause);
    await records.readQuota('acme', usage(7_100), 20);
    await records.write(tenantRecord(), REPORT);
    const { lastSyncAt: __, ...rest } = tenantRecord({ state: 'failing', consecutiveFailures: 3 });
    await records.write(rest, {});
    const marks = { pause, quota: { usage: usage(7_100), at: 20 } };
    expect(await records.read('acme')).toEqual({ record: rest, marks });
    expect(await records.report('acme')).toEqual({});
  });

  it('end a pause, and keep the rest', async () => {
    const records = await open();
    await records.write(tenantRecord(), REPORT);
    await records.pause('acme', pause);
    await records.pause('acme', undefined);
    await records.pause('never there', undefined);
    expect(await records.read('acme')).toEqual({ record: tenantRecord(), marks: {} });
  });

  it('keep the newest reading of the quota, in whatever order they come', async () => {
    const records = await open();
    await records.readQuota('acme', usage(2), 1_795_570_292_124);
    await records.readQuota('acme', usage(1), 1_795_570_292_123);
    const kept = async () => (await records.read('acme')).marks.quota;
    expect(await kept()).toEqual({ usage: usage(2), at: 1_795_570_292_124 });
    await records.readQuota('acme', usage(3), 1_795_570_292_124);
    expect((await kept())?.usage.used).toBe(3);
  });

  it('keep what else is known of the quota, unless something newer was read', async () => {
    const records = await open();
    const failure = { at: 7, since: 7, attempts: 1, transient: true, message: 'no answer', nextAt: 9 };
    const kept = async () => (await records.read('acme')).marks.quotaState;
    const once = { judgedBy: 'file', failure };
    const again = { ...once, failure: { ...failure, at: 9, attempts: 2 } };
    for (const state of [once, again]) {
      await records.keepQuotaState('acme', state);
      expect(await kept()).toEqual(state);
    }
    await records.keepQuotaState('acme', { at: 1_795_570_292_124 });
    await records.keepQuotaState('acme', once);
    await records.keepQuotaState('acme', { at: 1_795_570_292_123, failure });
    expect(await kept()).toEqual({ at: 1_795_570_292_124 });
    await records.keepQuotaState('acme', { at: 1_795_570_292_124, failure });
    expect(await kept()).toEqual({ at: 1_795_570_292_124, failure });
  });

  it('tell what changed since, by whatever, without memory and report', async () => {
    const records = await open();
    const { memory: __, ...shown } = tenantRecord();
    await records.write(tenantRecord(), REPORT);
    await records.readQuota('beta', usage(1), 1);
    const all = await records.changes();
    expect(all.rows.toSorted((a, b) => (a.tenant < b.tenant ? -1 : 1))).toEqual([
      { tenant: 'acme', record: shown, marks: {} },
      { tenant: 'beta', marks: { quota: { usage: usage(1), at: 1 } } },
    ]);

    const idle = await changed(records, all.cursor);
    expect(idle.names).toEqual([]);
    await records.pause('beta', pause);
    const paused = await changed(records, idle.cursor);
    expect(paused.names).toEqual(['beta']);
    await records.write(tenantRecord({ tenant: 'new' }), {});
    await records.write(tenantRecord(), {});
    expect((await changed(records, paused.cursor)).names).toEqual(['acme', 'new']);
    expect((await changed(records, all.cursor)).names).toEqual(['acme', 'beta', 'new']);
  });

  it('forget whom they are told to, marks included', async () => {
    const records = await open();
    for (const tenant of ['acme', 'beta', 'gamma']) await records.write(tenantRecord({ tenant }), REPORT);
    await records.pause('acme', pause);
    await records.forget([]);
    await records.forget(['acme', 'gamma', 'never there']);
    expect(await records.read('acme')).toEqual({ marks: {} });
    expect((await changed(records)).names).toEqual(['beta']);
  });
});

const client = async () => {
  const opened = new pg.Client(database.url.reveal());
  await opened.connect();
  onTestFinished(() => opened.end());
  return opened;
};

describe('in PostgreSQL', () => {
  it('replicas see what the others write, and other instances do not', async () => {
    const [one, other, foreign] = [
      (await database.open()).fleet('shared').records,
      (await database.open()).fleet('shared').records,
      (await database.open()).fleet('foreign').records,
    ];
    await one.write(tenantRecord(), REPORT);
    expect(await other.read('acme')).toEqual({ record: tenantRecord(), marks: {} });
    expect((await changed(other)).names).toEqual(['acme']);
    expect((await changed(foreign)).names).toEqual([]);
    await foreign.forget(['acme']);
    expect(await one.report('acme')).toEqual(REPORT);
  });

  it('a write that becomes visible late is told once it is, and what is known already is not told again', async () => {
    const { records } = (await database.open()).fleet('late');
    await records.write(tenantRecord({ tenant: 'first' }), {});
    const slow = await client();
    await slow.query(`begin; insert into gateway_sync.tenant_record (instance, tenant) values ('late', 'slow')`);
    await records.write(tenantRecord({ tenant: 'quick' }), {});

    const before = await changed(records);
    expect(before.names).toEqual(['first', 'quick']);
    const meanwhile = await changed(records, before.cursor);
    expect(meanwhile.names).toEqual([]);
    await slow.query('commit');
    const after = await changed(records, meanwhile.cursor);
    expect(after.names).toEqual(['slow']);
    expect((await changed(records, after.cursor)).names).toEqual([]);
  });

  it('many who write at once are all heard, each change once', async () => {
    const { records } = (await database.open()).fleet('busy');
    const heard: string[] = [];
    let cursor: RecordCursor | undefined;
    const listen = async () => {
      const told = await records.changes(cursor);
      cursor = told.cursor;
      heard.push(...told.rows.map(({ tenant, record }) => `${tenant} ${record?.consecutiveFailures}`));
    };
    const writers = Array.from({ length: 4 }, async (_, writer) => {
      const own = (await database.open()).fleet('busy').records;
      for (let times = 1; times <= 25; times++) {
        await own.write(tenantRecord({ tenant: `t-${writer}`, consecutiveFailures: times }), {});
      }
    });
    const writing = { over: false };
    const written = Promise.all(writers).finally(() => (writing.over = true));
    while (!writing.over) await listen();
    await written;
    await listen();
    expect(heard).toEqual([...new Set(heard)]);
    expect(heard).toEqual(expect.arrayContaining([0, 1, 2, 3].map((writer) => `t-${writer} 25`)));
  });

  it('another server begins anew: its transactions may have other numbers', async () => {
    const { records } = (await database.open()).fleet('restored');
    await records.write(tenantRecord(), {});
    const { cursor } = await records.changes();
    const elsewhere = '1700000000.000000 9000000000:9000000000:';
    expect(cursor).toMatch(/^\d+\.\d+ \d+:\d+:[\d,]*$/);
    expect((await changed(records, elsewhere)).names).toEqual(['acme']);
  });

  it('a record of a format that this version does not know counts as none; the marks stay', async () => {
    const { records } = (await database.open()).fleet('newer');
    await records.write(tenantRecord(), REPORT);
    await records.pause('acme', pause);
    await database.query(`update gateway_sync.tenant_record set format = 2 where instance = 'newer'`);
    expect(await records.read('acme')).toEqual({ marks: { pause } });
    expect(await records.report('acme')).toBeUndefined();
    expect((await records.changes()).rows).toEqual([{ tenant: 'acme', marks: { pause } }]);
    await records.write(tenantRecord(), {});
    expect(await records.read('acme')).toEqual({ record: tenantRecord(), marks: { pause } });
  });

  it('of ten thousand tenants only those that changed are looked at', async () => {
    const { records } = (await database.open()).fleet('large');
    await database.query(
      `insert into gateway_sync.tenant_record (instance, tenant, record)
       select 'large', 't' || n, jsonb_build_object('text', repeat('x', 1500)) from generate_series(1, 10000) n`,
    );
    await database.query('vacuum analyze gateway_sync.tenant_record');
    const { cursor } = await records.changes();
    await records.pause('t7', pause);
    expect((await changed(records, cursor)).names).toEqual(['t7']);

    const explained = await drizzle(await client()).execute<{ 'QUERY PLAN': unknown }>(
      sql`explain (analyze, format json) ${changedSince('large', cursor.split(' ')[1])}`,
    );
    const plan = JSON.stringify(explained.rows);
    expect(plan).toContain('"Index Name":"tenant_record_changes"');
    expect(plan).not.toContain('Seq Scan');
  });
});
