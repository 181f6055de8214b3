import { describe, expect, test } from 'vitest';
import { http, secret, target } from '../../test/support/delivering.js';
import { MemoryLedger } from '../../test/support/memory-ledger.js';
import { ModelConfigs, type ModelConfig } from '../../test/support/model-configs.js';
import { ModelServer } from '../../test/support/model-server.js';
import { ModelSvix } from '../../test/support/model-svix.js';
import { Effects, ModelTenant } from '../../test/support/model-tenant.js';
import { run } from '../../test/support/reconciling.js';
import { entry, owned, row, tenant } from '../../test/support/values.js';
import type { ConfigWrite } from './delivery.js';
import type { DesiredEndpoint } from './endpoint.js';
import { DiscrepancyError, RejectedError, UnavailableError, UnreachableError } from './errors.js';
import { EMPTY_MEMORY } from './memory.js';
import type { ReconcileResult } from './result.js';
import type { DesiredTenant } from './state.js';

const SHARED: ModelConfig = { code: 'svix_shared', provider: 'SVIX_SHARED', active: true };
const OLD_HTTP: ModelConfig = { code: 'http', provider: 'HTTP', active: true, headers: {}, entries: [] };
const erp: DesiredEndpoint = {
  uid: 'erp',
  url: 'https://erp.example/',
  events: ['order.created'],
  adopt: false,
  place: 'gateway-sync.yaml:9:9',
};
const delivery = http({
  destinationUrl: 'https://hooks.example/all',
  secretKey: secret('hmac-secret-1'),
  targets: [target({ name: 'a' }), target({ name: 'b', destinationUrl: 'https://dead.example/' })],
});
const wishing = (wish: Partial<Omit<DesiredTenant, 'guards'>>) =>
  tenant({ subscriptions: [entry('order.created')], ...wish });

const signing = (byte: number) => secret(`whsec_${Buffer.alloc(24, byte).toString('base64')}`);

/** A tenant with these configs; every request of any kind is logged in its order. */
function world(configs: readonly ModelConfig[], { unreachable = '' } = {}) {
  const log: string[] = [];
  const server = new ModelServer([row('order.created'), row('quote.updated')], {
    onWrite: () => void log.push('subscriptions'),
  });
  const model = new ModelConfigs(configs);
  const svix = new ModelSvix();
  const gateway = new ModelTenant(server, model, svix, new Effects());
  const write = gateway.writeConfig.bind(gateway);
  gateway.writeConfig = (request: ConfigWrite) => {
    log.push(`${request.type} ${request.code}`);
    const told = JSON.stringify(request);
    if (unreachable !== '' && told.includes(unreachable)) {
      const message = `destinationUrl: ${unreachable} does not answer HEAD or OPTIONS`;
      return Promise.reject(new UnreachableError(message, { operation: 'patchConfig', status: 400 }));
    }
    return write(request);
  };
  const ledger = new MemoryLedger();
  const reconcile = (desired: DesiredTenant, now = 1000, memory = EMPTY_MEMORY) =>
    run(desired, gateway, { memory }, { ledger, clock: { now: () => now } });
  return { log, server, model, svix, gateway, ledger, reconcile };
}

const told = ({ items }: ReconcileResult) => items.map(({ action, status }) => `${action.id} ${status}`);
const unavailable = () => new UnavailableError('listEndpoints: 503', { operation: 'listEndpoints', status: 503 });

describe('the order of writes', () => {
  test('prepares the successor, activates it, subscribes, and only then retires what was there', async () => {
    const { log, reconcile, model } = world([SHARED]);
    await reconcile(wishing({ delivery: http({ provider: 'SVIX_SHARED', code: 'svix_shared' }) }));
    log.length = 0;
    const result = await reconcile(
      wishing({ delivery, subscriptions: [entry('order.created'), entry('quote.updated')] }),
    );
    expect(result.outcome).toBe('changed');
    expect(log).toEqual(['create http', 'patch http', 'subscriptions', 'delete svix_shared']);
    expect(result.items.map(({ action }) => `${action.id} ${action.reason}`)).toEqual([
      'config:http missing',
      'config:http/active changed',
      'subscription:quote.updated missing',
      'config:svix_shared removed',
    ]);
    expect(model.configs).toMatchObject([{ code: 'http', active: true }]);
  });

  test('makes the endpoints of a shared account once it is there, in the same run', async () => {
    const { log, svix, reconcile } = world([OLD_HTTP]);
    const result = await reconcile(
      wishing({ delivery: http({ provider: 'SVIX_SHARED', code: 'svix_shared' }), endpoints: [erp] }),
    );
    expect(result).toMatchObject({ outcome: 'changed', drift: 0 });
    expect(log.slice(0, 2)).toEqual(['create svix_shared', 'patch svix_shared']);
    expect([...svix.endpoints.values()]).toMatchObject([{ uid: 'gateway-sync.erp' }]);
  });

  const switching = wishing({ delivery: http({ provider: 'SVIX_SHARED', code: 'svix_shared' }), endpoints: [erp] });
  const INACTIVE = { ...SHARED, active: false };

  test('makes the endpoints before the config that sends to them is switched on', async () => {
    const { gateway, model, reconcile } = world([OLD_HTTP, INACTIVE]);
    const write = gateway.endpoints.write.bind(gateway.endpoints);
    const activeMeanwhile: unknown[] = [];
    gateway.endpoints.write = (request, signal) => {
      activeMeanwhile.push(model.configs.find(({ active }) => active)?.code);
      return write(request, signal);
    };
    expect(await reconcile(switching)).toMatchObject({ outcome: 'changed', drift: 0 });
    expect(activeMeanwhile).toEqual(['http']);
    expect(model.configs.find(({ active }) => active)?.code).toBe('svix_shared');
  });

  test.each([
    [
      'an endpoint is refused',
      'write',
      new RejectedError('createEndpoint: 422', { operation: 'createEndpoint', status: 422 }),
    ],
    ['the endpoints cannot be written', 'write', unavailable()],
    ['the endpoints cannot be read', 'list', unavailable()],
  ] as const)('switches to nothing and takes nothing away while %s', async (_, method, error) => {
    const { gateway, model, ledger, reconcile } = world([OLD_HTTP, INACTIVE]);
    ledger.rows = [owned('http', { resource: 'config' })];
    gateway.endpoints[method] = async (): Promise<never> => {
      throw error;
    };
    const result = await reconcile(switching);
    expect(model.configs).toEqual([OLD_HTTP, INACTIVE]);
    expect(['partial', 'failed']).toContain(result.outcome);
  });

  test('switches to nothing while an entry of an endpoint has an error, and says so', async () => {
    const { model, reconcile } = world([OLD_HTTP, INACTIVE]);
    const result = await reconcile({ ...switching, endpoints: [{ ...erp, events: ['no.such-event'] }] });
    expect(model.configs).toEqual([OLD_HTTP, INACTIVE]);
    expect(result.outcome).toBe('partial');
    expect(result.plan?.problems.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['unknown-event', 'switch-waits']),
    );
  });

  test('does not activate what could not be prepared, and subscribes all the same', async () => {
    const { reconcile, model } = world([SHARED, { ...OLD_HTTP, active: false }], { unreachable: 'dead.example' });
    const result = await reconcile(wishing({ delivery }));
    expect(told(result)).toEqual([
      'config:http applied',
      expect.stringMatching(/^target:.*dead.example.* unreachable$/),
      expect.stringMatching(/^target:.*hooks.example.* applied$/),
      'subscription:order.created applied',
      'config:http/active skipped',
      'config:svix_shared/active skipped',
    ]);
    expect(result).toMatchObject({ outcome: 'partial', transient: true });
    expect(model.configs.find(({ active }) => active)?.code).toBe('svix_shared');
  });
});

describe('a destination that does not answer', () => {
  const MINUTE = 60_000;

  test('stops no other target, and is tried again after ten minutes, then after twenty', async () => {
    const { log, model, reconcile } = world([OLD_HTTP], { unreachable: 'dead.example' });
    const desired = wishing({ delivery });
    let result = await reconcile(desired, 0);
    expect(model.entries().map(({ name }) => name)).toEqual(['a']);
    const tries = () => log.filter((request) => request === 'patch http').length;
    const first = tries();
    const at = async (minutes: number) => {
      result = await reconcile(desired, minutes * MINUTE, result.memory);
      return tries() - first;
    };
    expect([await at(9), await at(10), await at(29), await at(30)]).toEqual([0, 1, 1, 2]);
    expect(result.memory.rejected.size).toBe(1);
    expect((await reconcile(desired, 31 * MINUTE, result.memory)).items).toMatchObject([
      { status: 'unreachable', remembered: true },
    ]);
  });
});

describe('a part that cannot be read', () => {
  test('leaves the others to be looked after, removes nothing, and is the error of the run', async () => {
    const { gateway, server, ledger, reconcile } = world([SHARED]);
    await reconcile(wishing({ subscriptions: [entry('order.created')], endpoints: [] }));
    gateway.endpoints.list = () => Promise.reject(unavailable());
    const result = await reconcile(wishing({ subscriptions: [entry('quote.updated')], endpoints: [erp] }));
    expect(Object.keys(server.subscriptions())).toEqual(['order.created', 'quote.updated']);
    expect(result).toMatchObject({ outcome: 'partial', transient: true, error: { message: 'listEndpoints: 503' } });
    expect(result.plan?.foreign).toMatchObject([{ name: 'order.created', reason: 'unread' }]);
    expect(ledger.keys()).toEqual(['order.created', 'quote.updated']);
  });

  test('is no reason to forget what is ours in it', async () => {
    const { gateway, ledger, reconcile } = world([SHARED]);
    await reconcile(wishing({ endpoints: [erp] }));
    const before = ledger.keys();
    gateway.endpoints.list = () => Promise.reject(unavailable());
    gateway.listConfigs = () => Promise.reject(unavailable());
    await reconcile(wishing({ delivery, endpoints: [erp] }));
    expect(ledger.keys()).toEqual(before);
  });
});

describe('Svix', () => {
  test('that does not answer while it is written holds up nothing at Emporix', async () => {
    const { gateway, server, reconcile } = world([SHARED]);
    gateway.endpoints.write = () => Promise.reject(unavailable());
    const result = await reconcile(wishing({ endpoints: [erp, { ...erp, uid: 'crm', url: 'https://crm.example/' }] }));
    expect(told(result)).toEqual(
      expect.arrayContaining(['endpoint:crm failed', 'endpoint:erp skipped', 'subscription:order.created applied']),
    );
    expect(Object.keys(server.subscriptions())).toEqual(['order.created']);
  });

  test('that answers with other settings than were sent is told loudly, and does not stop the other endpoints', async () => {
    const { gateway, svix, reconcile } = world([SHARED]);
    const write = gateway.endpoints.write.bind(gateway.endpoints);
    gateway.endpoints.write = async (request, signal) => {
      await write(request, signal);
      if (request.type !== 'create' || request.fields.uid !== 'gateway-sync.crm') return;
      svix.change('ep_0001', { eventTypes: null });
      throw new DiscrepancyError('createEndpoint: it now gets every event', { operation: 'createEndpoint' });
    };
    const result = await reconcile(wishing({ endpoints: [erp, { ...erp, uid: 'crm', url: 'https://crm.example/' }] }));
    expect(result.items).toMatchObject([
      { action: { id: 'endpoint:crm' }, status: 'not-applied', message: 'createEndpoint: it now gets every event' },
      { action: { id: 'endpoint:erp' }, status: 'applied' },
      { action: { id: 'subscription:order.created' }, status: 'applied' },
    ]);
    expect(result).toMatchObject({ outcome: 'partial' });
  });
});

test('a fingerprint tells that a secret of the file has changed, and only that secret is written', async () => {
  const { log, model, reconcile } = world([OLD_HTTP]);
  const targets = [target({ name: 'a', secretKey: secret('of its own') })];
  await reconcile(wishing({ delivery: { ...delivery, targets } }));
  log.length = 0;
  expect(await reconcile(wishing({ delivery: { ...delivery, targets } }))).toMatchObject({ outcome: 'in-sync' });
  const rotated = await reconcile(wishing({ delivery: { ...delivery, targets, secretKey: secret('hmac-secret-2') } }));
  expect(rotated.items).toMatchObject([{ action: { id: 'config:http', secrets: ['secretKey'] }, status: 'applied' }]);
  expect(log).toEqual(['patch http']);
  expect(model.configs).toMatchObject([{ secretKey: 'hmac-secret-2' }]);
  expect(
    await reconcile(wishing({ delivery: { ...delivery, targets, secretKey: secret('hmac-secret-2') } })),
  ).toMatchObject({
    outcome: 'in-sync',
  });
});

describe('a write that is accepted and dropped', () => {
  test('has not written its secrets either, nor those of what travelled with it', async () => {
    const { model, gateway, reconcile } = world([OLD_HTTP]);
    const targets = [target({ name: 'a', secretKey: secret('one') }), target({ name: 'b', secretKey: secret('two') })];
    await reconcile(wishing({ delivery: { ...delivery, targets } }));
    const write = gateway.writeConfig.bind(gateway);
    gateway.writeConfig = () => Promise.resolve();
    const next = wishing({
      delivery: {
        ...delivery,
        secretKey: secret('hmac-secret-2'),
        targets: [
          target({ name: 'a', secretKey: secret('three'), excludedFields: ['name'] }),
          target({ name: 'b', secretKey: secret('four') }),
        ],
      },
    });
    const { outcome, memory } = await reconcile(next);
    expect(outcome).not.toBe('changed');
    gateway.writeConfig = write;
    expect(await reconcile(next, 2000, memory)).toMatchObject({ outcome: 'changed' });
    expect(model.configs).toMatchObject([{ secretKey: 'hmac-secret-2' }]);
    expect(model.entries().map(({ secretKey }) => secretKey)).toEqual(['three', 'four']);
  });

  test('is noticed where the only thing written was the secret of an endpoint, because that can be read', async () => {
    const { gateway, svix, reconcile } = world([SHARED]);
    await reconcile(wishing({ endpoints: [{ ...erp, secret: signing(1) }] }));
    const write = gateway.endpoints.write.bind(gateway.endpoints);
    gateway.endpoints.write = () => Promise.resolve();
    const next = wishing({ endpoints: [{ ...erp, secret: signing(2) }] });
    const { items, memory } = await reconcile(next);
    expect(items).toMatchObject([{ action: { id: 'endpoint:erp' }, status: 'not-applied' }]);
    gateway.endpoints.write = write;
    expect(await reconcile(next, 2000, memory)).toMatchObject({ outcome: 'changed' });
    expect([...svix.endpoints.values()]).toMatchObject([{ secret: signing(2).reveal() }]);
  });
});

test('a secret of which nobody knows whether it was written is not trusted: the old one is written again', async () => {
  const { model, gateway, reconcile } = world([OLD_HTTP]);
  const old = wishing({ delivery });
  await reconcile(old);
  const write = gateway.writeConfig.bind(gateway);
  gateway.writeConfig = async (request: ConfigWrite) => {
    await write(request);
    throw new UnavailableError('patchConfig: no answer', { operation: 'patchConfig' });
  };
  await reconcile(wishing({ delivery: { ...delivery, secretKey: secret('hmac-secret-2') } }));
  expect(model.configs).toMatchObject([{ secretKey: 'hmac-secret-2' }]);
  gateway.writeConfig = write;
  expect(await reconcile(old)).toMatchObject({ outcome: 'changed' });
  expect(model.configs).toMatchObject([{ secretKey: 'hmac-secret-1' }]);
});

test('a config that was announced and never made is missing, not drifted', async () => {
  const { ledger, reconcile } = world([SHARED]);
  ledger.rows = [owned('http', { resource: 'config', pending: true })];
  const { plan } = await reconcile({ ...wishing({ delivery }), mode: 'observe' });
  expect(plan?.actions.find(({ id }) => id === 'config:http')?.reason).toBe('missing');
});
