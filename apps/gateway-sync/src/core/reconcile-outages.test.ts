import { describe, expect, test } from 'vitest';
import { fail, ModelServer, type Script } from '../../test/support/model-server.js';
import { rows, run, statuses, unavailable, wants } from '../../test/support/reconciling.js';
import { tenant } from '../../test/support/values.js';
import { AccessDeniedError } from './errors.js';

describe('an API that does not answer', () => {
  const desired = tenant({ subscriptions: wants('a.x') });

  test('while reading fails the tenant, and says when to come back', async () => {
    const server = new ModelServer(rows('a.x'), { onRead: () => fail(unavailable()) });
    expect(await run(desired, server)).toMatchObject({
      outcome: 'failed',
      transient: true,
      retryAfterMs: 7000,
      items: [],
      error: { name: 'UnavailableError' },
      calls: { reads: 1, writes: 0 },
    });
  });

  test('while writing leaves the items to the next reconcile', async () => {
    const server = new ModelServer(rows('a.x'), { onWrite: () => fail(unavailable()) });
    const result = await run(desired, server);
    expect(statuses(result)).toEqual(['a.x failed']);
    expect(result).toMatchObject({ outcome: 'failed', transient: true, error: { name: 'UnavailableError' } });
    expect(result.memory.rejected).toEqual(new Map());
  });

  test('while verifying leaves the writes unverified', async () => {
    const server = new ModelServer(rows('a.x'), { onRead: (n) => (n === 2 ? fail(unavailable()) : undefined) });
    const result = await run(desired, server);
    expect(statuses(result)).toEqual(['a.x unverified']);
    expect(result).toMatchObject({ outcome: 'partial', transient: true, error: { name: 'UnavailableError' } });
  });

  test('to a second request skips it, although the first was applied', async () => {
    const names = Array.from({ length: 201 }, (_, index) => `e${String(index).padStart(3, '0')}.x`);
    const server = new ModelServer(rows(...names), { onWrite: (n) => (n === 1 ? undefined : fail(unavailable())) });
    const result = await run(tenant({ subscriptions: wants('*') }), server);
    expect(server.calls).toEqual(['read', 'write 200', 'write 1', 'read']);
    expect(result).toMatchObject({ outcome: 'partial', drift: 1 });
  });

  test('for want of rights is not worth trying again, and no item is remembered as refused', async () => {
    const denied = new AccessDeniedError('updateSubscriptions: 403', { operation: 'updateSubscriptions', status: 403 });
    const server = new ModelServer(rows('a.x'), { onWrite: () => fail(denied) });
    const result = await run(desired, server);
    expect(result).toMatchObject({ outcome: 'failed', transient: false, error: denied });
    expect(result.memory.rejected).toEqual(new Map());
  });

  test('although the write took effect is no failure', async () => {
    const names = Array.from({ length: 201 }, (_, index) => `e${String(index).padStart(3, '0')}.x`);
    const server = new ModelServer(rows(...names), {
      onWrite: (n, self) => {
        if (n === 1) return;
        self.touch('e200.x', { state: 'SUBSCRIBED' });
        fail(unavailable());
      },
    });
    const result = await run(tenant({ subscriptions: wants('*') }), server);
    expect(result).toMatchObject({ outcome: 'changed', drift: 0, transient: false });
    expect(result.error).toBeUndefined();
  });

  test.each(['onRead', 'onWrite'] as const)(
    'because it was aborted rejects with the reason, in %s too',
    async (when) => {
      const abort = new AbortController();
      const script: Script = {
        [when]: () => {
          abort.abort(new Error('stopping'));
          fail(unavailable());
        },
      };
      await expect(run(desired, new ModelServer(rows('a.x'), script), { signal: abort.signal })).rejects.toThrow(
        'stopping',
      );
    },
  );

  test('because it was aborted while it wrote rejects with the reason', async () => {
    const abort = new AbortController();
    const server = new ModelServer(rows('a.x'), { onWrite: () => abort.abort(new Error('stopping')) });
    const result = run(desired, server, { signal: abort.signal });
    await expect(result).rejects.toThrow('stopping');
  });

  test('is not confused with a bug', async () => {
    const server = new ModelServer(rows('a.x'), {
      onRead: () => {
        throw new TypeError('a bug');
      },
    });
    await expect(run(desired, server)).rejects.toThrow(TypeError);
  });
});
