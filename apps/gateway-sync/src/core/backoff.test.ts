import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failureClass, nextWait, type Failure, type Wait } from './backoff.js';
import { AccessDeniedError, LedgerError, RejectedError, UnavailableError, UnreachableError } from './errors.js';
import { OUTCOMES, type ItemResult } from './result.js';
import type { Cadence } from './schedule.js';

const MINUTE = 60_000;
const cadence: Cadence = { intervalMs: 5 * MINUTE, maxIntervalMs: 60 * MINUTE, jitter: 0.1 };
const operation = 'listSubscriptions';

const clean: Failure = { outcome: 'in-sync', items: [], transient: false };
const failed = (error: Error, more: Partial<Failure> = {}): Failure => ({
  outcome: 'failed',
  items: [],
  transient: false,
  error,
  ...more,
});
const down = failed(new UnavailableError('503', { operation, status: 503 }));
const slow = failed(new UnavailableError('429', { operation, status: 429 }));
const denied = failed(new AccessDeniedError('403', { operation, status: 403 }));
const refused = failed(new RejectedError('404', { operation, status: 404 }));
const deaf = failed(new UnreachableError('no answer', { operation, status: 400 }));

function itemsOf(...statuses: [ItemResult['status'], number?][]): Failure {
  const items = statuses.map(([status, code]) => ({ status, ...(code !== undefined && { code }) }) as ItemResult);
  return { outcome: 'partial', items, transient: true, error: new AggregateError([]) };
}

/** Waits in minutes after each of the results in turn. */
function waits(...results: Failure[]): number[] {
  let wait: Wait | undefined;
  return results.map((result) => (wait = nextWait(wait, result, cadence)).intervalMs / MINUTE);
}

const times = (count: number, result: Failure) => Array.from({ length: count }, () => result);

describe('the class of a failure', () => {
  it.each([
    [clean, undefined],
    [{ ...clean, outcome: 'blocked' as const }, undefined],
    [{ ...clean, outcome: 'drifted' as const }, undefined],
    [down, 'retryable'],
    [slow, 'throttled'],
    [{ ...down, retryAfterMs: 1_000 }, 'throttled'],
    [denied, 'denied'],
    [refused, 'terminal'],
    [deaf, 'unreachable'],
    [{ ...clean, ledgerError: new LedgerError('gone', { transient: true }) }, 'retryable'],
    [itemsOf(['rejected', 400], ['failed', 503]), 'retryable'],
    [itemsOf(['rejected', 400], ['conflict', 409]), 'retryable'],
    [itemsOf(['failed', 429], ['failed', 503]), 'throttled'],
    [itemsOf(['unreachable', 400], ['skipped']), 'unreachable'],
    [itemsOf(['contended']), 'unreachable'],
    [itemsOf(['not-applied', 200]), 'unreachable'],
    [itemsOf(['not-applied', 200], ['failed', 503]), 'retryable'],
    [itemsOf(['applied', 200], ['rejected', 400]), 'terminal'],
    [{ outcome: 'partial' as const, items: [], transient: false, error: new Error('unresolved') }, 'terminal'],
  ] as const)('case %#', (result, expected) => {
    expect(failureClass(result)).toBe(expected);
  });
});

describe('the wait', () => {
  it('doubles while clean up to the maximum, and starts again on any change', () => {
    expect(waits(...times(6, clean), { ...clean, outcome: 'changed' }, clean)).toEqual([5, 10, 20, 40, 60, 60, 5, 10]);
  });

  it.each(OUTCOMES.filter((outcome) => outcome !== 'in-sync' && outcome !== 'failed' && outcome !== 'partial'))(
    'goes back to the base after %s',
    (outcome) => {
      expect(waits(...times(4, clean), { ...clean, outcome })).toEqual([5, 10, 20, 40, 5]);
    },
  );

  it('case 47: is short after an outage, doubles to the interval and is forgotten with the first success', () => {
    expect(waits(...times(7, down), clean, clean, down)).toEqual([0.25, 0.5, 1, 2, 4, 5, 5, 5, 10, 0.25]);
  });

  it('case 47: never overflows', () => {
    const before: Wait = { intervalMs: 1, retry: true, failures: 1e9, failure: 'denied' };
    expect(nextWait(before, denied, cadence).intervalMs).toBe(60 * MINUTE);
  });

  it.each([
    ['throttled', slow],
    ['denied', denied],
    ['terminal', refused],
  ] as const)('grows to the longest interval when %s', (_, result) => {
    expect(waits(...times(6, result))).toEqual([5, 10, 20, 40, 60, 60]);
  });

  it('stays the interval for a destination that does not answer, which has a clock of its own', () => {
    expect(waits(...times(4, deaf))).toEqual([5, 5, 5, 5]);
  });

  it('is as long as the API asks for when that is longer', () => {
    expect(waits({ ...slow, retryAfterMs: 90 * MINUTE }, { ...slow, retryAfterMs: 1_000 })).toEqual([90, 10]);
  });

  it('starts again when the failure is of another class', () => {
    expect(waits(down, down, denied, denied, down)).toEqual([0.25, 0.5, 5, 10, 0.25]);
  });

  it('is never shorter than asked and never beyond the longest interval', () => {
    const results = fc.array(fc.constantFrom(clean, down, slow, denied, refused, deaf), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(results, (list) => {
        for (const minutes of waits(...list)) {
          expect(minutes).toBeGreaterThanOrEqual(0.25);
          expect(minutes).toBeLessThanOrEqual(60);
        }
      }),
    );
  });
});
