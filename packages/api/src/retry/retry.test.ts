import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { manualClock } from '../../test/support/clocks.js';
import type { AttemptResult } from '../attempt.js';
import { AnswerBody } from '../exchange.js';
import { isRepeatable } from './repeatable.js';
import { failureOf, nextWaitMs, type Circumstances } from './next-wait.js';
import { retryAfterMs } from './retry-after.js';
import { RetryBudget } from './retry-budget.js';
import { backoffMs, DEFAULT_RETRY, resolveRetry } from './retry-policy.js';

describe('the backoff', () => {
  it('is at least 0 and below a bound that doubles up to a maximum', () => {
    const policies = fc.record({
      baseMs: fc.integer({ min: 1, max: 5_000 }),
      maxMs: fc.integer({ min: 1, max: 60_000 }),
    });
    const randoms = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), policies, randoms, (attempt, { baseMs, maxMs }, random) => {
        const waitMs = backoffMs(attempt, { ...DEFAULT_RETRY, baseMs, maxMs }, () => random);
        expect(waitMs).toBeGreaterThanOrEqual(0);
        expect(waitMs).toBeLessThan(Math.min(maxMs, baseMs * 2 ** (attempt - 1)));
      }),
    );
  });

  it('spreads over the whole range', () => {
    const bounds = [1, 2, 3, 6, 7, 20].map((attempt) => backoffMs(attempt, DEFAULT_RETRY, () => 1));
    expect(bounds).toEqual([250, 500, 1_000, 8_000, 8_000, 8_000]);
    expect(backoffMs(3, DEFAULT_RETRY, () => 0)).toBe(0);
  });
});

const at = (value: string | undefined, date?: string): number | undefined =>
  retryAfterMs(
    new Headers({ ...(value !== undefined && { 'retry-after': value }), ...(date !== undefined && { date }) }),
    () => Date.parse('2026-11-23T10:00:00Z'),
  );

describe('Retry-After', () => {
  it.each([
    { value: undefined, expected: undefined },
    { value: '0', expected: 0 },
    { value: ' 120 ', expected: 120_000 },
    { value: '1.5', expected: 1_500 },
    { value: '-5', expected: undefined },
    { value: 'soon', expected: undefined },
    { value: 'Mon, 23 Nov 2026 10:00:30 GMT', expected: 30_000 },
    { value: 'Mon, 23 Nov 2026 09:00:00 GMT', expected: 0 },
  ])('of $value is $expected ms', ({ value, expected }) => {
    expect(at(value)).toBe(expected);
  });

  it('as a date counts from the date of the answer, so that clocks may differ', () => {
    expect(at('Mon, 23 Nov 2026 12:00:30 GMT', 'Mon, 23 Nov 2026 12:00:00 GMT')).toBe(30_000);
  });
});

describe('the retry budget', () => {
  it('allows a burst of ten, then one for ten calls', () => {
    const budget = new RetryBudget(manualClock());
    const burst = Array.from({ length: 12 }, () => budget.spend());
    expect(burst).toEqual([...Array<boolean>(10).fill(true), false, false]);
    for (let call = 0; call < 11; call += 1) budget.earn();
    expect([budget.spend(), budget.spend()]).toEqual([true, false]);
  });

  it('recovers with time for a client that calls rarely', () => {
    const clock = manualClock();
    const budget = new RetryBudget(clock);
    while (budget.spend());
    clock.advance(9_000);
    expect(budget.spend()).toBe(false);
    clock.advance(1_001);
    expect([budget.spend(), budget.spend()]).toEqual([true, false]);
  });

  it('never grants more than ten plus a tenth of the calls and of the seconds', () => {
    const steps = fc.array(fc.oneof(fc.constant('call'), fc.constant('retry'), fc.integer({ min: 0, max: 30_000 })), {
      maxLength: 300,
    });
    fc.assert(
      fc.property(steps, (taken) => {
        const clock = manualClock();
        const budget = new RetryBudget(clock);
        let calls = 0;
        let granted = 0;
        for (const step of taken) {
          if (typeof step === 'number') clock.advance(step);
          else if (step === 'retry') granted += budget.spend() ? 1 : 0;
          else {
            budget.earn();
            calls += 1;
          }
          expect(granted).toBeLessThanOrEqual(10 + calls / 10 + clock.now() / 10_000 + 1e-6);
        }
      }),
    );
  });
});

describe('a request may be repeated after an ambiguous failure', () => {
  const entry = { eventType: 'a', destinationUrl: 'https://a.example' };
  const upsert = (path: string): object => ({ op: 'UPSERT', path: `/configuration/http/${path}`, value: entry });

  it.each([
    { retryClass: 'safe', body: undefined, expected: true, why: 'it only reads' },
    { retryClass: 'idempotent', body: {}, expected: true, why: 'twice is as good as once' },
    { retryClass: 'unique', body: {}, expected: false, why: 'it may create twice' },
    {
      retryClass: 'version-guarded',
      body: [{ metadata: { version: 1 } }],
      expected: true,
      why: 'every item has a version',
    },
    {
      retryClass: 'version-guarded',
      body: [{ metadata: { version: 1 } }, { metadata: {} }],
      expected: false,
      why: 'an item has none',
    },
    { retryClass: 'version-guarded', body: 'text', expected: false, why: 'it is no list' },
    {
      retryClass: 'idempotent-unless-creating',
      body: [upsert('eventsConfigurationEntry/1')],
      expected: true,
      why: 'it changes a known entry',
    },
    {
      retryClass: 'idempotent-unless-creating',
      body: [upsert('eventsConfiguration')],
      expected: true,
      why: 'it replaces the list',
    },
    {
      retryClass: 'idempotent-unless-creating',
      body: [upsert('eventsConfiguration/a/headers')],
      expected: true,
      why: 'it sets a part',
    },
    {
      retryClass: 'idempotent-unless-creating',
      body: [{ op: 'REMOVE', path: '/configuration/http/eventsConfiguration/a' }],
      expected: true,
      why: 'it removes',
    },
    {
      retryClass: 'idempotent-unless-creating',
      body: [upsert('destinationUrl'), upsert('eventsConfigurationEntry')],
      expected: false,
      why: 'one operation makes an entry',
    },
    {
      retryClass: 'idempotent-unless-creating',
      body: [upsert('eventsConfiguration/a')],
      expected: false,
      why: 'an entry by event type may be new',
    },
  ] as const)('$expected for $retryClass: $why', ({ retryClass, body, expected }) => {
    expect(isRepeatable(retryClass, body)).toBe(expected);
  });

  it.each([
    { headers: { 'idempotency-key': 'k1' }, expected: true },
    { headers: { 'idempotency-key': '' }, expected: false },
    { headers: {}, expected: false },
  ])('$expected for idempotency-keyed with the headers $headers', ({ headers, expected }) => {
    expect(isRepeatable('idempotency-keyed', {}, headers)).toBe(expected);
  });
});

const answer = (status: number): AttemptResult => ({
  type: 'answer',
  status,
  headers: new Headers(),
  body: new AnswerBody(new Uint8Array()),
});

describe('the next try', () => {
  const circumstances: Circumstances = {
    tries: 1,
    policy: DEFAULT_RETRY,
    repeatable: true,
    retryAfterMs: undefined,
    remainingMs: 60_000,
    random: () => 0.5,
  };

  it.each([200, 204, 207, 302, 400, 401, 403, 404, 409, 422, 501, 505])('never follows a %i', (status) => {
    expect(failureOf(answer(status))).toBeUndefined();
    expect(nextWaitMs(undefined, circumstances)).toBeUndefined();
  });

  it.each([
    { what: 'is the last', changed: { tries: 4 } },
    { what: 'may not be repeated', changed: { repeatable: false } },
    { what: 'would have to wait too long', changed: { retryAfterMs: 30_001 } },
    { what: 'would come after the end of the call', changed: { remainingMs: 125 } },
  ])('is not made when the one before $what', ({ changed }) => {
    expect(nextWaitMs('ambiguous', { ...circumstances, ...changed })).toBeUndefined();
    expect(nextWaitMs('ambiguous', circumstances)).toBe(125);
  });

  it('waits as long as it was asked to', () => {
    expect(nextWaitMs('not-carried-out', { ...circumstances, repeatable: false, retryAfterMs: 30_000 })).toBe(30_000);
    expect(nextWaitMs('not-carried-out', { ...circumstances, retryAfterMs: 0 })).toBe(0);
  });
});

it('a retry policy takes what is missing from the one of the client', () => {
  const client = resolveRetry({ maxAttempts: 7 }, DEFAULT_RETRY);
  expect(resolveRetry({ baseMs: 1 }, client)).toEqual({ ...DEFAULT_RETRY, maxAttempts: 7, baseMs: 1 });
  expect(resolveRetry(undefined, client)).toEqual(client);
  expect(resolveRetry(false, client).maxAttempts).toBe(1);
});
