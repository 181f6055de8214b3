import { describe, expect, it } from 'vitest';
import { isStale, settle, type Attempt } from './notification-attempt.js';

const HOUR = 3_600_000;
const refused = (status: number, retryAfterMs?: number): Attempt => ({
  type: 'refused',
  status,
  ...(retryAfterMs !== undefined && { retryAfterMs }),
});

describe('after an attempt', () => {
  it('nothing follows once it is taken', () => {
    expect(settle({ type: 'taken', status: 204 }, 3)).toEqual({ type: 'delivered', reason: 'answered 204' });
  });

  it('seven more follow, ever later, before it is given up', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 8].map((attempts) =>
      settle({ type: 'failed', reason: 'ECONNREFUSED' }, attempts),
    );
    expect(waits.map((settled) => (settled.type === 'failed' ? settled.againMs / 1_000 : settled.type))).toEqual([
      5,
      300,
      1_800,
      7_200,
      18_000,
      36_000,
      50_400,
      'given_up',
    ]);
    expect(waits[0]?.reason).toBe('ECONNREFUSED');
  });

  it.each([302, 400, 401, 404, 429, 500, 503])('status %i is tried again', (status) => {
    expect(settle(refused(status), 1)).toEqual({ type: 'failed', reason: `answered ${status}`, againMs: 5_000 });
  });

  it('status 410 ends it at once', () => {
    expect(settle(refused(410, 1_000), 1)).toEqual({ type: 'given_up', reason: 'answered 410', attempts: 1 });
  });

  it('the receiver may ask for a longer wait, for no shorter one, and for a day at most', () => {
    expect(settle(refused(503, HOUR), 2)).toMatchObject({ againMs: HOUR });
    expect(settle(refused(503, 1_000), 2)).toMatchObject({ againMs: 300_000 });
    expect(settle(refused(503, 1_000 * HOUR), 2)).toMatchObject({ againMs: 24 * HOUR });
  });
});

it('what nobody sent for three days is no news any more', () => {
  expect([isStale(0, 72 * HOUR), isStale(0, 72 * HOUR + 1)]).toEqual([false, true]);
});
