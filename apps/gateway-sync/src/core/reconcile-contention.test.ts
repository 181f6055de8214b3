import { describe, expect, test } from 'vitest';
import { ModelServer } from '../../test/support/model-server.js';
import { MemoryLedger } from '../../test/support/memory-ledger.js';
import { run, statuses, wants } from '../../test/support/reconciling.js';
import { entry, subscribed, tenant } from '../../test/support/values.js';
import { EMPTY_MEMORY, type TenantMemory } from './memory.js';
import type { Trigger } from './result.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A tenant that wants `a.x` without `name`, and somebody who puts the field back before each reconcile. */
function fought() {
  const desired = tenant({ subscriptions: [entry('a.x', { excludedFields: ['name'] }), ...wants('b.x')] });
  const server = new ModelServer([subscribed('a.x', { excludedFields: ['name'] }), subscribed('b.x')]);
  const ledger = new MemoryLedger();
  let memory: TenantMemory = EMPTY_MEMORY;
  const at = async (
    now: number,
    { foreign = true, trigger = 'interval' }: { foreign?: boolean; trigger?: Trigger } = {},
  ) => {
    if (foreign) server.touch('a.x', { excludedFields: [] });
    const result = await run(desired, server, { memory, trigger }, { ledger, clock: { now: () => now } });
    memory = result.memory;
    return result;
  };
  return { server, at };
}

/** Three corrections, five minutes apart. */
async function escalated() {
  const world = fought();
  await world.at(0, { foreign: false });
  for (const minutes of [5, 10, 15]) await world.at(minutes * MINUTE);
  return world;
}

describe('a setting that somebody else keeps changing back', () => {
  test('is put back three times, and then left alone for an hour', async () => {
    const { server, at } = await escalated();
    expect(server.written).toHaveLength(3);
    const fourth = await at(20 * MINUTE);
    expect(server.written).toHaveLength(3);
    expect(statuses(fourth)).toEqual(['a.x contended']);
    expect(fourth).toMatchObject({ outcome: 'failed', transient: true, error: { name: 'ContentionError' } });
    expect(fourth.items[0]?.message).toBe(
      'somebody else keeps changing it back (excludedFields); left alone until 1970-01-01T01:15:00.000Z',
    );
  });

  test('is put back once more after the pause, and left alone twice as long when it moves again', async () => {
    const { server, at } = await escalated();
    await at(15 * MINUTE + HOUR);
    expect(server.written).toHaveLength(4);
    const again = await at(20 * MINUTE + HOUR);
    expect(server.written).toHaveLength(4);
    expect(again.items[0]?.message).toContain('left alone until 1970-01-01T03:15:00.000Z');
  });

  test('is put back at once when somebody asks for it by hand', async () => {
    const { server, at } = await escalated();
    expect(await at(20 * MINUTE, { trigger: 'manual' })).toMatchObject({ outcome: 'changed' });
    expect(server.written).toHaveLength(4);
  });

  test('is forgotten when it stays as it should be', async () => {
    const { server, at } = await escalated();
    await at(10 * HOUR, { foreign: false });
    expect(await at(11 * HOUR)).toMatchObject({ outcome: 'changed' });
    expect(server.written.length).toBeGreaterThan(3);
  });

  test('is no fight when the corrections are hours apart', async () => {
    const { server, at } = fought();
    await at(0, { foreign: false });
    for (const hours of [3, 6, 9, 12, 15]) expect(await at(hours * HOUR)).toMatchObject({ outcome: 'changed' });
    expect(server.written).toHaveLength(5);
  });

  test('does not hold up the others', async () => {
    const { server, at } = await escalated();
    server.touch('b.x', { state: 'UNSUBSCRIBED' });
    expect(statuses(await at(20 * MINUTE))).toEqual(['a.x contended', 'b.x applied']);
    expect(server.subscriptions()).toMatchObject({ 'b.x': [] });
  });
});
