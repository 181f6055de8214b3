import { expect, test } from 'vitest';
import { tenant } from '../../test/support/values.js';
import { type Counted, countingAfter, needsAsking, providerInFile, whyUncounted } from './counting.js';
import type { Counting } from './quota-state.js';
import type { DesiredTenant } from './state.js';

const DAY = 86_400_000;
const from = Date.UTC(2026, 10, 1);
const now = from + 10 * DAY;
const counted: Counted = { month: '2026-11', from, count: 5, now };

const delivery = (provider: 'SVIX' | 'SVIX_SHARED' | 'HTTP', active = true): Partial<DesiredTenant> =>
  // Of a delivery only these two are looked at.
  ({ delivery: { provider, active } }) as unknown as Partial<DesiredTenant>;

test.each<[string, Partial<DesiredTenant>, string | undefined]>([
  ['the delivery that the file writes', delivery('HTTP'), 'HTTP'],
  ['no delivery that is not active', delivery('HTTP', false), undefined],
  ['nothing where nothing is written', { ...delivery('HTTP'), mode: 'observe' }, undefined],
  ['nothing where the file leaves it to others', {}, undefined],
  ['nothing where it has no endpoint', { endpoints: [] }, undefined],
])('the file says %s', (_, overrides, expected) => {
  expect(providerInFile(tenant(overrides))).toBe(expected);
});

const asked = (ago: number): Counting => ({ since: from, askedAt: now - ago, month: '2026-11', count: 0 });

test.each<[string, Counting | undefined, Partial<Counted>, boolean]>([
  ['nothing was ever counted', undefined, { count: 0 }, true],
  ['something was counted, and nothing is known of before', undefined, {}, false],
  ['the count stands still', undefined, { before: 5 }, true],
  ['the count rises', undefined, { before: 4 }, false],
  ['it is the first day of the month', undefined, { count: 0, now: from + DAY - 1 }, false],
  ['it was asked within a day', asked(DAY - 1), { count: 0 }, false],
  ['it was asked a day ago', asked(DAY), { count: 0 }, true],
])('whether a tenant is asked how it delivers when %s', (_, known, facts, expected) => {
  expect(needsAsking(known, { ...counted, ...facts })).toBe(expected);
});

const http = (count: number, since = from): Counting => ({ provider: 'HTTP', since, month: '2026-11', count });

test.each<[string, Counting | undefined, 'HTTP' | 'SVIX_SHARED', Partial<Counted>, boolean]>([
  ['the shared account', undefined, 'SVIX_SHARED', {}, true],
  ['another provider', undefined, 'HTTP', {}, false],
  ['another provider under which the count rose', http(4), 'HTTP', {}, true],
  ['another provider under which the count stands', http(5), 'HTTP', {}, false],
  ['a rise in the first day, which may be of the time before', http(4, now - DAY + 1), 'HTTP', {}, false],
  ['a rise from nothing in a new month', { ...http(9), month: '2026-10' }, 'HTTP', { count: 1 }, true],
  ['a proof of before', { ...http(5), isProven: true }, 'HTTP', { count: 0 }, true],
  ['a proof that is of another provider', { ...http(4), provider: 'SVIX', isProven: true }, 'HTTP', {}, false],
])('%s is counted or not', (_, known, provider, facts, expected) => {
  const after = countingAfter(known, { provider }, { ...counted, ...facts });
  expect(whyUncounted(after) === undefined).toBe(expected);
});

test('nothing is known without an answer, and what is known stays', () => {
  expect(countingAfter(undefined, undefined, counted)).toBeUndefined();
  expect(whyUncounted(undefined)).toBeUndefined();
  expect(countingAfter(asked(0), undefined, counted)?.askedAt).toBe(now);
});

test('why a tenant is not counted names what is counted, and whether the tenant or the file has something else', () => {
  expect(whyUncounted({ ...http(0), askedAt: now })).toMatch(/SVIX_SHARED.*this tenant delivers by HTTP$/);
  expect(whyUncounted(http(0))).toMatch(/SVIX_SHARED.*the file has this tenant deliver by HTTP$/);
});
