import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { rejection } from '../test/support/client.js';
import { AnswerBody } from './exchange.js';
import type { SubscriptionUpdate } from './generated/emporix-webhook/types.js';
import { operations } from './generated/emporix-webhook/operations.js';
import { MultiStatusResult, type ItemState } from './multi-status.js';
import type { Reading } from './reading.js';

function reading({ ambiguous = false, redact = (text: string): string => text } = {}): Reading {
  const answer = {
    status: 207,
    headers: new Headers(),
    body: new AnswerBody(new Uint8Array()),
    attempts: 1,
    durationMs: 5,
    ambiguous,
    retryAfterMs: undefined,
    token: undefined,
  };
  return { operation: operations.updateSubscriptions, answer, redact };
}

const update = (eventType: string): SubscriptionUpdate => ({ eventType, action: 'SUBSCRIBE' });
const result = (eventType: string, code: number): { eventType: string; code: number; status: string } => ({
  eventType,
  code,
  status: String(code),
});
const judged = (requests: readonly SubscriptionUpdate[], answers: readonly unknown[]): Array<[string, ItemState]> =>
  new MultiStatusResult(requests, answers, reading()).items.map(({ request, state }) => [request.eventType, state]);

describe('the items of a multi-status answer', () => {
  it('are applied, in conflict, rejected or missing', () => {
    const requests = ['a', 'b', 'c', 'd', 'e'].map(update);
    expect(judged(requests, [result('a', 200), result('b', 409), result('c', 400), result('d', 503)])).toEqual([
      ['a', 'applied'],
      ['b', 'conflict'],
      ['c', 'rejected'],
      ['d', 'rejected'],
      ['e', 'missing'],
    ]);
  });

  it('are found in any order and in any case', () => {
    expect(
      judged(
        [update('product.created'), update('order.created')],
        [result('ORDER.CREATED', 409), result('Product.Created', 200)],
      ),
    ).toEqual([
      ['product.created', 'applied'],
      ['order.created', 'conflict'],
    ]);
  });

  it('take the worst of contradicting answers', () => {
    for (const codes of [
      [200, 409, 400],
      [400, 200, 409],
      [409, 400, 200],
    ]) {
      expect(
        judged(
          [update('a')],
          codes.map((code) => result('a', code)),
        ),
      ).toEqual([['a', 'rejected']]);
    }
    expect(judged([update('a')], [result('a', 200), result('a', 409)])).toEqual([['a', 'conflict']]);
  });

  it('take their answers in turn when one event type was requested twice', () => {
    expect(judged([update('a'), update('a'), update('a')], [result('a', 200), result('a', 409)])).toEqual([
      ['a', 'applied'],
      ['a', 'conflict'],
      ['a', 'missing'],
    ]);
  });

  it('leave over what is about nothing requested or cannot be read', () => {
    const strange = [result('z', 200), null, 'text', { eventType: 'a' }, { code: 200 }];
    const answer = new MultiStatusResult([update('a')], [...strange, result('a', 200)], reading());
    expect([answer.ok, answer.extras]).toEqual([true, strange]);
  });

  it('are each in exactly one state, whatever the answer is', () => {
    const eventType = fc.constantFrom('a', 'A', 'b', 'c', 'C.d');
    const anyResult = fc.record({
      eventType: fc.oneof(eventType, fc.string()),
      code: fc.oneof(fc.integer(), fc.constantFrom(200, 204, 400, 409, 500)),
      status: fc.string(),
    });
    const answers = fc.array(fc.oneof({ weight: 5, arbitrary: anyResult }, fc.anything()));
    fc.assert(
      fc.property(fc.array(eventType.map(update)), answers, (requests, given) => {
        const answer = new MultiStatusResult(requests, given, reading());
        expect(answer.items.map(({ request }) => request)).toEqual(requests);
        expect(new Set([...answer.applied, ...answer.failed])).toEqual(new Set(answer.items));
        expect(answer.applied.length + answer.failed.length).toBe(requests.length);
        for (const { state, result: said, request } of answer.items) {
          expect(said === undefined).toBe(state === 'missing');
          expect(said?.eventType.toLowerCase() ?? request.eventType.toLowerCase()).toBe(
            request.eventType.toLowerCase(),
          );
        }
        expect(answer.ok).toBe(answer.items.every(({ state }) => state === 'applied'));
      }),
    );
  });

  it('do not depend on the order of the answer when event types differ', () => {
    const codes = fc.uniqueArray(
      fc.record({ type: fc.constantFrom('a', 'b', 'c', 'd'), code: fc.constantFrom(200, 409, 400) }),
      { selector: ({ type }) => type },
    );
    fc.assert(
      fc.property(codes, fc.func(fc.integer()), (given, rank) => {
        const answers = given.map(({ type, code }) => result(type, code));
        const shuffled = answers.toSorted((a, b) => rank(a.eventType) - rank(b.eventType));
        const requests = ['a', 'b', 'c', 'd'].map(update);
        expect(judged(requests, shuffled)).toEqual(judged(requests, answers));
      }),
    );
  });
});

describe('a conflict', () => {
  it('is marked when an earlier request of the call may have been carried out', () => {
    const answers = [result('a', 409), result('b', 200)];
    const ambiguousFlags = (ambiguous: boolean): boolean[] =>
      new MultiStatusResult([update('a'), update('b'), update('c')], answers, reading({ ambiguous })).items.map(
        (item) => item.ambiguous,
      );
    expect(ambiguousFlags(true)).toEqual([true, false, false]);
    expect(ambiguousFlags(false)).toEqual([false, false, false]);
  });
});

describe('throwIfFailed', () => {
  it('is silent when everything is applied', () => {
    expect(new MultiStatusResult([update('a')], [result('a', 200)], reading()).throwIfFailed()).toBeUndefined();
  });

  it('throws an error that names the items', async () => {
    const requests = Array.from({ length: 7 }, (_, index) => update(`e${index}`));
    const answer = new MultiStatusResult(requests, [result('e0', 200), result('e1', 409)], reading());
    const error = await rejection(Promise.resolve(answer).then((answered) => answered.throwIfFailed()));
    expect(error).toMatchObject({
      name: 'MultiStatusError',
      code: 'multi-status',
      message:
        'updateSubscriptions did not apply 6 of 7 items: e1 conflict, e2 missing, e3 missing, e4 missing, e5 missing, and 1 more',
      items: answer.failed,
      transient: false,
    });
  });

  it('throws a transient error when every failure may pass', async () => {
    const answer = new MultiStatusResult(['a', 'b'].map(update), [result('a', 503)], reading());
    expect(await rejection(Promise.resolve(answer).then((answered) => answered.throwIfFailed()))).toMatchObject({
      transient: true,
    });
  });
});

const redact = (text: string): string => text.replaceAll('hunter2', '[secret]');

it('hides secrets in the messages of items', () => {
  const answer = new MultiStatusResult(
    [update('a')],
    [{ ...result('a', 400), message: 'bad hunter2' }],
    reading({ redact }),
  );
  expect(answer.items[0]?.result?.message).toBe('bad [secret]');
});
