import { expect, test, vi } from 'vitest';
import { useDatabase } from '../../../test/support/database.js';
import { auditChange, auditEntry } from '../../../test/support/ledger-values.js';

const DAY = 86_400_000;
const NOW = 1_000 * DAY;
const database = useDatabase();

test('what is older than it must be is deleted at the start, all of it', async () => {
  const { ledger, quota } = await database.open();
  const changes = Array.from({ length: 2_100 }, () => auditChange());
  const nothing = { put: [], forget: [] };
  await ledger.commit('acme', nothing, auditEntry({ at: NOW - 11 * DAY, changes }));
  await ledger.commit('acme', nothing, auditEntry({ at: NOW - 9 * DAY }));
  await quota.add('acme', { month: '1972-08', used: 1, crossed: [] }, NOW - 6 * DAY);
  await quota.add('acme', { month: '1972-09', used: 2, crossed: [] }, NOW - 4 * DAY);

  const later = await database.open({ clock: { now: () => NOW }, retention: { auditDays: 10, quotaDays: 5 } });
  await vi.waitFor(async () => {
    expect(await later.audit.history({ limit: 10_000 })).toHaveLength(1);
    expect(await database.query('select used from gateway_sync.quota_reading')).toEqual([{ used: 2 }]);
  });
});
