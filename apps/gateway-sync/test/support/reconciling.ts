import type { Gateway } from '../../src/core/ports.js';
import { UnavailableError } from '../../src/core/errors.js';
import { reconcile, type ReconcileOptions, type ReconcilePorts } from '../../src/core/reconcile.js';
import type { ReconcileResult } from '../../src/core/result.js';
import type { DesiredTenant, ObservedSubscription, SubscriptionEntry } from '../../src/core/state.js';
import { entry, row } from './values.js';

export const wants = (...events: string[]): SubscriptionEntry[] => events.map((event) => entry(event));
export const rows = (...events: string[]): ObservedSubscription[] => events.map((event) => row(event));

/** What a gateway throws when there is no answer worth having; the API asks to wait seven seconds. */
export const unavailable = (): UnavailableError =>
  new UnavailableError('listSubscriptions: 503', { operation: 'listSubscriptions', status: 503, retryAfterMs: 7000 });

/** One reconcile at the time 1000. */
export function run(
  desired: DesiredTenant,
  gateway: Gateway,
  options: Partial<ReconcileOptions> = {},
  ports: Partial<ReconcilePorts> = {},
): Promise<ReconcileResult> {
  return reconcile(
    desired,
    { gateway, clock: { now: () => 1000 }, ...ports },
    { signal: new AbortController().signal, reconcileId: 'r1', trigger: 'interval', actor: 'host:1', ...options },
  );
}

/** Items as `name status`. */
export const statuses = ({ items }: ReconcileResult): string[] =>
  items.map(({ action, status }) => `${action.name} ${status}`);
