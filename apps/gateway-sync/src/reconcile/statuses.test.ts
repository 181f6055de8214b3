import { describe, expect, it, vi } from 'vitest';
import { statusOf, type TenantStatus } from '../core/tenant-record.js';
import { Statuses } from './statuses.js';

const pending = (tenant: string): TenantStatus => statusOf(tenant, undefined, {}, 0);
const inState = (tenant: string, state: TenantStatus['state']): TenantStatus => ({ ...pending(tenant), state });
const counted = ({ counts }: Statuses) => Object.fromEntries([...counts].filter(([, count]) => count !== 0));

describe('the statuses of all tenants', () => {
  it('stand in the order of the file, whatever the one before said', () => {
    const statuses = new Statuses();
    statuses.keep(['a', 'b'], pending);
    statuses.set(inState('b', 'in_sync'));
    const make = vi.fn<typeof pending>(pending);
    statuses.keep(['c', 'b'], make);
    expect(statuses.list().map(({ tenant, state }) => [tenant, state])).toEqual([
      ['c', 'pending'],
      ['b', 'in_sync'],
    ]);
    expect(make.mock.calls).toEqual([['c']]);
  });

  it('are counted by state, through every change', () => {
    const statuses = new Statuses();
    statuses.keep(['a', 'b', 'c'], pending);
    expect(counted(statuses)).toEqual({ pending: 3 });
    statuses.set(inState('a', 'in_sync'));
    statuses.set(inState('b', 'failing'));
    statuses.set(inState('b', 'in_sync'));
    expect(counted(statuses)).toEqual({ pending: 1, in_sync: 2 });
    statuses.keep(['b'], pending);
    expect(counted(statuses)).toEqual({ in_sync: 1 });
  });

  it('know nothing of a tenant that is not in the file', () => {
    const statuses = new Statuses();
    statuses.keep(['a'], pending);
    statuses.set(inState('other', 'failing'));
    expect([statuses.get('other'), counted(statuses)]).toEqual([undefined, { pending: 1 }]);
  });
});
