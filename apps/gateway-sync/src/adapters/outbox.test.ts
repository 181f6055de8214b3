import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { useDatabase } from '../../test/support/database.js';
import type { Message, Outbox } from '../core/outbox.js';
import { MemoryOutbox } from './memory-outbox.js';

const database = useDatabase();
const message = (subject: string, more: Partial<Message> = {}): Message => ({
  id: `msg_${randomUUID()}`,
  tenant: 'acme',
  subject,
  at: Date.parse('2026-11-20T12:00:00Z'),
  payload: { type: 'quota.exhausted', timestamp: '2026-11-20T12:00:00.000Z', data: { tenant: 'acme', used: 7.5 } },
  ...more,
});
const HOLD = { limit: 10, holdMs: 60_000 };
const idsOf = async (outbox: Outbox) => (await outbox.take(HOLD)).map(({ id }) => id);

interface Stage {
  readonly outbox: Outbox;
  /** As another replica sees it. */
  readonly other: Outbox;
  /** Lets so much time pass. */
  readonly pass: (ms: number) => Promise<unknown>;
}

async function inDatabase(): Promise<Stage> {
  const [one, two] = [await database.open(), await database.open()];
  const instance = `i-${randomUUID()}`;
  return {
    outbox: one.fleet(instance).outbox,
    other: two.fleet(instance).outbox,
    pass: (ms) =>
      database.query(
        `update gateway_sync.notification set due_at = due_at - $1::float8 * interval '1 ms' where instance = $2`,
        [ms, instance],
      ),
  };
}

async function inMemory(): Promise<Stage> {
  let now = Date.parse('2026-11-20T12:00:00Z');
  const outbox = new MemoryOutbox({ now: () => now });
  return { outbox, other: outbox, pass: async (ms) => void (now += ms) };
}

describe.each([
  ['in the database', inDatabase],
  ['in memory', inMemory],
])('the outbox %s', (_, stage) => {
  test('takes one thing once, whichever replica adds it, and gives it back whole', async () => {
    const { outbox, other } = await stage();
    const first = message('a');
    expect(await outbox.add([first, message('b', { tenant: 'beta' })])).toBe(2);
    expect(await other.add([message('a'), message('b', { tenant: 'beta' })])).toBe(0);
    expect(await other.add([message('b')])).toBe(1);
    expect(await outbox.add([])).toBe(0);
    const held = await outbox.take(HOLD);
    expect(held).toHaveLength(3);
    expect(held).toContainEqual({ ...first, attempts: 1 });
  });

  test('gives a message to one replica at a time, and to another one when the first never says what came of it', async () => {
    const { outbox, other, pass } = await stage();
    const [sent] = [message('a')];
    await outbox.add([sent]);
    const both = await Promise.all([idsOf(outbox), idsOf(other)]);
    expect(both.flat()).toEqual([sent.id]);
    await pass(59_000);
    expect(await idsOf(other)).toEqual([]);
    await pass(1_001);
    expect(await other.take(HOLD)).toEqual([{ ...sent, attempts: 2 }]);
  });

  test('hands out no more than was asked for', async () => {
    const { outbox } = await stage();
    await outbox.add(['a', 'b', 'c'].map((subject) => message(subject)));
    const taken = [];
    for (const limit of [2, 2, 2]) taken.push((await outbox.take({ ...HOLD, limit })).length);
    expect(taken).toEqual([2, 1, 0]);
  });

  test('has a message again when it is due again, and never once it is settled for good', async () => {
    const { outbox, pass } = await stage();
    await outbox.add([message('a')]);
    const [first] = await outbox.take(HOLD);
    if (!first) throw new Error('nothing was due');
    await outbox.settle(first, { outcome: 'answered 503', againMs: 5_000 });
    expect(await outbox.take(HOLD)).toEqual([]);
    await pass(5_001);
    const [second] = await outbox.take(HOLD);
    expect(second).toEqual({ ...first, attempts: 2 });
    if (!second) throw new Error('nothing was due');
    await outbox.settle(second, { outcome: 'answered 200' });
    await pass(1_000_000);
    expect(await outbox.take(HOLD)).toEqual([]);
    expect(await outbox.add([message('a')])).toBe(0);
  });

  test('does not listen to a replica that comes too late', async () => {
    const { outbox, other, pass } = await stage();
    await outbox.add([message('a')]);
    const [late] = await outbox.take(HOLD);
    await pass(60_001);
    const [current] = await other.take(HOLD);
    if (!late || !current) throw new Error('nothing was due');
    await outbox.settle(late, { outcome: 'answered 200' });
    await pass(60_001);
    expect(await idsOf(other)).toEqual([current.id]);
  });

  test('says how long until something is due', async () => {
    const { outbox, pass } = await stage();
    expect(await outbox.untilDue()).toBeUndefined();
    await outbox.add([message('a')]);
    expect(await outbox.untilDue()).toBe(0);
    const [held] = await outbox.take(HOLD);
    if (!held) throw new Error('nothing was due');
    await outbox.settle(held, { outcome: 'answered 503', againMs: 300_000 });
    await pass(100_000);
    const wait = (await outbox.untilDue()) ?? NaN;
    expect(wait).toBeGreaterThan(190_000);
    expect(wait).toBeLessThanOrEqual(200_000);
    await outbox.settle(held, { outcome: 'answered 200' });
    expect(await outbox.untilDue()).toBeUndefined();
  });
});

test('another instance on the same database has messages of its own', async () => {
  const store = await database.open();
  const [one, two] = [store.fleet(randomUUID()).outbox, store.fleet(randomUUID()).outbox];
  expect(await one.add([message('a')])).toBe(1);
  expect(await two.take(HOLD)).toEqual([]);
  expect(await two.add([message('a')])).toBe(1);
  expect(await one.take(HOLD)).toHaveLength(1);
});

test('in memory a subject is forgotten when its month is long over', async () => {
  let now = Date.parse('2026-11-01T00:00:00Z');
  const outbox = new MemoryOutbox({ now: () => now });
  await outbox.add([message('a', { at: now })]);
  now += 39 * 86_400_000;
  expect(await outbox.add([message('a', { at: now })])).toBe(0);
  now += 2 * 86_400_000;
  expect(await outbox.add([message('a', { at: now })])).toBe(1);
});
