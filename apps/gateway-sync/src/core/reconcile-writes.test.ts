import { describe, expect, test } from 'vitest';
import { fail, ModelServer, type Script } from '../../test/support/model-server.js';
import { rows, run, statuses, unavailable, wants } from '../../test/support/reconciling.js';
import { entry, row, tenant } from '../../test/support/values.js';
import { RejectedError } from './errors.js';

const touching = (times: number): Script => ({
  onWrite: (n, server) => (n <= times ? server.touch('a.x') : undefined),
});

describe('a version conflict', () => {
  const desired = tenant({ subscriptions: wants('a.x', 'b.x') });
  const observed = [row('a.x', { state: 'UNSUBSCRIBED', version: 3 }), row('b.x')];

  test('is read and planned again, without being an error', async () => {
    const server = new ModelServer(observed, touching(1));
    const result = await run(desired, server);
    expect(server.calls).toEqual(['read', 'write 2', 'read', 'write 1', 'read']);
    expect(statuses(result)).toEqual(['a.x applied', 'b.x applied']);
    expect(result).toMatchObject({ outcome: 'changed', drift: 0 });
  });

  test('in each of three rounds is contention', async () => {
    const server = new ModelServer(observed, touching(9));
    const result = await run(desired, server);
    expect(server.calls.filter((call) => call.startsWith('write'))).toEqual(['write 2', 'write 1', 'write 1']);
    expect(statuses(result)).toEqual(['a.x conflict', 'b.x applied']);
    expect(result).toMatchObject({ outcome: 'partial', transient: true, drift: 1, error: { name: 'ContentionError' } });
  });

  test('with somebody who did the same leaves nothing to do', async () => {
    const server = new ModelServer([observed[0] ?? row('a.x')], {
      onWrite: (_, self) => self.touch('a.x', { state: 'SUBSCRIBED' }),
    });
    expect(await run(tenant({ subscriptions: wants('a.x') }), server)).toMatchObject({ outcome: 'in-sync', items: [] });
    expect(server.calls).toEqual(['read', 'write 1', 'read']);
  });
});

describe('a conflict after a lost answer', () => {
  const desired = tenant({ subscriptions: wants('a.x') });
  const observed = [row('a.x', { state: 'UNSUBSCRIBED', version: 3 })];
  /** The first request takes and nobody hears of it; the second one meets its version. */
  const unheard = (script: Script = {}): Script => ({
    ...script,
    onItem: ({ eventType }, write) => {
      if (write > 1) return undefined;
      server.touch(eventType, { state: 'SUBSCRIBED' });
      return { code: 409, message: 'stale', answerLost: true };
    },
  });
  let server = new ModelServer([]);

  test('is our own work when a reading shows it in effect', async () => {
    server = new ModelServer(observed, unheard());
    const result = await run(desired, server);
    expect(result).toMatchObject({ outcome: 'changed', drift: 0, calls: { reads: 2, writes: 1 } });
    expect(result.items).toEqual([
      {
        action: expect.objectContaining({ name: 'a.x' }),
        status: 'applied',
        message: 'the answer was lost; reading again shows it in effect',
      },
    ]);
  });

  test('is sent again when somebody has taken it back meanwhile', async () => {
    server = new ModelServer(
      observed,
      unheard({ onRead: (n, self) => (n === 2 ? self.touch('a.x', { state: 'UNSUBSCRIBED' }) : undefined) }),
    );
    expect(statuses(await run(desired, server))).toEqual(['a.x applied']);
    expect(server.calls).toEqual(['read', 'write 1', 'read', 'write 1', 'read']);
  });

  test('is a failure that nobody knows the end of when it cannot be read', async () => {
    server = new ModelServer(observed, unheard({ onRead: (n) => (n === 2 ? fail(unavailable()) : undefined) }));
    expect(statuses(await run(desired, server))).toEqual(['a.x failed']);
  });
});

describe('a refused item', () => {
  const desired = tenant({ subscriptions: wants('a.x', 'b.x') });
  const refusing: Script = {
    onItem: ({ eventType }) => (eventType === 'a.x' ? { code: 400, message: 'no' } : undefined),
  };

  test('stops no other, and is not sent again while nothing changes', async () => {
    const server = new ModelServer(rows('a.x', 'b.x'), refusing);
    const first = await run(desired, server);
    expect(first).toMatchObject({ outcome: 'partial', transient: false, drift: 1, error: { name: 'ApplyError' } });
    expect(statuses(first)).toEqual(['a.x rejected', 'b.x applied']);

    const second = await run(desired, server, { memory: first.memory });
    expect(server.calls).toEqual(['read', 'write 2', 'read', 'read']);
    expect(second).toMatchObject({ outcome: 'failed', items: [{ status: 'rejected', code: 400, remembered: true }] });

    const third = await run(desired, server, { memory: second.memory });
    expect(third.calls).toEqual({ reads: 1, writes: 0 });
  });

  test.each([
    ['the file', tenant({ subscriptions: [entry('a.x', { excludedFields: ['name'] }), ...wants('b.x')] }), () => {}],
    ['the tenant', desired, (server: ModelServer) => server.touch('a.x')],
  ])('is sent again when %s changes', async (_, changed, change) => {
    const server = new ModelServer(rows('a.x', 'b.x'), refusing);
    const { memory } = await run(desired, server);
    change(server);
    expect((await run(changed, server, { memory })).calls.writes).toBe(1);
  });

  test.each([408, 429, 500, 503, undefined])('with code %s is not remembered', async (code) => {
    const server = new ModelServer(rows('a.x', 'b.x'), {
      onItem: ({ eventType }, write) => (eventType === 'a.x' && write === 1 ? (code ? { code } : {}) : undefined),
    });
    const first = await run(desired, server);
    expect(statuses(first)).toEqual(['a.x failed', 'b.x applied']);
    expect(first).toMatchObject({ outcome: 'partial', transient: true, calls: { reads: 2, writes: 1 } });
    expect(await run(desired, server, { memory: first.memory })).toMatchObject({ outcome: 'changed' });
  });

  test('among many is found when the API refuses the request as a whole', async () => {
    const names = ['a.x', 'b.x', 'c.x', 'd.x', 'e.x'];
    const bad = 'c.x';
    const server = new ModelServer(rows(...names), {
      onWrite: (n, self) => {
        if (self.written[n - 1]?.some(({ eventType }) => eventType === bad)) {
          fail(new RejectedError('updateSubscriptions: 400', { operation: 'updateSubscriptions', status: 400 }));
        }
      },
    });
    const result = await run(tenant({ subscriptions: wants(...names) }), server);
    expect(Object.keys(server.subscriptions())).toEqual(['a.x', 'b.x', 'd.x', 'e.x']);
    expect(result.items.filter(({ status }) => status === 'rejected').map(({ action }) => action.name)).toEqual([bad]);
    expect(result.outcome).toBe('partial');
  });
});

describe('a write that is accepted and dropped', () => {
  const desired = tenant({ subscriptions: wants('a.x') });

  test('is found by reading again, and the same plan is withheld after three such reconciles', async () => {
    const server = new ModelServer(rows('a.x'), { onItem: () => 'drop' });
    let result = await run(desired, server);
    expect(statuses(result)).toEqual(['a.x not-applied']);
    expect(result).toMatchObject({ outcome: 'failed', transient: true, drift: 1, calls: { reads: 2, writes: 1 } });

    result = await run(desired, server, { memory: result.memory });
    result = await run(desired, server, { memory: result.memory });
    expect(result.outcome).toBe('failed');
    result = await run(desired, server, { memory: result.memory });
    expect(result).toMatchObject({ outcome: 'blocked', verdicts: [{ guard: 'not-converging' }], calls: { writes: 0 } });
    result = await run(desired, server, { memory: result.memory });
    expect(result.outcome).toBe('blocked');

    server.touch('a.x', { excludedFields: ['name'] });
    expect((await run(desired, server, { memory: result.memory })).calls.writes).toBe(1);
  });

  test('is not counted against a plan that converges the next time', async () => {
    const server = new ModelServer(rows('a.x'), { onItem: (_, write) => (write === 1 ? 'drop' : undefined) });
    const first = await run(desired, server);
    const second = await run(desired, server, { memory: first.memory });
    expect(second).toMatchObject({ outcome: 'changed' });
    expect(second.memory.unconverged).toBeUndefined();
  });
});
