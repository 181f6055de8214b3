/** Chance that a seed repeats. */
export interface Chance {
  readonly seed: number;
  /** In [0, 1). */
  next(): number;
  /** A whole number from 0 to `below` - 1. */
  below(below: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** Another chance of its own: what one part draws does not shift what another one does. */
  fork(): Chance;
}

/** The seed in the environment variable, or a new one: whoever prints it can have the same again. */
export function seedOf(text: string | undefined, fresh: () => number = Math.random): number {
  if (text === undefined || text === '') return Math.floor(fresh() * 2 ** 32);
  const seed = Number(text);
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32)
    throw new Error(`${text} is no seed: a whole number below 2^32`);
  return seed;
}

/** mulberry32: small, and good enough to choose what to break. */
export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    seed,
    next,
    below,
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error('nothing to choose from');
      return item;
    },
    fork: () => chance(below(2 ** 32)),
  };
}
