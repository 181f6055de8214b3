import { describe, expect, test } from 'vitest';
import { http, secret, target } from '../../test/support/delivering.js';
import { ModelConfigs, type ModelConfig } from '../../test/support/model-configs.js';
import { ModelServer } from '../../test/support/model-server.js';
import { ModelSvix } from '../../test/support/model-svix.js';
import { Effects, EffectLedger, Killed, ModelTenant } from '../../test/support/model-tenant.js';
import { run } from '../../test/support/reconciling.js';
import { entry, QUOTA_POLICY, row, subscribed, tenant } from '../../test/support/values.js';
import type { DesiredEndpoint } from './endpoint.js';
import type { ShedState } from './quota-state.js';
import type { DesiredTenant } from './state.js';

/** What a tenant is before, what the file said until now, and what it says from now on. */
interface Situation {
  readonly configs: readonly ModelConfig[];
  readonly first?: DesiredTenant;
  readonly next: DesiredTenant;
  /** What is given up while the quota runs out, until now and from now on. */
  readonly firstShed?: ShedState;
  readonly nextShed?: ShedState;
}

const SHARED: ModelConfig = { code: 'svix_shared', provider: 'SVIX_SHARED', active: true };
const shared = http({ provider: 'SVIX_SHARED', code: 'svix_shared' });
const both = http({
  destinationUrl: 'https://hooks.example/all',
  secretKey: secret('hmac-secret-1'),
  targets: [
    target({ name: 'big', filter: '$[?(@.total > 9)]', secretKey: secret('hmac-secret-2') }),
    target({ name: 'all' }),
    target({ event: 'quote.updated', destinationUrl: 'https://crm.example/q', excludedFields: [] }),
  ],
});
const endpoint = (uid: string, more: Partial<DesiredEndpoint> = {}): DesiredEndpoint => ({
  uid,
  url: `https://${uid}.example/`,
  events: ['order.created'],
  adopt: false,
  place: `gateway-sync.yaml:9:${uid.length}`,
  ...more,
});
const guards = { allowEmpty: true, maxPrunePercent: 100 };
const wishing = (wish: Partial<Omit<DesiredTenant, 'guards'>>, ...events: string[]) =>
  tenant({ ...wish, guards, subscriptions: events.map((event) => entry(event)) });
const dispensable = tenant({
  guards,
  quota: { ...QUOTA_POLICY, shed: 'enforce' },
  subscriptions: [
    entry('order.created'),
    entry('order.updated', { priority: 5, excludedFields: ['name'] }),
    entry('quote.updated', { priority: 9 }),
  ],
});
/** At the time of these runs. */
const SHED: ShedState = { month: '1970-01', at: 90, priority: 5, since: 0 };
const headers = {
  authorization: { value: secret('Bearer s3cret'), secret: true },
  'x-shop': { value: secret('a'), secret: false },
};

const SITUATIONS: Readonly<Record<string, Situation>> = {
  'subscribing and unsubscribing': {
    configs: [SHARED],
    first: wishing({}, 'order.created', 'order.updated'),
    next: wishing({}, 'order.updated', 'quote.updated'),
  },
  'giving up while the quota runs out': { configs: [SHARED], first: dispensable, next: dispensable, nextShed: SHED },
  'bringing back what was given up': { configs: [SHARED], first: dispensable, firstShed: SHED, next: dispensable },
  'a tenant without any config': { configs: [], next: wishing({ delivery: both }, 'order.created') },
  'the switch from the shared account to HTTP': {
    configs: [SHARED],
    next: wishing({ delivery: both }, 'order.created', 'quote.updated'),
  },
  'the switch from HTTP to the shared account, with endpoints': {
    configs: [SHARED],
    first: wishing({ delivery: both }, 'order.created'),
    next: wishing({ delivery: shared, endpoints: [endpoint('erp'), endpoint('crm', { headers })] }, 'order.created'),
  },
  'a shared account that has to be made before its endpoints': {
    configs: [{ code: 'http', provider: 'HTTP', active: true, headers: {}, entries: [] }],
    next: wishing({ delivery: shared, endpoints: [endpoint('erp')] }, 'order.created'),
  },
  'targets that come, change and go': {
    configs: [SHARED],
    first: wishing({ delivery: both }, 'order.created'),
    next: wishing({
      delivery: http({
        destinationUrl: 'https://hooks.example/all',
        secretKey: secret('hmac-secret-3'),
        headers: { 'x-a': { value: secret('h'), secret: true } },
        targets: [
          target({ name: 'big', filter: '$[?(@.total > 9)]', secretKey: secret('hmac-secret-4'), active: false }),
          target({ event: 'order.updated', name: 'new' }),
          target({ event: 'quote.updated', destinationUrl: 'https://other.example/q', excludedFields: null }),
        ],
      }),
    }),
  },
  'endpoints that come, change and go': {
    configs: [SHARED],
    first: wishing({ endpoints: [endpoint('erp', { headers }), endpoint('old')] }, 'order.created'),
    next: wishing(
      {
        endpoints: [
          endpoint('erp', {
            headers: { ...headers, authorization: { value: secret('Bearer other'), secret: true } },
            events: 'all',
          }),
          endpoint('new', { headers, secret: secret('whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz') }),
        ],
      },
      'order.created',
    ),
  },
};

interface World {
  readonly server: ModelServer;
  readonly configs: ModelConfigs;
  readonly svix: ModelSvix;
  readonly ledger: EffectLedger;
}

const EVENTS = ['order.created', 'order.updated', 'quote.updated'];
const SVIX_IDS = ['ep_theirs'];

/** A tenant in which somebody else has an endpoint and a subscription too. */
async function prepared({ configs, first, firstShed }: Situation): Promise<World> {
  const theirs = {
    id: 'ep_theirs',
    url: 'https://theirs.example/',
    description: '',
    eventTypes: null,
    channels: null,
    rateLimit: null,
    disabled: false,
    metadata: {},
    headers: {},
    secret: 'whsec_theirs',
  };
  const world = {
    server: new ModelServer([...EVENTS.map((event) => row(event)), subscribed('theirs.x')]),
    configs: new ModelConfigs(configs),
    svix: new ModelSvix([theirs]),
    ledger: new EffectLedger(),
  };
  if (first) await settled(world, first, firstShed);
  return world;
}

/** One reconcile of a process of its own. */
function process(world: World, desired: DesiredTenant, shed: ShedState | undefined, effects = new Effects()) {
  world.ledger.effects = effects;
  const gateway = new ModelTenant(world.server, world.configs, world.svix, effects);
  return run(desired, gateway, shed ? { shed } : {}, { ledger: world.ledger });
}

/** What a person would see of the tenant, without ids and versions. */
function seen({ server, configs, svix }: World): unknown {
  return {
    subscriptions: server.subscriptions(),
    configs: configs.configs.map(({ entries = [], ...config }) => ({
      ...config,
      entries: entries.map((one) => JSON.stringify({ ...one, id: '' })).toSorted(),
    })),
    endpoints: [...svix.endpoints.values()]
      .map((one) => ({ ...one, id: '', secret: one.secret.startsWith('whsec_generated') ? 'made' : one.secret }))
      .toSorted((a, b) => (a.url < b.url ? -1 : 1)),
  };
}

/** Rows as `resource key`, with ids that the services gave replaced by what they stand for. */
function ledgerOf({ configs, svix, ledger }: World): string[] {
  const names = new Map<string, string>([
    ...configs.configs.flatMap(({ entries = [] }) =>
      entries.map(({ id, eventType, destinationUrl, name }) => [id, `${eventType} ${destinationUrl} ${name}`] as const),
    ),
    ...[...svix.endpoints.values()].map(({ id, url }) => [id, url] as const),
  ]);
  return ledger.rows
    .map(
      ({ resource, key, pending, settings }) =>
        `${resource} ${names.get(key) ?? key}${pending ? ' pending' : ''}${'shed' in settings ? ' given up' : ''}`,
    )
    .toSorted();
}

/** Runs until nothing is left to do; a process that was killed comes back without any memory. */
async function settled(world: World, desired: DesiredTenant, shed?: ShedState): Promise<void> {
  for (let runs = 0; runs < 5; runs++) {
    const { outcome } = await process(world, desired, shed);
    if (outcome === 'in-sync') return;
    expect(outcome).toBe('changed');
  }
  throw new Error('does not settle');
}

describe.each(Object.keys(SITUATIONS))('%s', (name) => {
  test('ends the same wherever the process is killed, with nothing double and a true ledger', async () => {
    const situation = SITUATIONS[name];
    if (!situation) throw new Error(`no situation ${name}`);
    const whole = await prepared(situation);
    const effects = new Effects();
    expect(await process(whole, situation.next, situation.nextShed, effects)).toMatchObject({ outcome: 'changed' });
    await settled(whole, situation.next, situation.nextShed);
    expect(effects.count).toBeGreaterThan(1);

    for (let point = 1; point <= effects.count; point++) {
      for (const when of ['before', 'after'] as const) {
        const world = await prepared(situation);
        await process(world, situation.next, situation.nextShed, new Effects(point, when)).catch((error: unknown) => {
          if (!(error instanceof Killed)) throw error;
        });
        expect(world.configs.configs.length === 0 || world.configs.configs.some(({ active }) => active)).toBe(true);
        await settled(world, situation.next, situation.nextShed);
        expect([when, point, seen(world)]).toEqual([when, point, seen(whole)]);
        expect([when, point, ledgerOf(world)]).toEqual([when, point, ledgerOf(whole)]);
        expect([...world.svix.endpoints.keys()]).toEqual(expect.arrayContaining(SVIX_IDS));
      }
    }
  });
});
