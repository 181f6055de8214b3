import { expect, it } from 'vitest';
import { QUOTA_POLICY } from '../../test/support/values.js';
import { policyHash, type QuotaPolicy } from './quota-policy.js';

it('the same said in another order is the same', () => {
  const { warnAt, shed, ladder, timeZone } = QUOTA_POLICY;
  expect(policyHash({ timeZone, ladder, shed, warnAt })).toBe(policyHash({ warnAt, shed, ladder, timeZone }));
});

it.each<Partial<QuotaPolicy>>([
  { warnAt: [50] },
  { warnAt: [] },
  { shed: 'advise' },
  { shed: 'enforce' },
  { ladder: [{ at: 80, priority: 7 }] },
  { ladder: [{ at: 81, priority: 8 }] },
  { timeZone: 'Europe/Berlin' },
])('%o is another policy', (change) => {
  expect(policyHash({ ...QUOTA_POLICY, ...change })).not.toBe(policyHash(QUOTA_POLICY));
});
