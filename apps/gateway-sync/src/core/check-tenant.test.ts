import { describe, expect, test } from 'vitest';
import { http, target } from '../../test/support/delivering.js';
import { endpoint } from '../../test/support/endpoints.js';
import { ModelConfigs } from '../../test/support/model-configs.js';
import { fail, ModelServer, type Script } from '../../test/support/model-server.js';
import { ModelSvix } from '../../test/support/model-svix.js';
import { Effects, ModelTenant } from '../../test/support/model-tenant.js';
import { entry, row, tenant } from '../../test/support/values.js';
import { checkTenant } from './check-tenant.js';
import { AccessDeniedError, UnavailableError } from './errors.js';
import { judgeScopes } from './judge-access.js';
import { destinationsOf, judgeDestination } from './judge-destination.js';
import type { Probe, Reachability } from './ports.js';
import type { DesiredTenant } from './state.js';

const { signal } = new AbortController();
const CATALOGUE = [row('order.created'), row('product.created')];

interface World {
  readonly script?: Script;
  readonly connected?: boolean;
  readonly answers?: Readonly<Record<string, Reachability>>;
}

async function check(desired: Partial<DesiredTenant>, { script, connected = true, answers = {} }: World = {}) {
  const configs = new ModelConfigs(connected ? [{ code: 'shared', provider: 'SVIX_SHARED', active: true }] : []);
  const gateway = new ModelTenant(new ModelServer(CATALOGUE, script), configs, new ModelSvix(), new Effects());
  const probe: Probe = { ask: (url) => Promise.resolve(answers[url] ?? { kind: 'reachable', method: 'HEAD' }) };
  const findings = await checkTenant(tenant(desired), { gateway, probe }, { signal, anywhere: false });
  return findings.map((found) => `${found.status} ${found.check}: ${found.message}`);
}

describe('a tenant', () => {
  test('in which everything is as it should be', async () => {
    const desired = {
      subscriptions: [entry('order.*')],
      delivery: http({ targets: [target()] }),
      endpoints: [endpoint('erp')],
    };
    expect(await check(desired)).toEqual([
      'ok credentials: a token was issued',
      'ok scopes: webhook.subscription_read and webhook.subscription_manage',
      'ok catalogue: has everything that the file names (event types: 2)',
      'ok destinations: https://hooks.example/orders answers HEAD',
      'ok destinations: https://erp.example/hooks answers HEAD',
      'ok svix: answers, and the application is the tenant’s',
    ]);
  });

  test('without credentials is asked nothing more, and its destinations are', async () => {
    const denied = new AccessDeniedError('No access token: 401', { operation: 'requestToken' });
    const script: Script = { onAccess: () => fail(denied) };
    expect(await check({ endpoints: [endpoint('erp')] }, { script })).toEqual([
      'error credentials: No access token: 401; check credentials of tenant acme; they need webhook.subscription_read and webhook.subscription_manage',
      'skipped scopes: not checked without a token',
      'skipped catalogue: not checked without a token',
      'ok destinations: https://erp.example/hooks answers HEAD',
      'skipped svix: not checked without a token',
    ]);
  });

  test('whose catalogue cannot be read may be asked again', async () => {
    const script: Script = {
      onRead: () => fail(new UnavailableError('listSubscriptions: 503', { operation: 'listSubscriptions' })),
    };
    expect(await check({}, { script })).toContain(
      'error catalogue: listSubscriptions: 503; trying again later may help',
    );
  });

  test('whose file names what the catalogue does not have', async () => {
    const findings = await check({
      subscriptions: [entry('order.creatd'), entry('product.created', { excludedFields: ['nam'] }), entry('cart.*')],
      delivery: http({ targets: [target({ event: 'quote.updated' })] }),
      endpoints: [endpoint('erp', { events: ['site.gone'] })],
    });
    expect(findings.filter((line) => line.includes('catalogue:'))).toEqual([
      'error catalogue: the catalogue has no event type order.creatd',
      'error catalogue: no payload of product.created has the field nam',
      'warning catalogue: cart.* matches no event type of the catalogue',
      'error catalogue: the catalogue has no event type quote.updated, which a target names',
      'error catalogue: endpoint erp: the catalogue has no event type site.gone',
    ]);
  });

  test('that has no Svix application yet', async () => {
    expect((await check({ endpoints: [endpoint('erp')] }, { connected: false })).at(-1)).toBe(
      'warning svix: the tenant has no application yet: it comes with an active SVIX_SHARED config',
    );
  });

  test('with endpoints and no way to Svix', async () => {
    const probe: Probe = { ask: () => Promise.resolve({ kind: 'private' }) };
    const gateway = new ModelServer(CATALOGUE);
    const findings = await checkTenant(tenant({ endpoints: [] }), { gateway, probe }, { signal, anywhere: false });
    expect(findings.at(-1)).toMatchObject({ check: 'svix', status: 'error' });
  });
});

test.each([
  [['webhook.subscription_read', 'webhook.subscription_manage', 'other'], 'enforce', 'ok'],
  [['webhook.subscription_read'], 'enforce', 'error'],
  [['webhook.subscription_read'], 'observe', 'warning'],
  [['webhook.subscription_manage'], 'observe', 'error'],
  [[], 'observe', 'error'],
  [undefined, 'enforce', 'warning'],
] as const)('scopes %j in the mode %s: %s', (scopes, mode, status) => {
  expect(judgeScopes(scopes ? { scopes } : {}, { mode }).status).toBe(status);
});

test('every destination is asked once, whoever names it', () => {
  const desired = tenant({
    delivery: http({
      destinationUrl: 'https://A.example',
      targets: [target({ destinationUrl: 'https://a.example/', place: 'g.yaml:9:1' })],
    }),
    endpoints: [endpoint('erp', { url: 'https://b.example/x' })],
  });
  expect(destinationsOf(desired)).toEqual([
    { url: 'https://a.example/', places: ['gateway-sync.yaml:5:7', 'g.yaml:9:1'] },
    { url: 'https://b.example/x', places: ['g.yaml:7:9'] },
  ]);
});

test.each<[Reachability, string, string]>([
  [{ kind: 'reachable', method: 'OPTIONS' }, 'ok', 'answers OPTIONS'],
  [{ kind: 'refused', statuses: [404, 404] }, 'warning', 'answers 404; it has to'],
  [{ kind: 'unanswered', reason: 'HEAD: ENOTFOUND' }, 'warning', 'does not answer from here (HEAD: ENOTFOUND)'],
  [{ kind: 'private' }, 'warning', 'private network'],
  [{ kind: 'unsupported' }, 'warning', 'neither http nor https'],
])('a destination that is %j is told without its secrets', (reachability, status, message) => {
  const found = judgeDestination({ url: 'https://u:hunter2@a.example/x?token=hunter2', places: [] }, reachability);
  expect(found).toMatchObject({ status, message: expect.stringContaining(message) });
  expect(found.message).toMatch(/^https:\/\/a\.example\/x\?… /);
});
