import type { Reading } from 'gateway-sync/dist/core/quota-readings.js';
import { z } from 'zod';
import type { Series } from './series.ts';

const reading = z.object({
  at: z.iso.datetime({ offset: true }),
  month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'expected YYYY-MM'),
  used: z.number().nonnegative(),
  limit: z.number().nonnegative().optional(),
});
/** A list alone is taken for the readings of such an answer, so that a mistake is said with its place. */
const recorded = z.preprocess(
  (value) => (Array.isArray(value) ? { readings: value as readonly unknown[] } : value),
  z.object({ readings: z.array(reading) }),
);

/** One series for each month of the readings, with all that was known before it. */
export function recordedSeries(text: string, file: string): readonly Series[] {
  const result = recorded.safeParse(parsed(text, file));
  if (!result.success) throw new Error(`${file} holds no readings: ${z.prettifyError(result.error)}`);
  const readings = result.data.readings
    .map(({ at, month, used, limit }): Reading => ({
      at: Date.parse(at),
      month,
      used,
      ...(limit !== undefined && { limit }),
    }))
    .toSorted((a, b) => a.at - b.at);
  const months = [...new Set(readings.map(({ month }) => month))].toSorted();
  return months.map((month) => ({ month, readings: readings.filter((one) => one.month <= month) }));
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file} is no JSON`, { cause });
  }
}
