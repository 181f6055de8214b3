import type { GatewayError } from './errors.js';
import { policyHash, type QuotaPolicy } from './quota-policy.js';
import type { FailedReading, QuotaState } from './quota-state.js';

/** What is known after an attempt to read the statistics that failed: what was known before, and why it is no newer. */
export function stateUnread(
  before: QuotaState | undefined,
  policy: QuotaPolicy,
  failure: Omit<FailedReading, 'since' | 'attempts'>,
): QuotaState {
  const { at, transient, message, nextAt } = failure;
  const { since = at, attempts = 0 } = before?.failure ?? {};
  return {
    // Nothing was judged yet, and nothing but time helps: no reload needs to ask again.
    ...(before ?? { judgedBy: policyHash(policy) }),
    failure: { at, since, attempts: attempts + 1, transient, message, nextAt },
  };
}

/** Of a failed request what the operation and the status tell: an answer may quote anything. */
export function whyUnread({ operation, status }: GatewayError): string {
  return status === undefined ? `${operation} had no answer to go by` : `${operation} answered ${status}`;
}
