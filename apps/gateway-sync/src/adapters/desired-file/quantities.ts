/** Milliseconds per unit of a duration. */
const UNITS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);

export const DURATION_PATTERN = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;
export const PERCENT_PATTERN = /^(\d+(?:\.\d+)?)\s*%$/;

/** Timers take no more than 2^31 - 1 ms. */
export const LONGEST_DURATION_MS = 24 * 86_400_000;

/** `30s`, `5m`, `1.5h` or a number of milliseconds, in milliseconds; `undefined` when it is none of these. */
export function durationMs(value: string | number): number | undefined {
  if (typeof value === 'number') return value;
  const [, amount, unit = ''] = DURATION_PATTERN.exec(value) ?? [];
  const factor = UNITS.get(unit);
  return factor === undefined ? undefined : Math.round(Number(amount) * factor);
}

/** `10%` or `10`, as 10; `undefined` when it is neither. */
export function percent(value: string | number): number | undefined {
  if (typeof value === 'number') return value;
  const [, amount] = PERCENT_PATTERN.exec(value) ?? [];
  return amount === undefined ? undefined : Number(amount);
}
