import { describe, expect, test } from 'vitest';
import { fail, ModelServer, type Script } from '../../test/support/model-server.js';
import { entry, row, subscribed, tenant } from '../../test/support/values.js';
import { AccessDeniedError, RejectedError, UnavailableError } from './errors.js';
import type { AuditEntry, Ledger } from './ports.js';
import { reconcile, type ReconcileOptions, type ReconcilePorts } from './reconcile.js';
import type { ReconcileResult } from './result.js';
import type { DesiredTenant, Owned } from './state.js';

const wants = (...events: string[]) => events.map((event) => entry(event));
const rows = (...events: string[]) => events.map((event) => row(event));
const unavailable = () =>
  new UnavailableError('listSubscriptions: 503', { operation: 'listSubscriptions', status: 503, retryAfterMs: 7000 });

function run(
  desired: DesiredTenant,
  gateway: ModelServer,
  options: Partial<ReconcileOptions> = {},
  ports: Partial<ReconcilePorts> = {},
): Promise<ReconcileResult> {
  return reconcile(
    desired,
    { gateway, clock: { now: () => 1000 }, ...ports },
    { signal: new AbortController().signal, reconcileId: 'r1', trigger: 'interval', ...options },
  );
}

const statuses = ({ items }: ReconcileResult) => items.map(({ action, status }) => `${action.eventType} ${status}`);

describe('a tenant', () => {
  test('that is in sync costs one reading', async () => {
    const server = new ModelServer([subscribed('a.x')]);
    const result = await run(tenant({ subscriptions: wants('a.x') }), server);
    expect(server.calls).toEqual(['read']);
    expect(result).toMatchObject({ outcome: 'in-sync', drift: 0, items: [], calls: { reads: 1, writes: 0 } });
  });

  test('with nothing subscribed costs one reading, one write and one verifying reading', async () => {
    const server = new ModelServer(rows('a.x', 'b.x', 'c.x'));
    const result = await run(tenant({ subscriptions: wants('a.x', 'b.x') }), server);
    expect(server.calls).toEqual(['read', 'write 2', 'read']);
    expect(server.subscriptions()).toEqual({ 'a.x': [], 'b.x': [] });
    expect(result).toMatchObject({ outcome: 'changed', drift: 0, transient: false, calls: { reads: 2, writes: 1 } });
    expect(result.plan?.actions).toHaveLength(2);
    expect(statuses(result)).toEqual(['a.x applied', 'b.x applied']);
  });

  test('that is only observed is never written', async () => {
    const server = new ModelServer(rows('a.x'));
    expect(await run(tenant({ mode: 'observe', subscriptions: wants('a.x') }), server)).toMatchObject({
      outcome: 'drifted',
      drift: 1,
    });
    expect(server.calls).toEqual(['read']);
  });

  test('is not written in a dry run', async () => {
    const server = new ModelServer(rows('a.x'));
    expect(await run(tenant({ subscriptions: wants('a.x') }), server, { dryRun: true })).toMatchObject({
      outcome: 'drifted',
    });
    expect(server.calls).toEqual(['read']);
  });

  test('whose file names unknown event types gets the others and is partial', async () => {
    const server = new ModelServer(rows('a.x'));
    const result = await run(tenant({ subscriptions: wants('a.x', 'a.y') }), server);
    expect(server.subscriptions()).toEqual({ 'a.x': [] });
    expect(result).toMatchObject({ outcome: 'partial', transient: false, error: { name: 'UnresolvedError' } });
  });

  test('with more than 200 changes is written in requests of 200, removals last', async () => {
    const names = Array.from({ length: 250 }, (_, index) => `e${String(index).padStart(3, '0')}.x`);
    const server = new ModelServer([...names.map((name) => row(name)), subscribed('a.old')]);
    const guards = { minSubscriptions: 1000 };
    await run(tenant({ prune: 'all', guards, subscriptions: wants('e*') }), server);
    expect(server.calls).toEqual(['read', 'write 200', 'write 51', 'read']);
    expect(server.written.flat().at(-1)).toEqual({
      eventType: 'a.old',
      action: 'UNSUBSCRIBE',
      version: 1,
      fieldsToUnsubscribe: [],
      fieldsToSubscribe: [],
    });
  });
});

const protecting = (mode: DesiredTenant['mode']) =>
  tenant({ mode, prune: 'all', guards: { protect: ['b.x'] }, subscriptions: wants('a.x') });

describe('a guard', () => {
  const observed = [row('a.x'), subscribed('b.x')];

  test('withholds the whole plan', async () => {
    const server = new ModelServer(observed);
    const result = await run(protecting('enforce'), server);
    expect(server.calls).toEqual(['read']);
    expect(result).toMatchObject({ outcome: 'blocked', drift: 2, error: { name: 'UnsafePlanError' } });
    expect(result.verdicts.map(({ guard }) => guard)).toEqual(['protected-event']);
  });

  test('withholds it in a dry run, and only warns where nothing is enforced', async () => {
    expect(await run(protecting('enforce'), new ModelServer(observed), { dryRun: true })).toMatchObject({
      outcome: 'blocked',
    });
    expect(await run(protecting('observe'), new ModelServer(observed))).toMatchObject({
      outcome: 'drifted',
      verdicts: [{ guard: 'protected-event' }],
    });
  });
});

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
    expect(result.items.filter(({ status }) => status === 'rejected').map(({ action }) => action.eventType)).toEqual([
      bad,
    ]);
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

describe('drift', () => {
  test('is told from what was missing by what was seen before', async () => {
    const desired = tenant({ subscriptions: wants('a.x', 'b.x') });
    const server = new ModelServer([subscribed('a.x'), row('b.x')]);
    const first = await run(desired, server);
    expect(first.plan?.actions.map(({ reason }) => reason)).toEqual(['missing']);
    server.touch('a.x', { state: 'UNSUBSCRIBED' });
    const second = await run(desired, server, { memory: first.memory });
    expect(second.plan?.actions.map(({ reason }) => reason)).toEqual(['drift']);
  });
});

class MapLedger implements Ledger {
  readonly recorded: string[][] = [];
  constructor(public owned: Owned = new Map()) {}
  read = () => Promise.resolve(this.owned);
  record = (_: string, owned: Owned) => {
    this.owned = owned;
    this.recorded.push([...owned.keys()].toSorted());
    return Promise.resolve();
  };
}

const wanting = (...events: string[]) => tenant({ subscriptions: wants(...events) });

describe('the ledger', () => {
  test('takes over what was subscribed already without a write, and lets it be removed later', async () => {
    const ledger = new MapLedger();
    const server = new ModelServer([subscribed('a.x'), row('b.x'), subscribed('c.x')]);
    await run(wanting('a.x', 'b.x'), server, {}, { ledger });
    expect(ledger.recorded).toEqual([['a.x', 'b.x']]);

    await run(wanting('b.x'), server, {}, { ledger });
    expect(Object.keys(server.subscriptions())).toEqual(['b.x', 'c.x']);
    expect(ledger.recorded.at(-1)).toEqual(['b.x']);
  });

  test('keeps what could not be removed', async () => {
    const ledger = new MapLedger(new Map([['a.x', {}]]));
    const server = new ModelServer([subscribed('a.x'), subscribed('b.x')], { onItem: () => ({ code: 500 }) });
    await run(wanting('b.x'), server, {}, { ledger });
    expect(ledger.recorded).toEqual([['a.x', 'b.x']]);
  });

  test('is left alone when nothing is written or nothing could be read', async () => {
    const ledger = new MapLedger(new Map([['a.x', {}]]));
    await run(wanting('a.x'), new ModelServer(rows('a.x')), { dryRun: true }, { ledger });
    await run(wanting('a.x'), new ModelServer([], { onRead: () => fail(unavailable()) }), {}, { ledger });
    expect(ledger.recorded).toEqual([]);
  });
});

const recorded = async (server: ModelServer, desired: DesiredTenant, options: Partial<ReconcileOptions> = {}) => {
  const entries: AuditEntry[] = [];
  const recorder = { record: (one: AuditEntry) => Promise.resolve(void entries.push(one)) };
  const result = await run(desired, server, options, { recorder });
  return { entries, result };
};

describe('the recorder', () => {
  test('is told who wrote what and why, with before, after and result', async () => {
    const { entries, result } = await recorded(
      new ModelServer([subscribed('a.x')]),
      tenant({ subscriptions: [entry('a.x', { excludedFields: ['name'] })] }),
    );
    expect(entries).toEqual([
      {
        tenant: 'acme',
        reconcileId: 'r1',
        trigger: 'interval',
        at: 1000,
        outcome: 'changed',
        checksum: result.plan?.checksum,
        changes: [
          {
            resource: 'subscription',
            type: 'update',
            eventType: 'a.x',
            reason: 'changed',
            before: { state: 'SUBSCRIBED', excludedFields: [] },
            after: { state: 'SUBSCRIBED', excludedFields: ['name'] },
            status: 'applied',
          },
        ],
      },
    ]);
  });

  test('hears nothing of a reconcile that sent nothing', async () => {
    const server = new ModelServer(rows('a.x'), { onItem: () => ({ code: 400 }) });
    const desired = tenant({ subscriptions: wants('a.x') });
    const first = await recorded(server, desired);
    expect(first.entries).toHaveLength(1);
    expect((await recorded(server, desired, { memory: first.result.memory })).entries).toEqual([]);
  });
});
