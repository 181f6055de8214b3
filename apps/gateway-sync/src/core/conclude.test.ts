import { describe, expect, test } from 'vitest';
import { fail, ModelServer, type Script } from '../../test/support/model-server.js';
import { rows, run, unavailable, wants } from '../../test/support/reconciling.js';
import { row, subscribed, tenant } from '../../test/support/values.js';
import { auditEntry } from './audit.js';
import type { ItemAnswer } from './ports.js';
import type { ReconcileResult } from './result.js';

const answering = (answers: Readonly<Record<string, ItemAnswer>>): Script => ({
  onItem: ({ eventType }) => answers[eventType],
});
const desired = tenant({ subscriptions: wants('a.x', 'b.x') });
const errorsOf = ({ error }: ReconcileResult) =>
  error instanceof AggregateError ? error.errors.map((one: Error) => one.message) : [];

describe('the error of a run', () => {
  test('names every action that did not take, with what was answered to it', async () => {
    const script = answering({ 'a.x': { code: 400, message: 'no' }, 'b.x': { code: 500 } });
    const result = await run(desired, new ModelServer(rows('a.x', 'b.x'), script));
    expect(result.error?.message).toBe('2 actions did not take: a.x, b.x');
    expect(errorsOf(result)).toEqual(['create a.x: rejected (400): no', 'create b.x: failed (500)']);
    expect(result).toMatchObject({ outcome: 'failed', transient: true });
  });

  test('counts one as one, and says that trying again does not help where everything was refused', async () => {
    const result = await run(desired, new ModelServer(rows('a.x', 'b.x'), answering({ 'a.x': { code: 400 } })));
    expect(result.error?.message).toBe('1 action did not take: a.x');
    expect(errorsOf(result)).toEqual(['create a.x: rejected (400)']);
    expect(result).toMatchObject({ outcome: 'partial', transient: false });
  });

  test('says without a code what had no answer', async () => {
    const result = await run(desired, new ModelServer(rows('a.x', 'b.x'), answering({ 'a.x': {} })));
    expect(errorsOf(result)).toEqual(['create a.x: failed: the answer has no result for it']);
  });

  test('is contention only when everything that is left is fought over', async () => {
    const conflicts = answering({ 'a.x': { code: 409 }, 'b.x': { code: 409 } });
    const all = await run(desired, new ModelServer(rows('a.x', 'b.x'), conflicts));
    expect(all.error).toMatchObject({ name: 'ContentionError', message: 'somebody else keeps changing a.x, b.x' });
    const mixed = answering({ 'a.x': { code: 409 }, 'b.x': { code: 400 } });
    expect(await run(desired, new ModelServer(rows('a.x', 'b.x'), mixed))).toMatchObject({
      error: { name: 'ApplyError' },
    });
  });

  test('joins what several guards and several entries say', async () => {
    const guards = { protect: ['c.x'] };
    const blocked = await run(tenant({ prune: 'all', guards }), new ModelServer([subscribed('c.x')]));
    expect(blocked).toMatchObject({ outcome: 'blocked', transient: false });
    expect(blocked.error?.message).toMatch(/^the file names no event type .*; c\.x would be removed and is protected$/);
    const unknown = tenant({ subscriptions: wants('x.x', 'y.y') });
    expect((await run(unknown, new ModelServer(rows('a.x')))).error?.message).toBe(
      'the catalogue has no event type x.x; the catalogue has no event type y.y',
    );
  });
});

describe('a dry run', () => {
  test('is in sync, drifted or partial, and trying again changes nothing about it', async () => {
    const dry = { dryRun: true };
    expect(await run(tenant({ subscriptions: wants('a.x') }), new ModelServer([subscribed('a.x')]), dry)).toMatchObject(
      {
        outcome: 'in-sync',
        transient: false,
      },
    );
    expect(await run(desired, new ModelServer(rows('a.x', 'b.x')), dry)).toMatchObject({
      outcome: 'drifted',
      transient: false,
      drift: 2,
      driftByResource: { subscription: 2, config: 0, target: 0, endpoint: 0 },
    });
    expect(await run(tenant({ subscriptions: wants('no.x') }), new ModelServer(rows('a.x')), dry)).toMatchObject({
      outcome: 'partial',
      transient: false,
      error: { name: 'UnresolvedError' },
    });
  });
});

describe('what is remembered', () => {
  test('of a refusal is its answer', async () => {
    const script = answering({ 'a.x': { code: 400, message: 'no' }, 'b.x': { code: 404 } });
    const { memory } = await run(desired, new ModelServer(rows('a.x', 'b.x'), script));
    expect([...memory.rejected.values()]).toEqual([
      { input: expect.any(String), code: 400, message: 'no' },
      { input: expect.any(String), code: 404 },
    ]);
  });

  test('stays when the tenant cannot be read', async () => {
    const first = await run(desired, new ModelServer(rows('a.x', 'b.x'), answering({ 'a.x': { code: 400 } })));
    const down = new ModelServer([], { onRead: () => fail(unavailable()) });
    expect((await run(desired, down, { memory: first.memory })).memory).toEqual(first.memory);
  });

  test('of a plan without effect is forgotten when some of it took', async () => {
    const dropping: Script = { onItem: ({ eventType }) => (eventType === 'a.x' ? 'drop' : undefined) };
    const first = await run(desired, new ModelServer(rows('a.x', 'b.x'), dropping));
    expect(first.memory.unconverged).toMatchObject({ times: 1 });
    const second = await run(desired, new ModelServer([row('a.x'), subscribed('b.x')]), { memory: first.memory });
    expect(second.memory.unconverged).toBeUndefined();
  });
});

test('the audit has what was answered, and nothing that was not sent', async () => {
  const script = answering({ 'a.x': { code: 400, message: 'no' } });
  const result = await run(desired, new ModelServer(rows('a.x', 'b.x'), script));
  const [sent] = result.items;
  const more = (['skipped', 'contended'] as const).flatMap((status) => (sent ? [{ ...sent, status }] : []));
  const entry = auditEntry({ ...result, items: [...result.items, ...more] }, 'i', 'host:1');
  expect(entry?.changes.map(({ name, status, code, message }) => [name, status, code, message])).toEqual([
    ['a.x', 'rejected', 400, 'no'],
    ['b.x', 'applied', 200, undefined],
  ]);
  expect(entry?.changes[1]).not.toHaveProperty('message');
});
