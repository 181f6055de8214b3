import { describe, expect, test } from 'vitest';
import { emit, isDisabled, openSvix, type SvixBench } from './svix-bench.js';

const HOUR = 3_600_000;

/** Lets an event happen every six hours, so many days long. */
async function failFor(bench: SvixBench, days: number): Promise<void> {
  for (let quarter = 0; quarter < days * 4; quarter++) {
    await emit(bench);
    await bench.emulator.advance(6 * HOUR);
  }
}

async function openDead(quirks: object = {}) {
  const bench = openSvix({ quirks: { svixRetryDelaysSeconds: [], ...quirks } });
  const { id } = await bench.create();
  bench.receiver.answer(...Array<number>(200).fill(500));
  return { ...bench, id, disabled: () => isDisabled(bench, id) };
}

describe('an endpoint that only fails', () => {
  test('is disabled five days after the failures were 12 hours apart', async () => {
    const dead = await openDead();
    await failFor(dead, 5.5);
    expect(dead.disabled()).toBe(false);
    await emit(dead);
    expect(dead.disabled()).toBe(true);
  });

  test('and is enabled again has five days more', async () => {
    const dead = await openDead();
    await failFor(dead, 6);
    await dead.endpoints('PATCH', `/${dead.id}`, { disabled: false });
    await failFor(dead, 5);
    expect(dead.disabled()).toBe(false);
    await failFor(dead, 1);
    expect(dead.disabled()).toBe(true);
  });

  test('and is enabled again is disabled at the next failure by the open server', async () => {
    const dead = await openDead({ svixAutoDisable: 'oss' });
    await failFor(dead, 5);
    expect(dead.disabled()).toBe(false);
    await emit(dead);
    expect(dead.disabled()).toBe(true);
    await dead.endpoints('PATCH', `/${dead.id}`, { disabled: false });
    await emit(dead);
    expect(dead.disabled()).toBe(true);
  });

  test.for(['hosted', 'oss'])('and takes one message in between starts anew: %s', async (svixAutoDisable) => {
    const dead = await openDead({ svixAutoDisable });
    await failFor(dead, 4);
    dead.receiver.answer(200, ...Array<number>(200).fill(500));
    await failFor(dead, 5);
    expect(dead.disabled()).toBe(false);
  });

  test('with failures less than 12 hours apart in a day goes on', async () => {
    const dead = await openDead();
    for (let day = 0; day < 10; day++) {
      await emit(dead);
      await dead.emulator.advance(30 * HOUR);
    }
    expect(dead.disabled()).toBe(false);
  });
});
