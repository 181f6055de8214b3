import type { Outcome } from './outcome.js';

/**
 * Where nobody listens, what went wrong is written to stderr. Of what is refused, that which has a signature: a secret
 * may be wrong. The rest is the noise of the internet.
 */
export function reportToStderr(outcome: Outcome): void {
  switch (outcome.kind) {
    case 'failed':
      for (const { handler, error } of outcome.failures) console.error(`Handler ${handler} failed:`, error);
      return;
    case 'broken':
      console.error(`The receiver is broken (${outcome.step}):`, outcome.error);
      return;
    case 'refused':
      if (SIGNED.has(outcome.reason)) console.error(`A delivery was refused (${outcome.reason}): ${outcome.message}`);
      return;
    case 'busy':
    case 'handled':
  }
}

const SIGNED: ReadonlySet<Extract<Outcome, { kind: 'refused' }>['reason']> = new Set([
  'no-match',
  'too-old',
  'too-new',
  'unsupported-signature',
] as const);
