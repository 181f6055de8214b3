import { createEmulator, type Emulator, type FaultInput } from '@gateway-sync/emulator';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  AccessDeniedError,
  ConflictError,
  type GatewayError,
  RejectedError,
  UnavailableError,
} from '../../core/errors.js';
import type { Gateway } from '../../core/ports.js';
import { Secret } from '../../core/secret.js';
import { createGatewayFactory } from './index.js';

const NOON = Date.UTC(2026, 10, 15, 12);

async function acme(
  timeoutMs = 2_000,
  clientSecret = 'acme-secret',
): Promise<{ gateway: Gateway; emulator: Emulator }> {
  const emulator = createEmulator({
    now: () => NOON,
    tenants: [
      {
        tenant: 'acme',
        limit: 5_000,
        usage: { '2026-10': 11, '2026-11': 12 },
        subscriptions: [
          { eventType: 'order.created', version: 3, excludedFields: ['mixins'] },
          { eventType: 'order.deleted', version: 2, subscription: 'UNSUBSCRIBED' },
        ],
      },
    ],
  });
  const server = await emulator.listen({ port: 0 });
  onTestFinished(() => server.close());
  const emporix = { baseUrl: server.url, requestsPerSecond: 100, timeoutMs };
  const svix = { requestsPerSecond: 100 };
  const sync = { intervalMs: 1, maxIntervalMs: 1, jitterPercent: 0, concurrency: 1 };
  const gateway = createGatewayFactory({ emporix, svix, sync }, { userAgent: 'test' }).for({
    tenant: 'acme',
    svix: { filterField: 'eventTypes' },
    credentials: { clientId: 'acme-id', clientSecret: new Secret(clientSecret) },
  });
  return { gateway, emulator };
}

const { signal } = new AbortController();

describe('access', () => {
  it('tells the scopes of the key', async () => {
    const { gateway } = await acme();
    expect((await gateway.checkAccess(signal)).scopes?.toSorted()).toEqual([
      'webhook.subscription_manage',
      'webhook.subscription_read',
    ]);
  });

  it('is denied to a wrong secret', async () => {
    const { gateway } = await acme(2_000, 'wrong');
    await expect(gateway.checkAccess(signal)).rejects.toThrow(AccessDeniedError);
  });
});

describe('a reading', () => {
  it('names every event type with state, version, excluded fields and payload fields', async () => {
    const { gateway } = await acme();
    const { subscriptions } = await gateway.listSubscriptions(signal);
    expect(subscriptions).toHaveLength(81);
    const of = (type: string) => subscriptions.find(({ eventType }) => eventType === type);
    expect(of('order.created')).toMatchObject({ state: 'SUBSCRIBED', version: 3, excludedFields: ['mixins'] });
    expect(of('order.deleted')).toMatchObject({ state: 'UNSUBSCRIBED', version: 2, excludedFields: [] });
    const never = of('price.deleted');
    expect(never).toMatchObject({ state: 'NONE', fields: expect.arrayContaining(['id']) });
    expect(never).not.toHaveProperty('version');
  });

  it('is the last one for as long as the answer is the same, and a new one after any change', async () => {
    const { gateway, emulator } = await acme();
    const read = async () => (await gateway.listSubscriptions(signal)).subscriptions;
    const first = await read();
    expect(await read()).toBe(first);
    const change = { eventType: 'order.deleted', action: 'SUBSCRIBE', version: 2 } as const;
    await gateway.updateSubscriptions([{ ...change, fieldsToUnsubscribe: [], fieldsToSubscribe: [] }], signal);
    const changed = await read();
    expect(changed.filter((row, index) => row !== first[index])).toEqual([
      expect.objectContaining({ eventType: 'order.deleted', state: 'SUBSCRIBED', version: 3 }),
    ]);
    expect(await read()).toBe(changed);
    expect(emulator.counts('acme')['listSubscriptions']).toBe(4);
  });

  it('tells the month that was asked for and the one before, and the limit', async () => {
    const { gateway } = await acme();
    expect(await gateway.readQuota('2026-11', signal)).toEqual({
      limit: 5_000,
      months: [
        { month: '2026-11', sent: 12 },
        { month: '2026-10', sent: 11 },
      ],
    });
  });
});

describe('a write', () => {
  it('answers each change in the order of the changes', async () => {
    const { gateway } = await acme();
    const none = { fieldsToUnsubscribe: [], fieldsToSubscribe: [] };
    const answers = await gateway.updateSubscriptions(
      [
        { eventType: 'order.updated', action: 'SUBSCRIBE', ...none },
        { eventType: 'order.created', action: 'UNSUBSCRIBE', version: 2, ...none },
      ],
      signal,
    );
    expect(answers).toEqual([{ code: 200 }, { code: 409, message: expect.any(String) }]);
  });
});

const status = (code: number): FaultInput => ({ kind: 'status', status: code, times: 'always' });

describe('an error of the API', () => {
  it.each<[string, FaultInput, new (...args: never[]) => GatewayError, boolean]>([
    ['400', status(400), RejectedError, false],
    ['401', status(401), AccessDeniedError, false],
    ['403', status(403), AccessDeniedError, false],
    ['404', status(404), RejectedError, false],
    ['409', status(409), ConflictError, true],
    ['429', { kind: 'status', status: 429, retryAfterSeconds: 90, times: 'always' }, UnavailableError, true],
    ['a page instead of JSON', { kind: 'html-body', times: 'always' }, UnavailableError, true],
    ['a reset connection', { kind: 'reset', times: 'always' }, UnavailableError, true],
    ['no answer', { kind: 'hang', times: 'always' }, UnavailableError, true],
  ])('%s becomes the word of the core for it', async (_, fault, type, transient) => {
    const { gateway, emulator } = await acme(100);
    emulator.addFault({ match: { operationId: 'getStatistics' }, ...fault });
    const error = await gateway.readQuota('2026-11', signal).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject({
      transient,
      operation: 'getStatistics',
      message: expect.stringContaining('getStatistics'),
    });
  });

  it('hands on how long the API wants to be left alone', async () => {
    const { gateway, emulator } = await acme();
    emulator.addFault({ kind: 'status', status: 429, retryAfterSeconds: 90, match: { operationId: 'getStatistics' } });
    await expect(gateway.readQuota('2026-11', signal)).rejects.toMatchObject({ retryAfterMs: 90_000 });
  });

  it('is the reason of the signal when the caller gives up', async () => {
    const { gateway, emulator } = await acme();
    emulator.addFault({ kind: 'hang' });
    const controller = new AbortController();
    const reading = gateway.listSubscriptions(controller.signal);
    controller.abort(new Error('shutting down'));
    await expect(reading).rejects.toThrow('shutting down');
  });

  it('names credentials that the token endpoint refuses', async () => {
    const { gateway } = await acme(1_000, 'wrong');
    await expect(gateway.listSubscriptions(signal)).rejects.toBeInstanceOf(AccessDeniedError);
  });
});
