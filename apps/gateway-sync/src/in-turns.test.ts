import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { inTurns } from './in-turns.js';

it('lets others have their turn, and keeps the order', async () => {
  const items = Array.from({ length: 1_000 }, (_, index) => index);
  let made = 0;
  const seen: number[] = [];
  const results = inTurns(items, (item) => {
    made += 1;
    return item * 2;
  });
  while (made < items.length) {
    seen.push(made);
    await turn();
  }
  expect(await results).toEqual(items.map((item) => item * 2));
  expect(seen).toEqual([200, 400, 600, 800]);
});

it('rejects with what is thrown, and goes no further', async () => {
  const made: number[] = [];
  const results = inTurns([1, 2, 3], (item) => {
    if (item === 2) throw new RangeError('two');
    made.push(item);
  });
  await expect(results).rejects.toThrow('two');
  expect(made).toEqual([1]);
});
