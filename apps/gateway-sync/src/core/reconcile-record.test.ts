import { describe, expect, test } from 'vitest';
import { fail, ModelServer } from '../../test/support/model-server.js';
import { rows, run, unavailable, wants } from '../../test/support/reconciling.js';
import { MemoryLedger } from '../../test/support/memory-ledger.js';
import { UnavailableError } from './errors.js';
import { entry, owned, row, subscribed, tenant } from '../../test/support/values.js';
import type { ReconcileOptions } from './reconcile.js';
import type { DesiredTenant } from './state.js';

const wanting = (...events: string[]) => tenant({ subscriptions: wants(...events) });

describe('the ledger', () => {
  test('takes over what was subscribed already without a write, and lets it be removed later', async () => {
    const ledger = new MemoryLedger();
    const server = new ModelServer([subscribed('a.x'), row('b.x'), subscribed('c.x')]);
    await run(wanting('a.x', 'b.x'), server, {}, { ledger });
    expect(ledger.keys()).toEqual(['a.x', 'b.x']);
    expect(server.written.flat()).toMatchObject([{ eventType: 'b.x' }]);

    await run(wanting('b.x'), server, {}, { ledger });
    expect(Object.keys(server.subscriptions())).toEqual(['b.x', 'c.x']);
    expect(ledger.keys()).toEqual(['b.x']);
  });

  test('says before a creation what is about to be made, and afterwards what was', async () => {
    const ledger = new MemoryLedger();
    const server = new ModelServer([row('a.x', { state: 'UNSUBSCRIBED', version: 4 })], {
      onWrite: () => expect(ledger.rows).toMatchObject([{ key: 'a.x', pending: true, version: 5 }]),
    });
    await run(wanting('a.x'), server, {}, { ledger });
    expect(ledger.rows).toEqual([owned('a.x', { firstOwnedAt: 1000, writtenAt: 1000, version: 5, settings: {} })]);
  });

  test('keeps the announcement when the answer is lost, and knows the subscription for ours by its version', async () => {
    const ledger = new MemoryLedger();
    const server = new ModelServer(rows('a.x', 'b.x'), { onRead: (n) => (n === 2 ? fail(unavailable()) : undefined) });
    await run(wanting('a.x', 'b.x'), server, {}, { ledger });
    expect(ledger.rows).toMatchObject([
      { key: 'a.x', pending: true },
      { key: 'b.x', pending: true },
    ]);

    server.touch('b.x');
    const later = await run(wanting(), server, { dryRun: true }, { ledger });
    expect(later.plan?.actions).toMatchObject([{ type: 'delete', name: 'a.x' }]);
    expect(later.plan?.foreign).toMatchObject([{ name: 'b.x', reason: 'not-owned' }]);
  });

  test('keeps it too when nothing shows yet of a write whose answer was lost', async () => {
    const ledger = new MemoryLedger();
    const lost = new UnavailableError('no answer', { operation: 'updateSubscriptions', answerLost: true });
    const server = new ModelServer(rows('a.x'), { onWrite: () => fail(lost) });
    const result = await run(wanting('a.x'), server, {}, { ledger });
    expect(result).toMatchObject({ outcome: 'failed', transient: true, items: [{ status: 'failed' }], drift: 1 });
    expect(ledger.rows).toMatchObject([{ key: 'a.x', pending: true, version: 1 }]);
  });

  test('does not call it drift that what was announced is not there', async () => {
    const ledger = new MemoryLedger([owned('a.x', { pending: true, version: 1 })]);
    const result = await run(wanting('a.x'), new ModelServer(rows('a.x')), { dryRun: true }, { ledger });
    expect(result.plan?.actions).toMatchObject([{ name: 'a.x', reason: 'missing' }]);
  });

  test('takes back the announcement of what was refused', async () => {
    const ledger = new MemoryLedger();
    const server = new ModelServer(rows('a.x', 'b.x'), {
      onItem: ({ eventType }) => (eventType === 'a.x' ? { code: 400 } : undefined),
    });
    await run(wanting('a.x', 'b.x'), server, {}, { ledger });
    expect(ledger.rows).toMatchObject([{ key: 'b.x' }]);
  });

  test('is not written when nothing changes', async () => {
    const ledger = new MemoryLedger();
    const server = new ModelServer([subscribed('a.x')]);
    await run(wanting('a.x'), server, {}, { ledger });
    server.touch('a.x');
    await run(wanting('a.x'), server, {}, { ledger });
    expect(ledger.commits).toBe(1);
  });

  test('keeps what could not be removed', async () => {
    const ledger = new MemoryLedger([owned('a.x')]);
    const server = new ModelServer([subscribed('a.x'), subscribed('b.x')], { onItem: () => ({ code: 500 }) });
    await run(wanting('b.x'), server, {}, { ledger });
    expect(ledger.keys()).toEqual(['a.x', 'b.x']);
  });

  test('is left alone when nothing is written or nothing could be read', async () => {
    const ledger = new MemoryLedger([owned('a.x')]);
    await run(wanting('a.x'), new ModelServer(rows('a.x')), { dryRun: true }, { ledger });
    await run(wanting('a.x'), new ModelServer([], { onRead: () => fail(unavailable()) }), {}, { ledger });
    expect(ledger.commits).toBe(0);
  });

  test('keeps the rows of another installation, whose subscriptions are left alone', async () => {
    const theirs = owned('a.x', { instance: 'other' });
    const ledger = new MemoryLedger([theirs]);
    const server = new ModelServer([subscribed('a.x'), row('b.x')]);
    const desired = tenant({ subscriptions: [entry('a.x', { excludedFields: ['name'] }), entry('b.x')] });
    const result = await run(desired, server, {}, { ledger });
    expect(Object.keys(server.subscriptions())).toEqual(['a.x', 'b.x']);
    expect(server.written.flat()).toMatchObject([{ eventType: 'b.x' }]);
    expect(result.plan?.problems).toMatchObject([
      { kind: 'owned-elsewhere', message: expect.stringContaining('other') },
    ]);
    expect(ledger.rows).toContainEqual(theirs);
  });

  test('that cannot be written makes the run partial, for what was done is not recorded', async () => {
    const ledger = new MemoryLedger();
    const server = new ModelServer([row('a.x')], {
      onWrite: () => {
        ledger.failure = new Error('no connection');
      },
    });
    const result = await run(wanting('a.x'), server, {}, { ledger });
    expect(Object.keys(server.subscriptions())).toEqual(['a.x']);
    expect(result).toMatchObject({ outcome: 'partial', transient: true, error: { message: 'no connection' } });
  });

  test('that cannot be read removes nothing and is told; what is missing is made all the same', async () => {
    const ledger = new MemoryLedger([owned('a.x')]);
    ledger.failure = new Error('no connection');
    const server = new ModelServer([subscribed('a.x'), row('b.x')]);
    const result = await run(wanting('b.x'), server, {}, { ledger });
    expect(Object.keys(server.subscriptions())).toEqual(['a.x', 'b.x']);
    expect(result).toMatchObject({ outcome: 'partial', transient: true, ledgerError: { message: 'no connection' } });
    expect(result.plan?.foreign).toMatchObject([{ name: 'a.x', reason: 'no-ledger' }]);
    expect(result.plan?.problems).toContainEqual(
      expect.objectContaining({
        severity: 'error',
        kind: 'ledger-lost',
        message: expect.stringMatching(/no connection$/),
      }),
    );
  });
});

const recorded = async (server: ModelServer, desired: DesiredTenant, options: Partial<ReconcileOptions> = {}) => {
  const ledger = new MemoryLedger();
  const result = await run(desired, server, options, { ledger });
  return { entries: ledger.audit, result };
};

describe('the audit trail', () => {
  test('is told who wrote what and why, with before, after and result', async () => {
    const { entries, result } = await recorded(
      new ModelServer([subscribed('a.x')]),
      tenant({ subscriptions: [entry('a.x', { excludedFields: ['name'] })] }),
    );
    expect(entries).toEqual([
      {
        tenant: 'acme',
        instance: 'gateway-sync',
        actor: 'host:1',
        reconcileId: 'r1',
        trigger: 'interval',
        at: 1000,
        outcome: 'changed',
        checksum: result.plan?.checksum,
        changes: [
          {
            resource: 'subscription',
            type: 'update',
            id: 'subscription:a.x',
            name: 'a.x',
            reason: 'changed',
            before: { state: 'SUBSCRIBED', excludedFields: [] },
            after: { state: 'SUBSCRIBED', excludedFields: ['name'] },
            secrets: [],
            status: 'applied',
            code: 200,
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
