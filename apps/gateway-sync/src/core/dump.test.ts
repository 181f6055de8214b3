import { describe, expect, test } from 'vitest';
import { entry, QUOTA_POLICY, row, subscribed, tenant } from '../../test/support/values.js';
import type { ObservedConfig, ObservedHttp, ObservedTarget } from './delivery.js';
import { dumpTenant, type TenantDump } from './dump.js';
import { Variables } from './dump-words.js';
import type { ObservedEndpoint } from './endpoint.js';
import { UnavailableError } from './errors.js';
import type { QuotaPolicy } from './quota-policy.js';
import { Secret } from './secret.js';
import type { DesiredTenant, Observation } from './state.js';

const CATALOGUE = [subscribed('order.created'), subscribed('product.created'), row('quote.updated')];

function dump(
  observation: Partial<Observation>,
  { full = false, desired = tenant() }: { full?: boolean; desired?: DesiredTenant } = {},
): TenantDump {
  return dumpTenant(desired, { subscriptions: CATALOGUE, ...observation }, { full, variables: new Variables() });
}

const messages = ({ notes }: TenantDump) => notes.map(({ path, message }) => `${path.join('.')}: ${message}`);

const http = (settings: Partial<ObservedHttp> = {}): ObservedConfig => ({
  code: 'http',
  provider: 'HTTP',
  active: true,
  http: { secretKeyExists: false, headers: {}, targets: [], ...settings },
});

const target = (settings: Partial<ObservedTarget> = {}): ObservedTarget => ({
  id: 'entry-1',
  event: 'order.created',
  destinationUrl: 'https://a.example/',
  secretKeyExists: false,
  headers: {},
  excludedFields: null,
  active: true,
  ...settings,
});

const endpoints = (all: readonly ObservedEndpoint[], complete = true, full = false) =>
  dump({ endpoints: { endpoints: all, complete } }, { full });

describe('subscriptions of a dump', () => {
  test('are the subscribed ones by name, with what they exclude', () => {
    const rows = [
      subscribed('product.created', { excludedFields: ['name', 'id'] }),
      subscribed('order.created'),
      row('cart.x'),
    ];
    expect(dump({ subscriptions: rows }).subscriptions).toEqual([
      { event: 'order.created' },
      { event: 'product.created', excludedFields: ['id', 'name'] },
    ]);
  });

  test('say that nothing is excluded in a full one', () => {
    expect(dump({}, { full: true }).subscriptions).toEqual([
      { event: 'order.created', excludedFields: [] },
      { event: 'product.created', excludedFields: [] },
    ]);
  });

  test('keep the priority that the file gives them', () => {
    const desired = tenant({ subscriptions: [entry('order.*', { priority: 7 })] });
    expect(dump({}, { desired }).subscriptions).toEqual([
      { event: 'order.created', priority: 7 },
      { event: 'product.created' },
    ]);
  });

  test('lack what may have been given up, and that is told', () => {
    const shed = { ...QUOTA_POLICY, shed: 'enforce' as const };
    const subscriptions = [entry('order.created', { priority: 7 }), entry('quote.created', { priority: 9 })];
    const observed = { subscriptions: [subscribed('order.created'), row('quote.created')] };
    const told = (quota: QuotaPolicy) => messages(dump(observed, { desired: tenant({ subscriptions, quota }) }));
    expect(told(shed)).toEqual([
      'subscriptions: quote.created (priority: 9) is not subscribed now; if it was given up while the quota ran out, keep its entry',
    ]);
    expect(told(QUOTA_POLICY)).toEqual([]);
  });

  test('that the file cannot name are told', () => {
    const odd = dump({ subscriptions: [subscribed('order created')] });
    expect([odd.subscriptions, messages(odd)]).toEqual([
      [],
      ['subscriptions: order created is subscribed too, but the file cannot name it'],
    ]);
  });
});

describe('delivery of a dump', () => {
  const svix: ObservedConfig = { code: 'svix', provider: 'SVIX_SHARED', active: false };
  const targets = (...all: ObservedTarget[]) => dump({ configs: [http({ targets: all })] });

  test('is the active config; others are told', () => {
    const dumped = dump({ configs: [svix, http({ destinationUrl: 'https://a.example/x' })] });
    expect(dumped.delivery).toEqual({ provider: 'HTTP', code: 'http', destinationUrl: 'https://a.example/x' });
    expect(messages(dumped)).toEqual([
      'delivery: the config svix (SVIX_SHARED) is not active and not part of this file',
    ]);
  });

  test('is not managed where none is active', () => {
    const dumped = dump({ configs: [svix] });
    expect(dumped.delivery).toBeUndefined();
    expect(messages(dumped)[0]).toBe(': no delivery config is active, so delivery is not managed');
  });

  test.each([
    ['with prune: all other configs would go', { configs: [http(), svix] }, /with prune: all .* \(svix\)/],
    ['its configuration is not shown', { configs: [{ ...svix, provider: 'HTTP', active: true }] }, /does not show/],
  ] as const)('is not managed where %s', (_, observation, why) => {
    const dumped = dump(observation, { desired: tenant({ prune: 'all' }) });
    expect([dumped.delivery, messages(dumped).join()]).toEqual([undefined, expect.stringMatching(why)]);
  });

  test('refers to the environment for secrets that can be read, and leaves out those that cannot', () => {
    const headers = {
      'x-shop': new Secret('7'),
      'X-Api-Key': new Secret('k'),
      'x-auth-kind': new Secret('Basic eA=='),
    };
    const dumped = dump({
      configs: [http({ headers, secretKeyExists: true, destinationUrl: 'https://u:p@a.example/' })],
    });
    expect(dumped.delivery).toEqual({
      provider: 'HTTP',
      code: 'http',
      destinationUrl: '${env:ACME_DESTINATION_URL}',
      headers: {
        'X-Api-Key': { value: '${env:ACME_X_API_KEY}', secret: true },
        'x-auth-kind': { value: '${env:ACME_X_AUTH_KIND}', secret: true },
        'x-shop': { value: '7' },
      },
    });
    expect(messages(dumped)).toContain('delivery: its secretKey cannot be read and stays as it is');
    expect(messages(dumped).filter((message) => message.includes('ACME_X_API_KEY'))).toHaveLength(1);
  });

  test('keeps the difference between inherited and no excluded fields, and escapes what looks like a reference', () => {
    const dumped = targets(
      target({ name: '${env:X}', filter: "$[?(@.a == '${b}')]" }),
      target({ id: 'entry-2', event: 'product.created', excludedFields: [], active: false }),
    );
    expect(dumped.delivery?.['targets']).toEqual([
      {
        name: '$${env:X}',
        event: 'order.created',
        destinationUrl: 'https://a.example/',
        filter: "$[?(@.a == '$${b}')]",
        excludedFields: null,
      },
      { event: 'product.created', destinationUrl: 'https://a.example/', excludedFields: [], active: false },
    ]);
  });

  test('gives names to targets that are alike, and none to others', () => {
    const dumped = targets(
      target({ excludedFields: ['id'] }),
      target({ id: 'entry-2' }),
      target({ event: 'product.created' }),
    );
    expect(dumped.delivery?.['targets']).toMatchObject([
      { name: 'order.created 1', excludedFields: ['id'] },
      { name: 'order.created 2', excludedFields: null },
      { event: 'product.created' },
    ]);
    expect(messages(dumped)).toContainEqual(expect.stringContaining('delivery.targets: the service returns no names'));
  });

  test.each([
    ['have no destination of their own', [target({ destinationUrl: undefined } as never)], /no destination of its own/],
    ['are of an unknown event type', [target({ event: 'nobody.knows' })], /no event type nobody.knows/],
    ['are alike by name too', [target({ name: 'A' }), target({ id: '2', name: 'A' })], /alike and have the same name/],
  ])('does not manage targets that %s', (_, all, why) => {
    const dumped = targets(...all);
    expect(dumped.delivery).toEqual({ provider: 'HTTP', code: 'http' });
    expect(messages(dumped).join()).toMatch(why);
  });

  test('leaves out excluded fields that no payload has', () => {
    const dumped = targets(target({ excludedFields: ['id', 'gone'] }));
    expect(dumped.delivery?.['targets']).toEqual([{ event: 'order.created', destinationUrl: 'https://a.example/' }]);
    expect(messages(dumped).join()).toContain('the payload has no gone');
  });
});

describe('endpoints of a dump', () => {
  const MARKS = { 'managed-by': 'gateway-sync', 'gateway-sync-instance': 'gateway-sync' };
  const endpoint = (settings: Partial<ObservedEndpoint> = {}): ObservedEndpoint => ({
    id: 'ep_1',
    uid: 'gateway-sync.erp',
    url: 'https://erp.example/',
    description: '',
    eventTypes: null,
    channels: null,
    rateLimit: null,
    disabled: false,
    metadata: MARKS,
    ...settings,
  });

  test('are ours, with the settings that they have', () => {
    const one = endpoint({ eventTypes: ['Order.Created'], channels: ['b', 'a'], rateLimit: 5, disabled: true });
    expect(endpoints([one]).endpoints).toEqual([
      {
        uid: 'erp',
        url: 'https://erp.example/',
        events: ['order.created'],
        channels: ['a', 'b'],
        rateLimit: 5,
        disabled: true,
      },
    ]);
  });

  test('name every setting in a full one', () => {
    const headers = { values: {}, sensitive: [] };
    expect(endpoints([endpoint({ headers })], true, true).endpoints).toEqual([
      {
        uid: 'erp',
        url: 'https://erp.example/',
        events: 'all',
        description: '',
        channels: null,
        rateLimit: null,
        disabled: false,
        headers: {},
      },
    ]);
  });

  test('of others stand beside, as they would be taken over', () => {
    const others = [
      endpoint({ id: 'ep_3', uid: 'mine' }),
      endpoint({ id: 'ep_2', metadata: { ...MARKS, 'gateway-sync-instance': 'other' } }),
    ];
    const dumped = endpoints(others);
    expect([dumped.endpoints, dumped.foreignEndpoints]).toEqual([
      [],
      [
        { uid: 'erp-example', url: 'https://erp.example/', events: 'all', adopt: true },
        { uid: 'erp-example-2', url: 'https://erp.example/', events: 'all', adopt: true },
      ],
    ]);
  });

  test('keep headers unmanaged when one of them cannot be read', () => {
    const headers = { values: { 'x-shop': new Secret('1') }, sensitive: ['authorization'] };
    const dumped = endpoints([endpoint({ headers })]);
    expect(dumped.endpoints).toEqual([{ uid: 'erp', url: 'https://erp.example/', events: 'all' }]);
    expect(messages(dumped)).toEqual([
      'endpoints.0: headers are not managed, because the values of authorization cannot be read',
    ]);
  });

  test('are not managed when not all of them were listed, or none is there', () => {
    expect(endpoints([endpoint()], false)).toMatchObject({ foreignEndpoints: [], notes: [{ path: [] }] });
    expect(endpoints([endpoint()], false).endpoints).toBeUndefined();
    expect(endpoints([]).endpoints).toBeUndefined();
  });

  test('that nobody asked for are told', () => {
    const dumped = dump({ configs: [{ code: 'svix', provider: 'SVIX', active: true }] });
    expect(messages(dumped)[0]).toBe(': endpoints are not managed: there is no way to Svix in the file');
  });

  test('that could not be read are told', () => {
    const error = new UnavailableError('listEndpoints: 503', { operation: 'listEndpoints' });
    expect(messages(dump({ failures: [{ resource: 'endpoint', error }] }))).toEqual([
      ': endpoints are not managed, because reading failed: listEndpoints: 503',
    ]);
  });
});

describe('names of variables', () => {
  test.each([
    [['acme', 'clientSecret'], 'ACME_CLIENT_SECRET'],
    [['my-shop', 'x-api-key'], 'MY_SHOP_X_API_KEY'],
    [['2go', 'url'], 'TENANT_2GO_URL'],
    [['acme', 'grün'], 'ACME_GR_N'],
  ])('%j is %s', (words, name) => {
    expect(new Variables().add(words)).toBe(name);
  });

  test('are given once', () => {
    const variables = new Variables();
    variables.take('ACME_URL');
    expect([variables.add(['acme', 'url']), variables.add(['ACME', 'url'])]).toEqual(['ACME_URL_2', 'ACME_URL_3']);
  });
});
