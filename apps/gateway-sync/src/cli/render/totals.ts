import type { Outcome, ReconcileResult } from '../../core/result.js';
import type { Paint } from './paint.js';
import { changesOf } from './plan-text.js';
import { count } from './words.js';

const WORDS: Readonly<Record<Outcome, string>> = {
  'in-sync': 'in sync',
  changed: 'changed',
  drifted: 'with changes to make',
  partial: 'with errors',
  blocked: 'withheld',
  failed: 'failed',
};

/** `3 tenants: 1 in sync, 2 with changes to make`. */
export function tally(results: readonly ReconcileResult[], paint?: Paint): string {
  const outcomes = new Set(results.map(({ outcome }) => outcome));
  const parts = [...outcomes].map((outcome) => {
    const amount = results.filter((result) => result.outcome === outcome).length;
    return `${amount} ${WORDS[outcome]}`;
  });
  const tenants = count(results.length, 'tenant');
  return [paint ? paint.bold(tenants) : tenants, ...(parts.length > 0 ? [parts.join(', ')] : [])].join(': ');
}

/** `3 tenants: 1 in sync, 2 with changes to make: 5 to subscribe`. */
export function totals(results: readonly ReconcileResult[], paint: Paint): string {
  const pending = changesOf(
    results
      .filter(({ outcome }) => outcome === 'drifted' || outcome === 'blocked')
      .flatMap(({ plan }) => plan?.actions ?? []),
  );
  return `${tally(results, paint)}${pending ? `: ${pending}` : ''}\n`;
}
