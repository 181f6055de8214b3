import { beforeEach, expect, test, vi } from 'vitest';
import { useDatabase } from '../../../test/support/database.js';
import { auditChange, auditEntry } from '../../../test/support/ledger-values.js';

const DAY = 86_400_000;
const NOW = 1_000 * DAY;
const database = useDatabase();

const nothing = { put: [], forget: [] };
const kept = async () => {
  const audit = await database.query('select count(*)::int as n from gateway_sync.audit_record');
  const quota = await database.query('select used from gateway_sync.quota_reading order by used');
  return { audit: audit[0]?.['n'], quota: quota.map(({ used }) => used) };
};
beforeEach(async () => {
  await database.open();
  await database.query('truncate gateway_sync.audit_record, gateway_sync.quota_reading, gateway_sync.notification');
});

test('what is older than it must be is deleted, all of it, as soon as somebody says how long to keep it', async () => {
  const { ledger, quota } = await database.open();
  const changes = Array.from({ length: 2_100 }, () => auditChange());
  await ledger.commit('acme', nothing, auditEntry({ at: NOW - 11 * DAY, changes }));
  await ledger.commit('acme', nothing, auditEntry({ at: NOW - 9 * DAY }));
  await quota.add('acme', { month: '1972-08', used: 1, crossed: [] }, NOW - 6 * DAY);
  await quota.add('acme', { month: '1972-09', used: 2, crossed: [] }, NOW - 4 * DAY);

  const later = await database.open({ clock: { now: () => NOW } });
  later.keep({ auditDays: 10, quotaDays: 5 });
  await vi.waitFor(async () => expect(await kept()).toEqual({ audit: 1, quota: [2] }));

  later.keep({ auditDays: 8, quotaDays: 5 });
  await vi.waitFor(async () => expect(await kept()).toEqual({ audit: 0, quota: [2] }));
});

test('a process that only does one thing deletes nothing', async () => {
  const { ledger } = await database.open();
  await ledger.commit('acme', nothing, auditEntry({ at: 0 }));
  const other = await database.open({ clock: { now: () => NOW } });
  await other.close();
  expect(await kept()).toMatchObject({ audit: 1 });
});

test('a clock that ran ahead deletes nothing that is young by the clock of the database', async () => {
  const { ledger } = await database.open();
  await ledger.commit('acme', nothing, auditEntry({ at: Date.now() - 9 * DAY }));
  await ledger.commit('acme', nothing, auditEntry({ at: Date.now() - 11 * DAY }));
  const ahead = await database.open({ clock: { now: () => Date.now() + 5_000 * DAY } });
  ahead.keep({ auditDays: 10, quotaDays: 10 });
  await vi.waitFor(async () => expect(await kept()).toMatchObject({ audit: 1 }));
});

const message = (days: number) => ({
  id: `${days}`,
  tenant: 'acme',
  subject: `${days}`,
  at: NOW - days * DAY,
  payload: {},
});

test('what was told is remembered until its month is long over, however short readings are kept', async () => {
  const store = await database.open();
  await store.fleet('shops').outbox.add([41, 39, 6].map(message));
  const left = async () =>
    (await database.query('select id from gateway_sync.notification order by id')).map(({ id }) => id);
  const later = await database.open({ clock: { now: () => NOW } });
  later.keep({ auditDays: 5, quotaDays: 5 });
  await vi.waitFor(async () => expect(await left()).toEqual(['39', '6']));
});
