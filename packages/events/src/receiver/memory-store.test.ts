import { expect, test } from 'vitest';
import { createMemoryStore, type MemoryStoreOptions } from './memory-store.js';
import type { Claim, DeliveryStore } from './delivery-store.js';

function openStore(options: MemoryStoreOptions = {}): { store: DeliveryStore; pass: (ms: number) => void } {
  let now = 0;
  const store = createMemoryStore({ now: () => now, ...options });
  return {
    store,
    pass: (ms) => {
      now += ms;
    },
  };
}

const doneOf = (claim: Claim): readonly string[] | 'busy' => (claim.kind === 'busy' ? 'busy' : claim.done);
const tokenOf = (claim: Claim): string => (claim.kind === 'busy' ? '' : claim.token);

test('a delivery is held by one until it is given back', async () => {
  const { store } = openStore();
  const first = await store.claim('a', 1_000);
  expect(doneOf(await store.claim('a', 1_000))).toBe('busy');
  expect(doneOf(await store.claim('b', 1_000))).toEqual([]);
  await store.release('a', tokenOf(first));
  expect(doneOf(await store.claim('a', 1_000))).toEqual([]);
});

test('whoever claims next hears who is through', async () => {
  const { store } = openStore();
  const first = await store.claim('a', 1_000);
  await store.markDone('a', 'erp');
  await store.markDone('a', 'erp');
  await store.markDone('a', 'mail');
  await store.release('a', tokenOf(first));
  expect(doneOf(await store.claim('a', 1_000))).toEqual(['erp', 'mail']);
});

test('a lease runs out, and its holder cannot give back what somebody else holds by then', async () => {
  const { store, pass } = openStore();
  const first = await store.claim('a', 1_000);
  pass(999);
  expect(doneOf(await store.claim('a', 1_000))).toBe('busy');
  pass(1);
  expect(doneOf(await store.claim('a', 1_000))).toEqual([]);
  await store.release('a', tokenOf(first));
  expect(doneOf(await store.claim('a', 1_000))).toBe('busy');
  await store.markDone('a', 'late');
  pass(1_000);
  expect(doneOf(await store.claim('a', 1_000))).toEqual(['late']);
});

test('the longest untouched are forgotten first', async () => {
  const { store } = openStore({ maxDeliveries: 2 });
  await store.markDone('a', 'erp');
  await store.markDone('b', 'erp');
  await store.markDone('a', 'mail');
  await store.markDone('c', 'erp');
  expect(doneOf(await store.claim('a', 1))).toEqual(['erp', 'mail']);
  expect(doneOf(await store.claim('c', 1))).toEqual(['erp']);
  expect(doneOf(await store.claim('b', 1))).toEqual([]);
});

test('what is untouched for long is forgotten', async () => {
  const { store, pass } = openStore({ keepMs: 1_000 });
  await store.markDone('a', 'erp');
  pass(999);
  await store.markDone('b', 'erp');
  pass(1);
  await store.markDone('c', 'erp');
  expect(doneOf(await store.claim('b', 1))).toEqual(['erp']);
  expect(doneOf(await store.claim('a', 1))).toEqual([]);
});

test.each([{ maxDeliveries: 0 }, { maxDeliveries: Number.NaN }, { keepMs: 0 }])('%j cannot be meant', (options) => {
  expect(() => createMemoryStore(options)).toThrow(RangeError);
});
