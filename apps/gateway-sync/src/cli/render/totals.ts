import type { Outcome, ReconcileResult } from '../../core/result.js';
import type { TenantState } from '../../core/tenant-state.js';
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

const STATE_WORDS: Readonly<Record<TenantState, string>> = {
  pending: 'not looked at yet',
  in_sync: WORDS['in-sync'],
  drifted: WORDS.drifted,
  partial: WORDS.partial,
  blocked: WORDS.blocked,
  failing: WORDS.failed,
  paused: 'paused',
};

/** `3 tenants: 1 in sync, 2 with changes to make`. */
export function tally(results: readonly ReconcileResult[], paint?: Paint): string {
  return tallyOf(
    results.map(({ outcome }) => WORDS[outcome]),
    paint,
  );
}

/** `3 tenants: 1 in sync, 2 paused`. */
export function stateTally(states: readonly TenantState[], paint?: Paint): string {
  return tallyOf(
    states.map((state) => STATE_WORDS[state]),
    paint,
  );
}

/** One word for each tenant. */
function tallyOf(words: readonly string[], paint: Paint | undefined): string {
  const parts = [...new Set(words)].map((word) => `${words.filter((other) => other === word).length} ${word}`);
  const tenants = count(words.length, 'tenant');
  return [paint ? paint.bold(tenants) : tenants, ...(parts.length > 0 ? [parts.join(', ')] : [])].join(': ');
}

/** `3 tenants: 1 in sync, 2 with changes to make: 5 to subscribe`. */
export function totals(results: readonly ReconcileResult[], paint: Paint): string {
  const pending = changesOf(results.filter(isPending).flatMap(({ plan }) => plan?.actions ?? []));
  return `${tally(results, paint)}${pending ? `: ${pending}` : ''}\n`;
}

/** Of a tenant with errors the rest is still to be done, unless it was sent already. */
function isPending({ outcome, items }: ReconcileResult): boolean {
  return outcome === 'drifted' || outcome === 'blocked' || (outcome === 'partial' && items.length === 0);
}
