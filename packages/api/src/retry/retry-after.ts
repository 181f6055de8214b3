import type { AnswerHeaders } from '../exchange.js';

/**
 * The wait that an answer asks for, in milliseconds: `Retry-After` as seconds or as a date. A date is compared with the
 * answer's own `Date` where there is one, so that a wrong clock on either side does not matter.
 */
export function retryAfterMs(headers: AnswerHeaders, epoch: () => number): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  // `Date.parse` alone makes a date of nearly everything, `-5` included.
  const then = /^[A-Z][a-z]+,? .*GMT$/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(then)) return undefined;
  const answeredAt = Date.parse(headers.get('date') ?? '');
  return Math.max(0, then - (Number.isNaN(answeredAt) ? epoch() : answeredAt));
}
