import { expect, test } from 'vitest';
import { tenantState } from './tenant-state.js';

test.each([
  [undefined, 'pending'],
  ['in-sync', 'in_sync'],
  ['changed', 'in_sync'],
  ['drifted', 'drifted'],
  ['partial', 'partial'],
  ['blocked', 'blocked'],
  ['failed', 'failing'],
] as const)('after %s a tenant is %s', (outcome, state) => {
  expect(tenantState(outcome)).toBe(state);
});
