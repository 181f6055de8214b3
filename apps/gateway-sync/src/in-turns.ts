import { setImmediate as others } from 'node:timers/promises';

/** A few milliseconds' work, where one of them takes some microseconds. */
const AT_A_TIME = 200;

/** What `make` makes of each one, in their order; everything else gets its turn in between. */
export async function inTurns<Item, Result>(
  items: readonly Item[],
  make: (item: Item) => Result,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const [index, item] of items.entries()) {
    if (index > 0 && index % AT_A_TIME === 0) await others();
    results.push(make(item));
  }
  return results;
}
