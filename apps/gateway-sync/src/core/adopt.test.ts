import { describe, expect, test } from 'vitest';
import { http, target } from '../../test/support/delivering.js';
import { endpoint, fingerprint, foreign, live } from '../../test/support/endpoints.js';
import { ModelConfigs } from '../../test/support/model-configs.js';
import { ModelSvix } from '../../test/support/model-svix.js';
import { entry, owned, row, subscribed, tenant } from '../../test/support/values.js';
import { decideAdoption, type Adoption } from './adopt.js';
import type { ObservedConfig } from './delivery.js';
import type { OwnedThing } from './ledger.js';
import type { DesiredTenant, ObservedSubscription, Observation } from './state.js';

const INSTANCE = 'shop';
const ours = (key: string, overrides: Partial<OwnedThing> = {}) => owned(key, { instance: INSTANCE, ...overrides });
const theirs = (key: string, overrides: Partial<OwnedThing> = {}) => owned(key, { instance: 'old', ...overrides });

interface Situation {
  readonly desired?: Partial<DesiredTenant>;
  readonly observed: Partial<Observation>;
  readonly rows?: readonly OwnedThing[];
  readonly unnamed?: boolean;
}

function decide({ desired = {}, observed, rows = [], unnamed = false }: Situation): Adoption {
  return decideAdoption(
    tenant({ ...desired, instance: INSTANCE }),
    { subscriptions: [], ...observed },
    { instance: INSTANCE, owned: rows, fingerprint },
    { unnamed, now: 7 },
  );
}

/** A target of a config in the model. */
const entryOf = (id: string) => ({
  id,
  eventType: 'order.created',
  destinationUrl: 'https://hooks.example/orders',
  headers: {},
  excludedFields: null,
  active: true,
});

const reading = (...all: ReturnType<typeof live>[]) => ({ endpoints: new ModelSvix(all).read() });

/** `way name` or `way name from owner`. */
const told = ({ items }: Adoption) =>
  items.map(({ way, name, from }) => `${way} ${name}${from === undefined ? '' : ` from ${from}`}`);

describe('subscriptions', () => {
  const wants = { subscriptions: [entry('a.x', { excludedFields: [] })] };
  const off = row('a.x');
  const on = subscribed('a.x', { version: 3 });
  const partly = subscribed('a.x', { excludedFields: ['id'] });

  test.each<[string, ObservedSubscription, readonly OwnedThing[], readonly string[]]>([
    ['10: subscribed as wanted, nobody owns it', on, [], ['recorded a.x']],
    ['subscribed as wanted, ours already', on, [ours('a.x')], []],
    ['11, 12: another installation owns it', on, [theirs('a.x')], ['taken-over a.x from old']],
    ['wanted and not there, another installation owned it', off, [theirs('a.x')], ['taken-over a.x from old']],
    ['wanted and not there, nobody owned it: apply makes it', off, [], []],
    ['other fields than wanted, nobody owns it: apply changes it', partly, [], []],
    ['other fields than wanted, another installation owns it', partly, [theirs('a.x')], ['taken-over a.x from old']],
  ])('%s', (_, observed, rows, expected) => {
    expect(told(decide({ desired: wants, observed: { subscriptions: [observed] }, rows }))).toEqual(expected);
  });

  test('get the row that a reconcile would give them', () => {
    const { items } = decide({ desired: wants, observed: { subscriptions: [on] } });
    expect(items[0]?.row).toEqual(
      ours('a.x', { firstOwnedAt: 7, writtenAt: 7, version: 3, settings: { excludedFields: [] } }),
    );
  });

  test('that are taken over keep all of their row but its owner', () => {
    const before = theirs('a.x', { firstOwnedAt: 2, version: 9, settings: { excludedFields: ['id'] } });
    const { items } = decide({ desired: wants, observed: { subscriptions: [on] }, rows: [before] });
    expect(items[0]?.row).toEqual({ ...before, instance: INSTANCE });
  });
});

describe('subscriptions that the file does not name', () => {
  const observed = { subscriptions: [subscribed('a.x'), subscribed('b.x', { version: 4 }), row('c.x')] };
  const desired = { subscriptions: [entry('a.x')] };
  const named = ours('a.x');

  test('stay who they are, and rows of others are told', () => {
    const adoption = decide({ desired, observed, rows: [named, theirs('b.x')] });
    expect([told(adoption), adoption.left]).toEqual([[], [theirs('b.x')]]);
  });

  test.each<[string, readonly OwnedThing[], readonly string[]]>([
    ['nobody owns them', [], ['unnamed b.x']],
    ['another installation owns them', [theirs('b.x')], ['unnamed b.x from old']],
    ['we own them', [ours('b.x')], []],
    ['we announced them and never heard of it', [ours('b.x', { pending: true })], ['unnamed b.x']],
  ])('become ours on request when %s', (_, rows, expected) => {
    const adoption = decide({ desired, observed, rows: [named, ...rows], unnamed: true });
    expect([told(adoption), adoption.left]).toEqual([expected, []]);
  });

  test('get a row that says the version and nothing else', () => {
    const { items } = decide({ desired, observed, rows: [named], unnamed: true });
    expect(items[0]?.row).toEqual(ours('b.x', { firstOwnedAt: 7, writtenAt: 7, version: 4 }));
  });

  test('stay while they wait for the lock file: its next version may name them', () => {
    const wish = { subscriptions: [entry('a.*')], lock: new Map() };
    const adoption = decide({ desired: wish, observed, rows: [named], unnamed: true });
    expect([told(adoption), adoption.problems.map(({ kind }) => kind)]).toEqual([[], ['not-locked', 'removals-kept']]);
  });

  test('stay while the file has errors, because one of them may be meant', () => {
    const adoption = decide({ desired: { subscriptions: [entry('bb.x')] }, observed, unnamed: true });
    expect(told(adoption)).toEqual([]);
    expect(adoption.problems.map(({ kind }) => kind)).toEqual(['unknown-event', 'removals-kept']);
  });
});

describe('delivery', () => {
  const subscriptions = [row('order.created')];
  const configs: readonly ObservedConfig[] = new ModelConfigs([
    { code: 'live', provider: 'HTTP', active: true, headers: {}, entries: [entryOf('entry-7')] },
  ]).read();
  const desired = { delivery: http({ targets: [target()] }) };
  const name = 'order.created → https://hooks.example/orders';

  test('that fits is recorded, config and targets', () => {
    const adoption = decide({ desired, observed: { subscriptions, configs } });
    expect(told(adoption)).toEqual(['recorded live', `recorded ${name}`]);
    expect(adoption.items.map(({ row: one }) => one?.key)).toEqual(['live', 'entry-7']);
  });

  test('of another installation is taken over', () => {
    const settings = { event: 'order.created', destinationUrl: 'https://hooks.example/orders' };
    const rows = [
      theirs('live', { resource: 'config' }),
      theirs('entry-7', { resource: 'target', settings }),
      theirs('entry-8', { resource: 'target' }),
    ];
    const adoption = decide({ desired, observed: { subscriptions, configs }, rows });
    expect(told(adoption)).toEqual(['taken-over live from old', `taken-over ${name} from old`]);
    expect([adoption.problems, adoption.left]).toEqual([[], [rows[2]]]);
  });
});

describe('endpoints', () => {
  const desired = { endpoints: [endpoint('erp', { description: 'ERP' })] };

  test('with the wanted URL and without our marks get them', () => {
    const adoption = decide({ desired, observed: reading(foreign('erp')) });
    expect(told(adoption)).toEqual(['marked erp']);
    expect(adoption.items[0]?.action?.write).toMatchObject({
      type: 'update',
      endpointId: 'ep_erp',
      fields: { uid: 'shop.erp', description: 'ERP', metadata: { 'gateway-sync-instance': 'shop' } },
    });
  });

  test('of another installation are taken over with a write', () => {
    const other = live('erp', {
      uid: 'old.erp',
      metadata: { 'managed-by': 'gateway-sync', 'gateway-sync-instance': 'old' },
    });
    expect(told(decide({ desired, observed: reading(other) }))).toEqual(['marked erp from old']);
  });

  test('of ours are recorded when they fit, and left to apply when they do not', () => {
    expect(told(decide({ desired, observed: reading(live('erp', { description: 'ERP' })) }))).toEqual(['recorded erp']);
    expect(told(decide({ desired, observed: reading(live('erp')) }))).toEqual([]);
  });

  test('are not written where the mode is observe', () => {
    const adoption = decide({ desired: { ...desired, mode: 'observe' }, observed: reading(foreign('erp')) });
    expect([told(adoption), adoption.problems.map(({ message }) => message)]).toEqual([
      [],
      ['1 endpoint does not get our marks: mode is observe, so nothing is written to the tenant'],
    ]);
  });
});
