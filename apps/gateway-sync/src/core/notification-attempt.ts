const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Waits between the attempts, as Standard Webhooks recommends them: a good day and a half together. */
const WAITS_MS = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR];
/** A receiver may ask for more than a wait of ours, but not for ever. */
const LONGEST_MS = 24 * HOUR;
/** What was found out longer ago is no news: nobody sent it in all that time. */
const STALE_MS = 72 * HOUR;
/** The receiver is gone for good, says Standard Webhooks. */
const GONE = 410;

/** What came of one attempt. `refused`: it answered, with another status than success. `failed`: it did not answer. */
export type Attempt =
  | { readonly type: 'taken'; readonly status: number }
  | { readonly type: 'refused'; readonly status: number; readonly retryAfterMs?: number }
  | { readonly type: 'failed'; readonly reason: string };

/** What follows. `reason` is for people, and quotes nothing that was sent or answered. */
export type Settled =
  | { readonly type: 'delivered'; readonly reason: string }
  | { readonly type: 'failed'; readonly reason: string; readonly againMs: number }
  /** `attempts`: how often it was sent. */
  | { readonly type: 'given_up'; readonly reason: string; readonly attempts: number };

export const NOTIFICATION_RESULTS = ['delivered', 'failed', 'given_up'] as const satisfies readonly Settled['type'][];
export type NotificationResult = Settled['type'];

/** `attempts`: how many there were, with this one. */
export function settle(attempt: Attempt, attempts: number): Settled {
  const reason = attempt.type === 'failed' ? attempt.reason : `answered ${attempt.status}`;
  if (attempt.type === 'taken') return { type: 'delivered', reason };
  const waitMs = WAITS_MS[attempts - 1];
  const isGone = attempt.type === 'refused' && attempt.status === GONE;
  if (isGone || waitMs === undefined) return { type: 'given_up', reason, attempts };
  const wished = attempt.type === 'refused' ? (attempt.retryAfterMs ?? 0) : 0;
  return { type: 'failed', reason, againMs: Math.max(waitMs, Math.min(wished, LONGEST_MS)) };
}

/** What was found out too long ago is not sent any more; `attempts`: how often it was, before. */
export function lapsed(attempts: number): Settled {
  const reason = attempts === 0 ? 'nobody could send it for three days' : 'not taken for three days';
  return { type: 'given_up', reason, attempts };
}

export function isStale(at: number, now: number): boolean {
  return now - at > STALE_MS;
}
