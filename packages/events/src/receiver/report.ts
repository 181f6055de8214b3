import type { Outcome } from './outcome.js';

/** Where nobody listens, what went wrong is written to stderr; what somebody else did wrong is theirs to see. */
export function reportToStderr(outcome: Outcome): void {
  switch (outcome.kind) {
    case 'failed':
      for (const { handler, error } of outcome.failures) console.error(`Handler ${handler} failed:`, error);
      return;
    case 'broken':
      console.error(`The receiver is broken (${outcome.step}):`, outcome.error);
      return;
    case 'refused':
    case 'busy':
    case 'handled':
  }
}
