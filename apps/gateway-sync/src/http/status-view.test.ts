import { expect, it } from 'vitest';
import { tenantRecord } from '../../test/support/tenant-records.js';
import { statusOf } from '../core/tenant-record.js';
import { QUOTA_POLICY } from '../../test/support/values.js';
import { statusView } from './status-view.js';

it('a status says of a lost ledger no more than that, wherever the message stands', () => {
  const ledgerError = { name: 'LedgerError', message: 'Could not read (PostgreSQL, db.internal:5432/)' };
  const error = { name: 'PlanError', message: `nothing is removed: ${ledgerError.message}` };
  const record = tenantRecord();
  const conditions = [
    { type: 'Ready', status: 'false', reason: 'LedgerLost', message: ledgerError.message, since: 0 },
    { type: 'Synced', status: 'false', reason: 'Failed', message: error.message, since: 0 },
    { type: 'Drifted', status: 'true', reason: 'Differs', message: '2 differences', since: 0 },
  ] as const;
  const last = { ...record.last, error, ledgerError };
  const view = statusView({ ...statusOf(record.tenant, { ...record, last }, {}, 0), conditions }, QUOTA_POLICY, 0);
  expect(JSON.stringify(view)).not.toContain('db.internal');
  expect(view.conditions.map(({ message }) => message)).toEqual([
    'the ledger is lost',
    'the ledger is lost',
    '2 differences',
  ]);
  expect(view.last).toMatchObject({
    error: { name: 'PlanError', message: 'the ledger is lost' },
    ledgerError: { name: 'LedgerError', message: 'the ledger is lost' },
  });
});

it('a status shows nothing of a month that is over, neither used nor doubted, but what is still given up', () => {
  const record = tenantRecord();
  const at = Date.parse('2026-10-31T20:00:00Z');
  const status = statusOf(
    record.tenant,
    { ...record, last: { ...record.last, shed: 2 } },
    {
      quota: { usage: { month: '2026-10', used: 9, limit: 10, percent: 90, crossed: [70] }, at },
      quotaState: {
        at,
        shed: { month: '2026-10', at: 80, priority: 5, since: at },
        unknown: { reason: 'incomplete', message: 'less than before', since: at, shown: 8 },
      },
    },
    at,
  );
  const shown = (now: string) => {
    const { quota, quotaState, conditions } = statusView(
      status,
      { ...QUOTA_POLICY, shed: 'enforce', timeZone: 'Europe/Berlin' },
      Date.parse(now),
    );
    const { reason, message } = conditions.find(({ type }) => type === 'QuotaOk') ?? {};
    return [quota?.used, quotaState?.unknown?.shown, reason, message];
  };
  expect(shown('2026-10-31T22:59:59.999Z')).toEqual([9, 8, 'Incomplete', 'less than before; 2 subscriptions given up']);
  expect(shown('2026-10-31T23:00:00Z')).toEqual([
    undefined,
    undefined,
    'Pending',
    '2 subscriptions given up, back by 2026-10-31T23:30Z',
  ]);
  const [, , , over] = shown('2026-10-31T23:30:00Z');
  expect(over).toBe('2 subscriptions to come back with the next run');
});
