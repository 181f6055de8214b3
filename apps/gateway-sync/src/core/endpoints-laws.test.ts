import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  applied,
  CATALOGUE,
  endpoint,
  endpointActions,
  fingerprint,
  foreign,
  headers,
  INSTANCE,
  live,
  planned,
  recorded,
  rowFor,
} from '../../test/support/endpoints.js';
import { ModelSvix, type ModelEndpoint } from '../../test/support/model-svix.js';
import { tenant } from '../../test/support/values.js';
import { hasBothMarks } from './endpoint-marks.js';
import type { DesiredEndpoint } from './endpoint.js';
import { planEndpoints } from './endpoints-plan.js';
import type { Knowledge } from './part.js';
import { Secret } from './secret.js';
import type { DesiredTenant, Prune } from './state.js';

const NAMES = ['crm', 'erp', 'pim'];
const TYPES = CATALOGUE.map(({ eventType }) => eventType.toLowerCase());
const urls = fc.constantFrom('https://a.example/', 'https://b.example/', 'https://c.example/', 'https://d.example/');
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const filter = fc.option(fc.subarray([...TYPES, 'cart.archived'], { minLength: 1 }), { nil: null });
const channels = fc.option(fc.subarray(['a', 'b', 'c'], { minLength: 1 }), { nil: null });
const headerValues = fc.dictionary(fc.constantFrom('x-shop', 'X-Shop', 'authorization'), fc.constantFrom('1', '2'));
const wishedHeaders = fc.dictionary(fc.constantFrom('X-Shop', 'Authorization'), fc.constantFrom('1', '2'));

const settings = fc.record(
  {
    description: fc.constantFrom('', 'x'),
    channels,
    rateLimit: fc.constantFrom(null, 1, 2),
    disabled: fc.boolean(),
    headers: wishedHeaders.map((values) => headers(values)),
    adopt: fc.boolean(),
  },
  { requiredKeys: [] },
);
const secrets = fc.oneof(
  fc.constant({}),
  fc.constantFrom('whsec_1', 'whsec_2').map((value) => ({ secret: new Secret(value) })),
  fc.constantFrom(1, 2).map((secretVersion) => ({ secretVersion })),
);
const events = fc.oneof(
  fc.constant('all' as const),
  fc.subarray(['order.*', 'product.created', 'Order.Updated', '*', 'nothing.*', 'unknown'], { minLength: 1 }),
);
const entries = fc
  .tuple(
    fc.subarray(NAMES),
    fc.shuffledSubarray(['https://A.example', 'https://b.example/', 'https://c.example'], { minLength: 3 }),
  )
  .chain(([names, places]) =>
    fc.tuple(
      ...names.map((name, index) =>
        fc
          .tuple(settings, secrets, events)
          .map(([one, two, wanted]): DesiredEndpoint =>
            endpoint(name, { url: places[index] ?? '', events: wanted, ...one, ...two }),
          ),
      ),
    ),
  );

const MARKS = live('x').metadata;
const METADATA: readonly ModelEndpoint['metadata'][] = [
  {},
  { team: 'a' },
  MARKS,
  { ...MARKS, team: 'a' },
  { ...MARKS, 'gateway-sync-state': 'creating' },
  { ...MARKS, 'gateway-sync-instance': 'other' },
];
const uid = fc.constantFrom(
  ...NAMES.map((name) => `${INSTANCE}.${name}`),
  `${INSTANCE}.old`,
  'other.erp',
  'erp',
  undefined,
);
const endpoints = fc.uniqueArray(uid, { maxLength: 5, selector: (value) => value ?? Symbol('none') }).chain((uids) =>
  fc.tuple(
    ...uids.map((value, index) =>
      fc
        .record({
          url: urls,
          eventTypes: filter,
          channels,
          rateLimit: fc.constantFrom(null, 1),
          disabled: fc.boolean(),
          metadata: fc.constantFrom(...METADATA),
          headers: headerValues,
          secret: fc.constantFrom('whsec_1', 'whsec_9'),
        })
        .map((one): ModelEndpoint => ({ ...foreign(`${index}`, one), ...(value !== undefined && { uid: value }) })),
    ),
  ),
);
const ledger = maybe(
  fc.array(
    fc.tuple(fc.constantFrom('ep_0', 'ep_1', 'ep_2', 'ep_gone', 'new:shop.erp'), fc.constantFrom(...NAMES, 'old')),
    { maxLength: 4 },
  ),
);
const situation = fc.record({
  entries,
  endpoints,
  ledger,
  unread: fc.boolean(),
  prune: fc.constantFrom<Prune>('none', 'owned', 'all'),
});
type Situation = typeof situation extends fc.Arbitrary<infer T> ? T : never;

function knowledgeOf({ ledger: rows, unread }: Situation): Knowledge {
  const owned = rows?.map(([key, name]) => rowFor(key, { uid: `${INSTANCE}.${name}`, secretVersion: 1 }));
  return {
    instance: INSTANCE,
    ...(owned && { owned: [...new Map(owned.map((row) => [row.key, row])).values()], fingerprint }),
    ...(unread && { unread: 'configs: 503' }),
  };
}

const desiredOf = (from: Situation): DesiredTenant => tenant({ endpoints: from.entries, prune: from.prune });

function world(from: Situation) {
  const svix = new ModelSvix(from.endpoints);
  svix.archived.add('cart.archived');
  return { svix, desired: desiredOf(from), knowledge: knowledgeOf(from) };
}

/** Holds in 1000 situations. */
function law(check: (from: Situation) => void) {
  return () => fc.assert(fc.property(situation, check), { numRuns: 1000 });
}

describe('laws of planning endpoints', () => {
  test(
    'after a plan is applied there is nothing left to plan',
    law((from) => {
      const { svix, desired, knowledge } = world(from);
      const known = applied(desired, svix, knowledge);
      expect(planned(desired, svix, known).actions).toEqual([]);
    }),
  );

  test('a process that dies after any request leaves what the next plans complete', () =>
    fc.assert(
      fc.property(situation, fc.nat(3), fc.nat(4), (from, action, requests) => {
        const { svix, desired, knowledge } = world(from);
        const actions = endpointActions(planned(desired, svix, knowledge)).filter(({ needs }) => !needs);
        for (const whole of actions.slice(0, action)) svix.apply(whole.write);
        const last = actions[action];
        if (last) svix.apply(last.write, requests);
        const between = recorded(desired, svix, knowledge);
        const count = svix.endpoints.size;
        const known = applied(desired, svix, between);
        expect(planned(desired, svix, known).actions).toEqual([]);
        const owned = desired.endpoints?.map((one) => `${INSTANCE}.${one.uid}`) ?? [];
        const uids = [...svix.endpoints.values()].map((one) => one.uid).filter((one) => one && owned.includes(one));
        expect(new Set(uids).size).toBe(uids.length);
        expect(svix.endpoints.size).toBeLessThanOrEqual(count + owned.length);
      }),
      { numRuns: 1000 },
    ));

  test(
    'the order of entries, endpoints, filters and rows makes no difference',
    law((from) => {
      const { desired, knowledge } = world(from);
      const turned = {
        ...from,
        entries: from.entries
          .map((one) => (one.events === 'all' ? one : { ...one, events: one.events.toReversed() }))
          .toReversed(),
        endpoints: from.endpoints
          .map((one) => ({ ...one, eventTypes: one.eventTypes?.toReversed() ?? null }))
          .toReversed() as Situation['endpoints'],
      };
      const other = planned(
        desiredOf(turned),
        new ModelSvix(turned.endpoints),
        { ...knowledge, ...(knowledge.owned && { owned: knowledge.owned.toReversed() }) },
        CATALOGUE.toReversed(),
      );
      const plan = planned(desired, new ModelSvix(from.endpoints), knowledge);
      expect({ ...other, problems: [], claims: [] }).toEqual({ ...plan, problems: [], claims: [] });
      expect(new Set(other.problems)).toEqual(new Set(plan.problems));
      expect(new Set(other.claims.kept)).toEqual(new Set(plan.claims.kept));
    }),
  );

  test(
    'nothing is deleted without both marks, a ledger, a whole reading and leave to prune',
    law((from) => {
      const { svix, desired, knowledge } = world(from);
      for (const { write, type } of endpointActions(planned(desired, svix, knowledge))) {
        if (write.type !== 'delete') continue;
        expect(type).toBe('delete');
        expect(hasBothMarks(svix.of(write.endpointId), INSTANCE)).toBe(true);
        expect([knowledge.owned !== undefined, knowledge.unread, from.prune === 'none']).toEqual([
          true,
          undefined,
          false,
        ]);
      }
      const partly = planEndpoints(desired, { ...svix.read(), complete: false }, CATALOGUE, knowledge);
      expect(partly.actions.filter(({ type }) => type !== 'update')).toEqual([]);
    }),
  );

  test(
    'nothing is changed that no entry means, and no marks of others without adopt',
    law((from) => {
      const { svix, desired, knowledge } = world(from);
      const actions = endpointActions(planned(desired, svix, knowledge));
      const touched = new Set<string>();
      for (const { write, name } of actions) {
        if (write.type === 'create') continue;
        touched.add(write.endpointId);
        if (write.type === 'delete') continue;
        const entry = desired.endpoints?.find((one) => one.uid === name);
        expect(entry).toBeDefined();
        const there = svix.of(write.endpointId);
        const others = there.metadata['gateway-sync-instance'] === 'other';
        expect(!others || entry?.adopt === true).toBe(true);
      }
      applied(desired, svix, knowledge);
      const untouched = from.endpoints.filter(({ id }) => !touched.has(id));
      expect(untouched.map(({ id }) => svix.endpoints.get(id))).toEqual(untouched);
    }),
  );

  test(
    'no endpoint comes to a URL that one that stays has already',
    law((from) => {
      const { svix, desired, knowledge } = world(from);
      const before = doubles(svix);
      applied(desired, svix, knowledge);
      expect(doubles(svix).filter((url) => !before.includes(url))).toEqual([]);
    }),
  );

  test(
    'metadata of others are kept, and no secret is shown',
    law((from) => {
      const { svix, desired, knowledge } = world(from);
      const part = planned(desired, svix, knowledge);
      const shown = part.actions.map(({ before, after, row }) => [before, after, row]);
      expect(
        JSON.stringify([shown, part.problems, part.foreign, part.claims.matched.map((one) => one.settings)]),
      ).not.toContain('whsec');
      applied(desired, svix, knowledge);
      const stayed = from.endpoints.filter(({ id }) => svix.endpoints.has(id));
      expect(stayed.map(({ id }) => svix.of(id).metadata['team'])).toEqual(
        stayed.map(({ metadata }) => metadata['team']),
      );
    }),
  );
});

function doubles(svix: ModelSvix): string[] {
  const all = [...svix.endpoints.values()].map(({ url }) => new URL(url).href);
  return all.filter((url, index) => all.indexOf(url) !== index);
}
