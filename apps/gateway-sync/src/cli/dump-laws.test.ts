import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { row, tenant } from '../../test/support/values.js';
import type { Surroundings } from '../adapters/desired-file/interpolate.js';
import { parseDesiredFile } from '../adapters/desired-file/parse.js';
import { parseSource } from '../adapters/desired-file/document.js';
import { writtenBase } from '../adapters/desired-file/written-base.js';
import { writeDesiredFile } from '../adapters/desired-file/write.js';
import type { ObservedConfig, ObservedTarget } from '../core/delivery.js';
import { dumpTenant } from '../core/dump.js';
import { Variables } from '../core/dump-words.js';
import type { ObservedEndpoint } from '../core/endpoint.js';
import { planTenant } from '../core/plan-tenant.js';
import { Secret } from '../core/secret.js';
import type { DesiredTenant, Observation } from '../core/state.js';
import { provenDump } from './prove-dump.js';

const EVENTS = ['order.created', 'order.updated', 'product.created', 'quote.updated'];
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
/** Texts that a file could take for something else. */
const odd = fc.constantFrom('yes', '007', '${env:HOME}', '$${x}', 'a: b # c', "'", '- x', 'line\nbreak', 'ü ${', '#');
const urls = fc.constantFrom(
  ...Array.from({ length: 30 }, (_, n) => `https://h${n}.example/`),
  'https://b.example/hook',
  'https://c.example/?token=hunter2-url',
  'https://user:hunter2-password@d.example/',
  'http://e.example/',
  'https://f.example/${env:HOME}',
);
const headers = fc
  .dictionary(
    fc.constantFrom('x-shop', 'X-Api-Key', 'authorization', 'x-note'),
    fc.constantFrom('1', 'yes', 'Bearer hunter2-bearer'),
    { maxKeys: 3 },
  )
  .map((values) =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        new Secret(/key|auth/i.test(name) ? `hunter2-${name}` : value),
      ]),
    ),
  );

const subscriptions = fc
  .tuple(
    ...EVENTS.map((event) =>
      fc.record({ subscribed: fc.boolean(), excludedFields: fc.subarray(['id', 'name', '${env:HOME}']) }).map((one) =>
        row(event, {
          state: one.subscribed ? 'SUBSCRIBED' : 'UNSUBSCRIBED',
          version: 1,
          excludedFields: one.excludedFields,
        }),
      ),
    ),
  )
  .map((rows) => [...rows]);

const target = fc.record({
  name: maybe(fc.oneof(fc.constantFrom('A', 'B'), odd)),
  event: fc.constantFrom(...EVENTS, ...EVENTS, ...EVENTS, ...EVENTS, 'ORDER.created', 'nobody.knows'),
  destinationUrl: fc.option(urls, { nil: undefined, freq: 20 }),
  secretKeyExists: fc.boolean(),
  headers,
  filter: maybe(fc.constantFrom("$[?(@.type == '${b}')]", '$[?(@.a == 1)]')),
  excludedFields: fc.option(fc.subarray(['id', 'name', 'no-field']), { nil: null }),
  active: fc.boolean(),
});
const configs = fc
  .record({
    present: fc.constantFrom(
      ...([[], ['HTTP'], ['SVIX_SHARED'], ['HTTP', 'SVIX_SHARED'], ['SVIX_SHARED', 'HTTP'], ['SVIX']] as const),
    ),
    active: fc.nat(6),
    destinationUrl: maybe(urls),
    secretKeyExists: fc.boolean(),
    headers,
    targets: fc.array(target, { maxLength: 4 }),
  })
  .map(({ present, active, targets, destinationUrl, ...http }) =>
    present.map((provider, index): ObservedConfig => ({
      code: provider.toLowerCase(),
      provider,
      active: index === active % (present.length + (active > 5 ? 1 : 0)),
      ...(provider === 'HTTP' && {
        http: {
          ...http,
          ...(destinationUrl !== undefined && { destinationUrl }),
          targets: targets.map((one, n): ObservedTarget => defined({ id: `entry-${n}`, ...one })),
        },
      }),
    })),
  );

const MARKS = { 'managed-by': 'gateway-sync', 'gateway-sync-instance': 'gateway-sync' };
const sayable = fc.record({
  uid: maybe(fc.constantFrom('gateway-sync.erp', 'gateway-sync.crm', 'gateway-sync.pim', 'other.erp', 'mine')),
  url: urls,
  description: fc.oneof(fc.constant(''), odd),
  eventTypes: fc.option(fc.subarray(EVENTS, { minLength: 1 }), { nil: null }),
  channels: fc.option(fc.subarray(['a', 'b'], { minLength: 1 }), { nil: null }),
  rateLimit: fc.constantFrom(null, 1, 50),
  disabled: fc.boolean(),
  metadata: fc.constantFrom(MARKS, MARKS, MARKS, {}, { ...MARKS, 'gateway-sync-instance': 'other' }),
  headers: fc.record({ values: headers, sensitive: fc.subarray(['x-auth-token']) }),
});
/** What a file cannot say. */
const unsayable = fc.constantFrom<Partial<ObservedEndpoint>>(
  { channels: [] },
  { eventTypes: [] },
  { eventTypes: ['nobody.knows'] },
  { uid: 'gateway-sync.-odd' },
  { url: 'http://e.example/' },
);
const endpoint = fc.oneof(
  { weight: 9, arbitrary: sayable },
  { weight: 1, arbitrary: fc.tuple(sayable, unsayable).map(([one, odds]) => ({ ...one, ...odds })) },
);
const endpoints = fc
  .uniqueArray(endpoint, { selector: ({ uid }) => uid ?? Symbol('none'), maxLength: 4 })
  .map((all) => all.map((one, n): ObservedEndpoint => defined({ id: `ep_${n}`, ...one })));

const reading = fc
  .record({ subscriptions, configs, endpoints, complete: fc.nat(9).map((n) => n > 0) })
  .map(({ endpoints: all, complete, ...rest }): Observation => ({ ...rest, endpoints: { endpoints: all, complete } }));
const wish = fc.record({
  prune: fc.constantFrom('none' as const, 'owned' as const, 'all' as const),
  full: fc.boolean(),
});

function defined<Value extends object>(value: Value): { [Key in keyof Value]: Exclude<Value[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as never;
}

const FIRST = (prune: string) => `version: 1
tenants:
  - { tenant: acme, credentials: { clientId: id, clientSecret: hunter2-credentials }, prune: ${prune}, subscriptions: [] }
`;

/** The dump of a file's only tenant, and where references of both texts look. */
function dumped(text: string, observation: Observation, full: boolean, around: Surroundings) {
  const variables = new Variables();
  const base = writtenBase((parseSource(text, 'x') as { value: unknown }).value, variables);
  const [written] = parseDesiredFile(text, 'x', around).tenants;
  const draft = dumpTenant(written ?? tenant(), observation, { full, variables });
  const env = variables.values(() => 'hunter2-credentials');
  const surroundings = { ...around, env: { ...around.env, ...env } };
  const proven = provenDump(base, draft, observation, surroundings);
  return { text: writeDesiredFile({ base, tenants: [proven], remarks: [] }), surroundings, proven };
}

const around: Surroundings = {
  env: { HOME: 'not to be read' },
  readFile: () => {
    throw new Error('no files here');
  },
};

function parsed(text: string, surroundings: Surroundings): DesiredTenant {
  const [only] = parseDesiredFile(text, 'dump.yaml', surroundings).tenants;
  if (!only) throw new Error('no tenant');
  return only;
}

describe('laws of a dump', () => {
  test('it plans to nothing, with and without a ledger', () => {
    fc.assert(
      fc.property(reading, wish, (observation, { prune, full }) => {
        const { text, surroundings } = dumped(FIRST(prune), observation, full, around);
        const desired = parsed(text, surroundings);
        for (const known of [{}, { owned: [] }]) {
          const { plan } = planTenant(desired, observation, { instance: desired.instance, ...known });
          expect(plan.actions, text).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('a dump with the dump for its file is the same text', () => {
    fc.assert(
      fc.property(reading, wish, (observation, { prune, full }) => {
        const first = dumped(FIRST(prune), observation, full, around);
        const second = dumped(first.text, observation, full, first.surroundings);
        expect(second.text).toBe(first.text);
      }),
    );
  });

  test('it names no secret', () => {
    fc.assert(
      fc.property(reading, wish, (observation, { prune, full }) => {
        const { text, proven } = dumped(FIRST(prune), observation, full, around);
        expect(text).not.toContain('hunter2');
        expect(JSON.stringify(proven)).not.toContain('hunter2');
      }),
    );
  });
});
