import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CATALOGUE,
  Deliverer,
  delivering,
  fingerprint,
  headers,
  http,
  knowing,
  planFor,
  secret,
  target,
} from '../../test/support/delivering.js';
import { ModelConfigs, type ModelConfig, type ModelEntry } from '../../test/support/model-configs.js';
import { planDelivery } from './delivery-plan.js';
import { PROVIDERS, type DesiredDelivery } from './delivery.js';
import { lastActiveConfig } from './guard-delivery.js';
import { canonicalJson } from './json.js';
import type { OwnedThing } from './ledger.js';
import type { DesiredTenant, Prune } from './state.js';
import { keyOfWish, keyText, routeText } from './target-key.js';

const URLS = ['https://a.example/', 'https://b.example/hook'];
const EVENTS = ['order.created', 'order.updated', 'quote.updated'];
const FILTER = "$[?(@.type == 'B2B')]";
const fields = fc.option(fc.subarray(['id', 'name']), { nil: null });
const someHeaders = fc.constantFrom({}, { 'x-a': 'h-secret-1' }, { 'x-a': 'h-secret-2', 'x-b': 'shown' });
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

/** One secret for all, so that entries of one route are told apart by what can be read. */
const wishedTarget = fc
  .record({
    event: fc.constantFrom(...EVENTS, 'ORDER.created'),
    destinationUrl: fc.constantFrom(...URLS, 'https://A.example'),
    name: optional(fc.constantFrom('A', 'B')),
    filter: optional(fc.constant(FILTER)),
    excludedFields: optional(fields),
    headers: optional(someHeaders.map((values) => headers(values, ['x-a']))),
    secretKey: optional(fc.constant(secret('s3-target'))),
    active: fc.boolean(),
  })
  .map((one) => target(defined(one)));
const delivery = fc
  .record({
    provider: fc.constantFrom(...PROVIDERS),
    active: fc.boolean(),
    destinationUrl: optional(fc.constantFrom(...URLS)),
    secretKey: optional(fc.constantFrom(secret('s3-one'), secret('s3-two'))),
    apiKey: optional(fc.constantFrom(secret('s3-three'), secret('s3-four'))),
    headers: optional(someHeaders.map((values) => headers(values, ['x-a']))),
    targets: optional(fc.uniqueArray(wishedTarget, { selector: (one) => keyText(keyOfWish(one)), maxLength: 5 })),
  })
  .map(({ provider, active, apiKey, ...own }): DesiredDelivery => {
    const settings = provider === 'HTTP' ? own : provider === 'SVIX' ? { apiKey } : {};
    return http({ provider, active, code: provider.toLowerCase(), ...defined(settings) });
  });

const entry = fc
  .record({
    eventType: fc.constantFrom(...EVENTS),
    destinationUrl: fc.constantFrom(...URLS),
    secretKey: optional(fc.constant('s3-target')),
    headers: someHeaders,
    filter: optional(fc.constant(FILTER)),
    excludedFields: fields,
    active: fc.boolean(),
  })
  .map(defined);
const config = fc.record({
  destinationUrl: optional(fc.constantFrom(...URLS)),
  secretKey: optional(fc.constant('s3-one')),
  headers: someHeaders,
  entries: fc.array(fc.record({ live: entry, owned: fc.boolean() }), { maxLength: 4 }),
});
const world = fc
  .record({ present: fc.subarray([...PROVIDERS]), active: fc.nat(2), http: config, owned: fc.subarray([...PROVIDERS]) })
  .map(({ present, active, http: settings, owned }) => {
    const entries = settings.entries.map(({ live }, index): ModelEntry => ({ id: `live-${index}`, ...live }));
    const configs = present.map((provider, index): ModelConfig => ({
      code: provider.toLowerCase(),
      provider,
      active: index === active % present.length,
      ...(provider === 'HTTP' && defined({ ...settings, entries })),
    }));
    const rows = present
      .filter((provider) => owned.includes(provider))
      .map((provider) => ledgerRow('config', provider.toLowerCase()));
    const targets = present.includes('HTTP')
      ? entries
          .filter((_, index) => settings.entries[index]?.owned)
          .map(({ id, eventType, destinationUrl, filter }) =>
            ledgerRow('target', id, { event: eventType, destinationUrl, ...(filter !== undefined && { filter }) }),
          )
      : [];
    return { configs, rows: [...rows, ...targets] };
  });
const situation = fc.record({
  world,
  delivery,
  before: delivery,
  prune: fc.constantFrom<Prune>('none', 'owned', 'all'),
  activation: fc.constantFrom('switches' as const, 'leaves' as const),
});
type Situation = typeof situation extends fc.Arbitrary<infer T> ? T : never;

function ledgerRow(resource: 'config' | 'target', key: string, settings: OwnedThing['settings'] = {}): OwnedThing {
  return { resource, key, instance: 'gateway-sync', firstOwnedAt: 1, writtenAt: 1, settings, fingerprints: {} };
}

function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  // Object.fromEntries knows nothing of keys.
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

const desiredOf = ({ delivery: wish, prune }: Pick<Situation, 'delivery' | 'prune'>): DesiredTenant =>
  delivering(wish, { prune });

/** Whether the guard lets the plan through. */
const allowed = (desired: DesiredTenant, server: ModelConfigs, ledger: readonly OwnedThing[]) =>
  lastActiveConfig(desired, server.read(), planFor(desired, server, knowing(ledger)).actions) === undefined;

/** Holds in 300 situations. */
const law = (check: (from: Situation) => void) => () => fc.assert(fc.property(situation, check), { numRuns: 300 });

function serverOf({ world: { configs }, activation }: Situation): ModelConfigs {
  return new ModelConfigs(configs, { activation });
}

/** No request ever leaves a tenant that has an active config without one, or gives a provider two. */
function watched(from: Situation): Deliverer {
  const server = serverOf(from);
  let had = server.configs.some(({ active }) => active);
  return new Deliverer(server, from.world.rows, () => {
    const has = server.configs.some(({ active }) => active);
    expect(has || !had).toBe(true);
    had = has;
    const providers = server.configs.map(({ provider }) => provider);
    expect(new Set(providers).size).toBe(providers.length);
  });
}

describe('laws of planning delivery', () => {
  test(
    'after a plan is applied there is nothing left to plan, and the ledger is settled',
    law((from) => {
      const desired = desiredOf(from);
      const deliverer = watched(from);
      fc.pre(allowed(desired, deliverer.server, deliverer.ledger));
      deliverer.run(desired);
      expect(deliverer.plan(desired).actions).toEqual([]);
      const ledger = deliverer.ledger;
      deliverer.run(desired);
      expect(deliverer.ledger).toEqual(ledger);
      expect(ledger.some(({ pending }) => pending)).toBe(false);
    }),
  );

  test(
    'a process that dies after any request leaves what the next one completes, to the same end',
    law((from) => {
      const desired = desiredOf(from);
      const whole = watched(from);
      fc.pre(allowed(desired, whole.server, whole.ledger));
      whole.run(desired);
      const total = whole.server.written.length;
      for (let requests = 0; requests <= total; requests++) {
        const dying = watched(from);
        dying.run(desired, requests);
        dying.run(desired);
        expect(dying.plan(desired).actions).toEqual([]);
        // Entries that only their names tell apart may change places, with what the file does not manage of them.
        const same = hasNamesakes(from.delivery) ? whole.server : dying.server;
        expect(shape(same)).toEqual(shape(whole.server));
        expect(dying.ledger.some(({ pending }) => pending)).toBe(false);
      }
    }),
  );

  test(
    'a change of the file is carried through like a first plan, with what was ours before',
    law((from) => {
      const deliverer = watched(from);
      for (const wish of [from.before, from.delivery]) {
        const desired = desiredOf({ ...from, delivery: wish });
        if (!allowed(desired, deliverer.server, deliverer.ledger)) return;
        deliverer.run(desired);
        expect(deliverer.plan(desired).actions).toEqual([]);
      }
    }),
  );

  test(
    'the order of targets, configs, entries, headers, fields and rows makes no difference',
    law((from) => {
      const server = serverOf(from);
      const observed = server.read();
      const turned = observed.toReversed().map((one) =>
        one.http
          ? {
              ...one,
              http: {
                ...one.http,
                headers: Object.fromEntries(Object.entries(one.http.headers).toReversed()),
                targets: one.http.targets
                  .toReversed()
                  .map((found) => ({ ...found, excludedFields: found.excludedFields?.toReversed() ?? null })),
              },
            }
          : one,
      );
      const wish = from.delivery;
      const other = { ...wish, ...(wish.targets && { targets: wish.targets.toReversed() }) };
      const one = planDelivery(desiredOf(from), observed, CATALOGUE, knowing(from.world.rows));
      const two = planDelivery(
        desiredOf({ ...from, delivery: other }),
        turned,
        CATALOGUE.toReversed(),
        knowing(from.world.rows.toReversed()),
      );
      expect(two).toEqual(one);
    }),
  );

  test(
    'nothing is deleted that is neither ours nor left to us, and nothing at all while something is unread',
    law((from) => {
      const server = serverOf(from);
      const deletes = planFor(desiredOf(from), server, knowing(from.world.rows)).actions.filter(
        ({ type }) => type === 'delete',
      );
      const ours = new Set(from.world.rows.map(({ resource, key }) => `${resource}:${key}`));
      const allowedBy: Record<Prune, (id: string) => boolean> = {
        none: () => false,
        owned: (id) => ours.has(id),
        all: () => true,
      };
      expect(deletes.filter(({ id }) => !allowedBy[from.prune](id))).toEqual([]);
      for (const careful of [knowing(from.world.rows, { unread: 'endpoints' }), { instance: 'gateway-sync' }]) {
        const prune = from.prune === 'all' && !('unread' in careful) ? 'owned' : from.prune;
        const plan = planFor(desiredOf({ ...from, prune }), server, careful);
        expect(plan.actions.filter(({ type }) => type === 'delete')).toEqual([]);
      }
    }),
  );

  test(
    'no secret and no foreign header value stands in a plan',
    law((from) => {
      const plan = planFor(desiredOf(from), serverOf(from), knowing(from.world.rows));
      const shown = JSON.stringify(
        plan.actions.map(({ before, after, name, id, secrets }) => [before, after, name, id, secrets]),
      );
      expect(shown).not.toMatch(/s3-|h-secret|h-foreign/);
      expect(JSON.stringify([plan.claims.matched, plan.problems, plan.foreign])).not.toMatch(/s3-|h-secret|h-foreign/);
    }),
  );

  test(
    'without a ledger no secret is written over another one',
    law((from) => {
      const server = serverOf(from);
      const plan = planFor(desiredOf(from), server, { instance: 'gateway-sync', fingerprint });
      for (const action of plan.actions) {
        if (action.type !== 'update') continue;
        const operations = action.resource === 'target' ? action.operations : [];
        for (const { path } of operations.filter((one) => one.path.endsWith('/secretKey'))) {
          expect(server.entries().find(({ id }) => path.includes(id))?.secretKey).toBeUndefined();
        }
      }
    }),
  );
});

function hasNamesakes({ targets = [] }: DesiredDelivery): boolean {
  return new Set(targets.map((one) => routeText(keyOfWish(one)))).size < targets.length;
}

/** Configs without ids of entries, which depend on the order of requests. */
function shape(server: ModelConfigs): unknown {
  return server.configs
    .map(({ entries = [], ...rest }) => ({
      ...rest,
      entries: entries.map((one) => canonicalJson({ ...one, id: '' })).toSorted(),
    }))
    .toSorted((a, b) => (a.code < b.code ? -1 : 1));
}
