import { describe, expect, test } from 'vitest';
import { planFor, planFrom } from '../../test/support/planning.js';
import { entry, owning, row, subscribed, tenant } from '../../test/support/values.js';
import { judge, type Verdict } from './guard.js';
import { EMPTY_MEMORY, type TenantMemory } from './memory.js';
import type { OwnedThings } from './ledger.js';
import type { DesiredTenant, Observation } from './state.js';

/** `count` subscribed event types named 0.x, 1.x … */
const rows = (count: number) => Array.from({ length: count }, (_, index) => subscribed(`${index}.x`));
const wants = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => entry(`${from + index}.x`));

interface Overrides {
  readonly owned?: OwnedThings;
  readonly expectedChecksum?: string;
  readonly memory?: TenantMemory;
}

function verdicts(desired: DesiredTenant, observation: Observation, overrides: Overrides = {}): Verdict[] {
  const plan = planFrom(desired, observation, overrides.owned ? { owned: overrides.owned } : {});
  return judge({ tenant: desired, plan, observation, memory: EMPTY_MEMORY, ...overrides });
}

const names = (found: readonly Verdict[]) => found.map(({ guard }) => guard);

const wantingNothing = (guards = {}) => tenant({ prune: 'all', guards });

describe('an empty desired state', () => {
  test('is withheld when it would remove something, with the line that allows it', () => {
    expect(verdicts(wantingNothing(), { subscriptions: rows(3) })).toEqual([
      {
        guard: 'empty-desired',
        message: 'the file names no event type that acme has, so all 3 subscriptions that may be removed would be',
        allow: 'write under tenant acme:  guards: { allowEmpty: true }',
      },
    ]);
  });

  test('passes with allowEmpty, however many it removes', () => {
    expect(verdicts(wantingNothing({ allowEmpty: true }), { subscriptions: rows(50) })).toEqual([]);
  });

  test('passes when there is nothing to remove', () => {
    expect(verdicts(tenant({ prune: 'none' }), { subscriptions: rows(3) })).toEqual([]);
  });

  test('is empty too when its globs match nothing', () => {
    const subscriptions = [entry('nothing.*')];
    expect(names(verdicts(tenant({ prune: 'all', subscriptions }), { subscriptions: rows(3) }))).toEqual([
      'empty-desired',
    ]);
  });
});

const removing = (count: number, of: number, guards = {}) =>
  verdicts(tenant({ prune: 'all', subscriptions: wants(count, of), guards }), { subscriptions: rows(of) });

describe('removing a large share', () => {
  test('passes at exactly the percentage and is withheld one above it', () => {
    expect(removing(3, 10)).toEqual([]);
    expect(removing(4, 10)).toEqual([
      {
        guard: 'prune-percent',
        message: '4 of 10 subscriptions (40.0 %) would be removed, more than 30 %',
        allow: 'write under tenant acme:  guards: { maxPrunePercent: 40 }',
      },
    ]);
  });

  test('passes with the line the verdict names', () => {
    expect(removing(5, 14)[0]?.allow).toContain('maxPrunePercent: 36');
    expect(removing(5, 14, { maxPrunePercent: 36 })).toEqual([]);
  });

  test('is not judged below the minimum of subscriptions', () => {
    expect(removing(8, 9)).toEqual([]);
    expect(names(removing(8, 9, { minSubscriptions: 9 }))).toEqual(['prune-percent']);
  });

  test('counts what the tenant has, not what the file names', () => {
    const subscriptions = [...wants(0, 7), ...wants(100, 200)];
    const observed = [...rows(10), ...wants(100, 200).map(({ event }) => row(event))];
    expect(verdicts(tenant({ prune: 'all', subscriptions }), { subscriptions: observed })).toEqual([]);
  });
});

const protecting = (...protect: string[]) =>
  verdicts(tenant({ prune: 'all', subscriptions: wants(2, 9), guards: { protect } }), { subscriptions: rows(9) });

describe('a protected event type', () => {
  test('is never removed, and the line to write leaves the other protections', () => {
    expect(protecting('order.*', '0.X', '1.?')).toEqual([
      {
        guard: 'protected-event',
        message: '0.x, 1.x would be removed and are protected',
        allow: 'write under tenant acme:  guards: { protect: ["order.*"] }',
      },
    ]);
  });

  test('withholds nothing when others are removed', () => {
    expect(protecting('5.x', 'order.created')).toEqual([]);
  });
});

describe('an incomplete reading', () => {
  const desired = tenant({ prune: 'all', subscriptions: wants(1, 5) });

  test('removes nothing, whatever tells that it is incomplete', () => {
    const whole = rows(5);
    expect(verdicts(desired, { subscriptions: whole, incomplete: '2 rows could not be read' })).toMatchObject([
      { guard: 'incomplete-read', message: expect.stringContaining('2 rows could not be read') },
    ]);
    expect(names(verdicts(desired, { subscriptions: [...whole, subscribed('1.X')] }))).toEqual(['incomplete-read']);
    expect(verdicts(desired, { subscriptions: whole }, owning('gone.x'))).toMatchObject([
      { guard: 'incomplete-read', message: expect.stringContaining('it lacks gone.x') },
    ]);
  });

  test('does not stop what removes nothing', () => {
    expect(verdicts(tenant({ subscriptions: wants(0, 5) }), { subscriptions: rows(5), incomplete: 'cut' })).toEqual([]);
  });
});

function checksumOf(of: DesiredTenant): string {
  return planFor(of, rows(1)).checksum;
}

describe('a plan that does not converge', () => {
  const desired = tenant({ subscriptions: [entry('0.x', { excludedFields: ['name'] })] });
  const remembered = (times: number, checksum = checksumOf(desired)) => ({
    memory: { ...EMPTY_MEMORY, unconverged: { checksum, times } },
  });

  test('is withheld the fourth time', () => {
    expect(verdicts(desired, { subscriptions: rows(1) }, remembered(2))).toEqual([]);
    expect(verdicts(desired, { subscriptions: rows(1) }, remembered(3))).toMatchObject([
      { guard: 'not-converging', allow: expect.stringContaining('gateway-sync apply --tenant acme') },
    ]);
  });

  test('is tried when it has become another plan', () => {
    expect(verdicts(desired, { subscriptions: rows(1) }, remembered(3, 'another'))).toEqual([]);
  });
});

describe('a plan that was reviewed', () => {
  const desired = tenant({ subscriptions: [entry('0.x', { excludedFields: ['name'] })] });

  test('is applied while it is still the same', () => {
    const expectedChecksum = checksumOf(desired);
    expect(verdicts(desired, { subscriptions: rows(1) }, { expectedChecksum })).toEqual([]);
  });

  test('is withheld when another one has come of it', () => {
    expect(verdicts(desired, { subscriptions: rows(1) }, { expectedChecksum: 'reviewed' })).toMatchObject([
      { guard: 'plan-changed', allow: 'review it again: gateway-sync plan --tenant acme' },
    ]);
  });
});

const SHARED = { code: 'svix_shared', provider: 'SVIX_SHARED', active: true } as const;
const target = (id: string, event: string) => ({
  id,
  event,
  destinationUrl: `https://${id}.example/`,
  secretKeyExists: false,
  headers: {},
  excludedFields: null,
  active: true,
});
const observedHttp = (count: number) => ({
  code: 'http',
  provider: 'HTTP' as const,
  active: true,
  http: {
    secretKeyExists: false,
    headers: {},
    targets: Array.from({ length: count }, (_, index) => target(`e${index}`, `${index}.x`)),
  },
});
const wish = (targets: number, guards = {}) =>
  tenant({
    prune: 'all',
    guards,
    subscriptions: wants(0, 12),
    delivery: {
      provider: 'HTTP',
      active: true,
      code: 'http',
      place: 'f:1:1',
      targets: Array.from({ length: targets }, (_, index) => ({
        event: `${index}.x`,
        destinationUrl: `https://e${index}.example/`,
        active: true,
        place: `f:${index}:1`,
      })),
    },
  });
const endpoint = (index: number) => ({
  id: `ep_${index}`,
  uid: `gateway-sync.u${index}`,
  url: `https://u${index}.example/`,
  description: '',
  eventTypes: ['0.x'],
  channels: null,
  rateLimit: null,
  disabled: false,
  metadata: { 'managed-by': 'gateway-sync', 'gateway-sync-instance': 'gateway-sync' },
});

const judged = (targets: number, there: number, guards = {}) =>
  verdicts(wish(targets, guards), { subscriptions: rows(12), configs: [observedHttp(there)] }, { owned: [] });

describe('removing targets and endpoints', () => {
  test('is judged by their own number: all of them, a large share, a protected event type', () => {
    expect(names(judged(8, 11))).toEqual([]);
    expect(judged(7, 11)).toMatchObject([
      { guard: 'prune-percent', message: '4 of 11 targets (36.4 %) would be removed, more than 30 %' },
    ]);
    expect(judged(0, 2)).toMatchObject([
      {
        guard: 'empty-desired',
        message: 'the file names no target of acme, so all 2 targets that may be removed would be',
      },
    ]);
    expect(names(judged(0, 11, { allowEmpty: true }))).toEqual([]);
    expect(names(judged(10, 11, { protect: ['10.x'] }))).toEqual(['protected-event']);
    expect(names(judged(10, 11, { protect: ['9.x'] }))).toEqual([]);
  });

  test('counts endpoints by what Svix has', () => {
    const endpoints = { endpoints: Array.from({ length: 10 }, (_, index) => endpoint(index)), complete: true };
    const kept = Array.from({ length: 6 }, (_, index) => ({
      uid: `u${index}`,
      url: `https://u${index}.example/`,
      events: ['0.x'],
      adopt: false,
      place: `f:${index}:1`,
    }));
    const desired = tenant({ subscriptions: wants(0, 12), endpoints: kept });
    expect(verdicts(desired, { subscriptions: rows(12), configs: [SHARED], endpoints }, { owned: [] })).toMatchObject([
      { guard: 'prune-percent', message: '4 of 10 endpoints (40.0 %) would be removed, more than 30 %' },
    ]);
  });

  test('is told with everything else that an incomplete reading would remove', () => {
    const desired = tenant({ prune: 'all', subscriptions: wants(2, 9) });
    expect(verdicts(desired, { subscriptions: rows(9), incomplete: 'cut' })).toMatchObject([
      {
        guard: 'incomplete-read',
        message: '2 subscriptions would be removed on the strength of an incomplete reading: cut',
        allow: 'nothing to allow: the next complete reading is planned anew',
      },
    ]);
  });
});

test('the last active config is not switched off, and the message names it', () => {
  const delivery = { provider: 'HTTP', active: false, code: 'http', place: 'f:1:1' } as const;
  const configs = [
    { code: 'http', provider: 'HTTP', active: true, http: { secretKeyExists: false, headers: {}, targets: [] } },
  ] as const;
  expect(verdicts(tenant({ subscriptions: wants(0, 1), delivery }), { subscriptions: rows(1), configs })).toMatchObject(
    [{ guard: 'last-active-config', message: expect.stringContaining('http (HTTP)') }],
  );
});

const told = (count: number) =>
  verdicts(
    tenant({ prune: 'all', subscriptions: wants(count, 9), guards: { protect: ['*'], minSubscriptions: 100 } }),
    {
      subscriptions: rows(9),
    },
  )[0]?.message;

test('a message names five things and counts the rest', () => {
  expect(told(1)).toBe('0.x would be removed and is protected');
  expect(told(5)).toBe('0.x, 1.x, 2.x, 3.x, 4.x would be removed and are protected');
  expect(told(7)).toBe('0.x, 1.x, 2.x, 3.x, 4.x and 2 more would be removed and are protected');
});
