/** Numbers that look like chance and are the same for the same seed, everywhere and for ever. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  between(from: number, to: number): number;
  /** Around 0, with a standard deviation of 1. */
  normal(): number;
  /** How many of so many expected ones there are. */
  poisson(mean: number): number;
}

/** Mulberry32: small, and good enough for series of events. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return {
    next,
    normal,
    between: (from, to) => from + (to - from) * next(),
    poisson(mean) {
      if (mean > 50) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
      const end = Math.exp(-mean);
      let count = 0;
      for (let product = next(); product > end; product *= next()) count++;
      return count;
    },
  };
}
