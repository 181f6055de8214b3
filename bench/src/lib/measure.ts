import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/** Calls of `work` a second with `inFlight` of them under way at any time. */
export async function throughput(
  work: (index: number) => Promise<unknown>,
  { inFlight, ms }: { readonly inFlight: number; readonly ms: number },
): Promise<number> {
  const start = performance.now();
  let done = 0;
  const worker = async (): Promise<void> => {
    while (performance.now() - start < ms) {
      await work(done);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  return (done * 1000) / (performance.now() - start);
}

/**
 * Measures all candidates in turn, several times over, so that whatever else the machine does meets all of them alike.
 * The first round only warms up.
 */
export async function inTurn<Name extends string, Result>(
  candidates: Readonly<Record<Name, () => Promise<Result>>>,
  runs: number,
): Promise<Record<Name, Result[]>> {
  // oxlint-disable-next-line no-unsafe-type-assertion -- entries of a record have its keys
  const entries = Object.entries<() => Promise<Result>>(candidates) as [Name, () => Promise<Result>][];
  // oxlint-disable-next-line no-unsafe-type-assertion -- made of the same keys
  const results = Object.fromEntries(entries.map(([name]) => [name, [] as Result[]])) as Record<Name, Result[]>;
  for (let round = 0; round <= runs; round += 1) {
    for (const [name, measure] of entries) {
      const result = await measure();
      if (round > 0) results[name].push(result);
    }
  }
  return results;
}

/** The longest time in milliseconds that nothing else could run while `work` ran. */
export async function longestBlock(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  const watching = new AbortController();
  const watch = async (): Promise<void> => {
    for (let last = performance.now(); !watching.signal.aborted;) {
      await setImmediate();
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    }
  };
  const watched = watch();
  await work();
  watching.abort();
  await watched;
  return longest;
}
