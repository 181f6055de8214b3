import { describe, expect, test } from 'vitest';
import { QUOTA_POLICY } from '../../test/support/values.js';
import { AccessDeniedError, UnavailableError } from './errors.js';
import { stateUnread, whyUnread } from './failed-reading.js';
import { policyHash } from './quota-policy.js';

const failure = { at: 100, transient: true, message: 'getStatistics answered 503', nextAt: 400 };

describe('a reading of the quota that failed', () => {
  test('leaves everything that was known, and says since when it is no newer', () => {
    const known = { at: 50, judgedBy: 'an earlier file', told: { month: '2026-11', subjects: [] } };
    const once = stateUnread(known, QUOTA_POLICY, failure);
    expect(once).toEqual({ ...known, failure: { ...failure, since: 100, attempts: 1 } });
    const twice = stateUnread(once, QUOTA_POLICY, { ...failure, at: 400, nextAt: 1_000 });
    expect(twice.failure).toEqual({ ...failure, at: 400, nextAt: 1_000, since: 100, attempts: 2 });
  });

  test('of a tenant that was never read is judged by the file, so that a start does not ask again', () => {
    const state = stateUnread(undefined, QUOTA_POLICY, failure);
    expect(state).toEqual({ judgedBy: policyHash(QUOTA_POLICY), failure: { ...failure, since: 100, attempts: 1 } });
  });

  test('is told by operation and status, and quotes nothing that was answered', () => {
    const operation = 'getStatistics';
    const said = 'getStatistics answered 403: token eyJhbGciOi is not valid';
    expect(whyUnread(new AccessDeniedError(said, { operation, status: 403 }))).toBe('getStatistics answered 403');
    expect(whyUnread(new UnavailableError(said, { operation }))).toBe('getStatistics had no answer to go by');
  });
});
