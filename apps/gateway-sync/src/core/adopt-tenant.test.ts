import { describe, expect, test } from 'vitest';
import { endpoint, foreign } from '../../test/support/endpoints.js';
import { MemoryLedger } from '../../test/support/memory-ledger.js';
import { ModelConfigs } from '../../test/support/model-configs.js';
import { ModelServer } from '../../test/support/model-server.js';
import { ModelSvix } from '../../test/support/model-svix.js';
import { Effects, ModelTenant } from '../../test/support/model-tenant.js';
import { entry, owned, subscribed, tenant } from '../../test/support/values.js';
import { adoptTenant, type AdoptOptions } from './adopt-tenant.js';
import { PausedError, UnavailableError } from './errors.js';
import { reconcile } from './reconcile.js';

const desired = tenant({
  instance: 'shop',
  subscriptions: [entry('order.created'), entry('product.created')],
  endpoints: [endpoint('erp', { events: ['order.created'] })],
});
const { signal } = new AbortController();
const clock = { now: () => 7 };

function world() {
  const server = new ModelServer([subscribed('order.created'), subscribed('product.created'), subscribed('site.x')]);
  const svix = new ModelSvix([foreign('erp', { eventTypes: ['order.created'] })]);
  const configs = new ModelConfigs([{ code: 'shared', provider: 'SVIX_SHARED', active: true }]);
  const gateway = new ModelTenant(server, configs, svix, new Effects());
  const ledger = new MemoryLedger([owned('order.created', { instance: 'old' })]);
  const adopt = (options: Partial<AdoptOptions> = {}) =>
    adoptTenant(
      desired,
      { gateway, ledger, clock },
      { signal, id: 'a1', actor: 'host:1', unnamed: false, dryRun: false, ...options },
    );
  return { server, svix, gateway, ledger, adopt };
}

describe('adopting a tenant', () => {
  test('writes marks and the ledger, and the next reconcile finds nothing to do', async () => {
    const { server, svix, gateway, ledger, adopt } = world();
    const { results, items } = await adopt();
    expect(items.map(({ way, name }) => `${way} ${name}`)).toEqual([
      'taken-over order.created',
      'recorded product.created',
      'marked erp',
    ]);
    expect(results.map(({ status }) => status)).toEqual(['applied']);
    expect(ledger.keys()).toEqual(['ep_erp', 'order.created', 'product.created']);
    expect(ledger.rows.every(({ instance }) => instance === 'shop')).toBe(true);
    expect([svix.requests, server.written]).toEqual([['PATCH ep_erp metadata,uid'], []]);

    const options = { signal, reconcileId: 'r', trigger: 'command', actor: 'host:1' } as const;
    const after = await reconcile(desired, { gateway, ledger, clock }, options);
    expect([after.outcome, after.plan?.problems]).toEqual(['in-sync', []]);
  });

  test('writes no marks while somebody wants the tenant left alone, and records what needs none', async () => {
    const pause = { at: 0, by: 'API (::1)' };
    const { svix, ledger, adopt } = world();
    await expect(adopt({ pause })).rejects.toThrow(
      new PausedError(
        'acme is paused since 1970-01-01T00:00:00Z by API (::1); nothing was adopted, because endpoints would get our marks',
        'gateway-sync resume --server <url> --tenant acme ends the pause; for this once: gateway-sync adopt --tenant acme --despite-pause',
      ),
    );
    expect([svix.requests, ledger.commits]).toEqual([[], 0]);
    await adopt();
    await adopt({ pause });
    expect(ledger.keys()).toEqual(['ep_erp', 'order.created', 'product.created']);
  });

  test('records in the audit what was adopted and from whom, in the same commit', async () => {
    const { ledger, adopt } = world();
    await adopt();
    expect(ledger.commits).toBe(1);
    expect(ledger.audit).toMatchObject([
      {
        tenant: 'acme',
        instance: 'shop',
        actor: 'host:1',
        reconcileId: 'a1',
        trigger: 'command',
        outcome: 'changed',
        changes: [
          {
            id: 'subscription:order.created',
            reason: 'adopted',
            before: { instance: 'old' },
            after: { instance: 'shop' },
          },
          { id: 'subscription:product.created', reason: 'adopted', before: null, after: { instance: 'shop' } },
          { id: 'endpoint:erp', reason: 'adopted', status: 'applied' },
        ],
      },
    ]);
  });

  test('changes nothing in a dry run', async () => {
    const { svix, ledger, adopt } = world();
    expect((await adopt({ dryRun: true })).items).toHaveLength(3);
    expect([svix.requests, ledger.commits]).toEqual([[], 0]);
  });

  test('changes nothing the second time', async () => {
    const { svix, ledger, adopt } = world();
    await adopt();
    expect((await adopt()).items).toEqual([]);
    expect([svix.requests.length, ledger.commits]).toEqual([1, 1]);
  });

  test('lets the next apply remove what the file does not name', async () => {
    const { server, gateway, ledger, adopt } = world();
    await adopt({ unnamed: true });
    await reconcile(
      desired,
      { gateway, ledger, clock },
      { signal, reconcileId: 'r', trigger: 'command', actor: 'host:1' },
    );
    expect(Object.keys(server.subscriptions())).toEqual(['order.created', 'product.created']);
  });

  test('says so when a write was accepted and changed nothing', async () => {
    const { gateway, ledger, adopt } = world();
    gateway.endpoints.write = () => Promise.resolve();
    const { results } = await adopt();
    expect(results).toMatchObject([{ status: 'not-applied' }]);
    expect(ledger.keys()).toEqual(['order.created', 'product.created']);
  });

  test('says what could not be read, and adopts the rest', async () => {
    const { gateway, ledger, adopt } = world();
    const unavailable = new UnavailableError('listEndpoints: 503', { operation: 'listEndpoints' });
    gateway.endpoints.list = () => Promise.reject(unavailable);
    expect((await adopt()).error).toBe(unavailable);
    expect(ledger.keys()).toEqual(['order.created', 'product.created']);
  });

  test.each(['before', 'after'] as const)(
    'records the mark that was being written when it was aborted %s the answer',
    async (when) => {
      const { gateway, ledger, adopt } = world();
      const abort = new AbortController();
      const write = gateway.endpoints.write.bind(gateway.endpoints);
      gateway.endpoints.write = async (...args) => {
        await write(...args);
        abort.abort(new Error('stopping'));
        if (when === 'before') abort.signal.throwIfAborted();
      };
      const list = gateway.endpoints.list.bind(gateway.endpoints);
      gateway.endpoints.list = async (asked) => {
        asked.throwIfAborted();
        return list(asked);
      };
      await expect(adopt({ signal: abort.signal })).rejects.toThrow('stopping');
      const status = when === 'before' ? 'failed' : 'unverified';
      expect(ledger.audit).toMatchObject([{ outcome: 'partial', changes: [{ id: 'endpoint:erp', status }] }]);
      expect(ledger.keys()).toEqual(['order.created']);

      expect((await adopt()).results).toEqual([]);
      expect(ledger.keys()).toEqual(['ep_erp', 'order.created', 'product.created']);
    },
  );

  test('says which endpoint did not get its marks, and adopts the rest', async () => {
    const { svix, ledger, adopt } = world();
    svix.change('ep_erp', { eventTypes: null });
    svix.archived.add('order.created');
    const { results } = await adopt();
    expect(results).toMatchObject([{ status: 'rejected', message: '422: order.created is archived' }]);
    expect(ledger.keys()).toEqual(['order.created', 'product.created']);
    expect(ledger.audit[0]).toMatchObject({ outcome: 'partial' });
  });
});
