import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { headers, http, secret, target } from '../../test/support/delivering.js';
import { endpoint } from '../../test/support/endpoints.js';
import { entry, tenant } from '../../test/support/values.js';
import { desiredHash, fileHash } from './desired-hash.js';
import { Secret } from './secret.js';
import type { DesiredTenant } from './state.js';

const KEY = new Secret('a key');
const hash = (wish: object) => desiredHash(wish, KEY);

/** A tenant with something of everything; its places are new ones each time. */
const whole = (change: (made: ReturnType<typeof parts>) => Partial<DesiredTenant> = () => ({})): DesiredTenant => {
  const made = parts();
  return tenant({ ...made, ...change(made) });
};
const parts = () => ({
  subscriptions: [entry('order.created', { excludedFields: ['a', 'b'] }), entry('product.*', { priority: 3 })],
  delivery: http({
    destinationUrl: 'https://hooks.example',
    secretKey: secret('sign'),
    headers: headers({ 'X-Key': 'k', place: 'here' }, ['X-Key']),
    targets: [target({ name: 'one' })],
  }),
  endpoints: [endpoint('erp', { secret: secret('whsec'), headers: headers({ Authorization: 'a' }) })],
});

test('the same wish has the same hash, wherever it stands in the file', () => {
  expect(parts().subscriptions[0]?.place).not.toBe(parts().subscriptions[0]?.place);
  expect(hash(whole())).toBe(hash(whole()));
});

test.each<[string, DesiredTenant]>([
  ['the mode', whole(() => ({ mode: 'observe' }))],
  ['the prune policy', whole(() => ({ prune: 'all' }))],
  ['an event', whole(() => ({ subscriptions: [entry('order.created')] }))],
  ['an excluded field', whole(() => ({ subscriptions: [entry('order.created', { excludedFields: [] })] }))],
  ['a guard', whole(() => ({ guards: { maxPrunePercent: 31, minSubscriptions: 10, protect: [], allowEmpty: false } }))],
  ['no delivery', tenant({ subscriptions: parts().subscriptions, endpoints: parts().endpoints })],
  ['no endpoints where there was a list', whole(() => ({ endpoints: [] }))],
  ['a destination', whole(({ delivery }) => ({ delivery: { ...delivery, destinationUrl: 'https://other.example' } }))],
  ['a secret', whole(({ delivery }) => ({ delivery: { ...delivery, secretKey: secret('sign it') } }))],
  [
    'the value of a header',
    whole(({ delivery }) => ({
      delivery: { ...delivery, headers: headers({ 'X-Key': 'l', place: 'here' }, ['X-Key']) },
    })),
  ],
  [
    'a header that is called place',
    whole(({ delivery }) => ({
      delivery: { ...delivery, headers: headers({ 'X-Key': 'k', place: 'there' }, ['X-Key']) },
    })),
  ],
  [
    'whether a header is secret',
    whole(({ delivery }) => ({ delivery: { ...delivery, headers: headers({ 'X-Key': 'k', place: 'here' }) } })),
  ],
  ['a target', whole(({ delivery }) => ({ delivery: { ...delivery, targets: [target({ name: 'two' })] } }))],
  ['the secret of an endpoint', whole(() => ({ endpoints: [endpoint('erp', { secret: secret('whsec_2') })] }))],
])('another wish has another hash: %s', (_, other) => {
  expect(hash(other)).not.toBe(hash(whole()));
});

describe('a hash', () => {
  it('has no secret in it, and tells nothing without the key', () => {
    const wish = [new Secret('top-s3cret')];
    expect(hash(wish)).toMatch(/^[\w-]{43}$/);
    expect(desiredHash(wish, new Secret('another key'))).not.toBe(hash(wish));
  });

  it('is that of the JSON of a value: equal values have equal ones, different values different ones', () => {
    const keys = fc.string().filter((name) => name !== 'place');
    const { json } = fc.letrec((tie) => ({
      json: fc.oneof(
        { depthSize: 'small' },
        fc.string(),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('json')),
        fc.dictionary(keys, tie('json')),
      ),
    }));
    fc.assert(
      fc.property(json, json, (one, other) => {
        const shuffled = JSON.parse(JSON.stringify(one), (_, node: unknown) =>
          typeof node === 'object' && node !== null && !Array.isArray(node)
            ? Object.fromEntries(Object.entries(node).toReversed())
            : node,
        );
        expect(hash([shuffled])).toBe(hash([one]));
        expect(hash([other]) === hash([one])).toBe(isSame(one, other));
      }),
    );
  });
});

test('a wish is looked through once, however often it is asked for', () => {
  let looks = 0;
  const wish = {
    get part() {
      return (looks += 1);
    },
  };
  expect(hash(wish)).toBe(hash(wish));
  expect(looks).toBe(1);
});

/** Without the help of the code under test. */
function isSame(one: unknown, other: unknown): boolean {
  try {
    expect(one).toStrictEqual(other);
    return true;
  } catch {
    return false;
  }
}

const file = (interval: number, ...tenants: readonly object[]) => fileHash({ sync: { interval }, tenants }, KEY);

describe('the hash of a file', () => {
  it('is equal when the same is wanted of the same tenants in the same order', () => {
    expect(file(1, whole(), { tenant: 'b' })).toBe(file(1, whole(), { tenant: 'b' }));
  });

  it.each([
    ['a setting', file(2, whole(), { tenant: 'b' })],
    ['a tenant', file(1, whole(), { tenant: 'c' })],
    ['the order', file(1, { tenant: 'b' }, whole())],
    ['a tenant more', file(1, whole(), { tenant: 'b' }, { tenant: 'c' })],
  ])('differs with %s', (_, other) => {
    expect(other).not.toBe(file(1, whole(), { tenant: 'b' }));
  });
});
