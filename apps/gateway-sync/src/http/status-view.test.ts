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
