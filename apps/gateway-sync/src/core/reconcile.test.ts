import { describe, expect, test } from 'vitest';
import { ModelServer } from '../../test/support/model-server.js';
import { rows, run, statuses, wants } from '../../test/support/reconciling.js';
import { row, subscribed, tenant } from '../../test/support/values.js';
import type { DesiredTenant } from './state.js';

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
