import { type Conditions, initialConditions, withQuota, withResult, withShed } from '../core/conditions.js';
import { GatewayError } from '../core/errors.js';
import type { AuditRecord, LedgerStore } from '../core/ports.js';
import { monthOf } from '../core/quota-month.js';
import { quotaUsage, type QuotaUsage } from '../core/quota.js';
import type { ReconcileResult } from '../core/result.js';
import type { Cli } from './cli.js';
import type { Visit } from './for-tenants.js';
import { remarkOn } from './render/remark.js';
import type { StatusView } from './render/status-text.js';
import { type Backing, reconcileOne } from './run-tenants.js';

/** How one tenant stands. */
export interface Standing extends Facts {
  /** Of a dry run. */
  readonly result: ReconcileResult;
  readonly conditions: Conditions;
}

interface Facts {
  /** This month's newest reading. */
  readonly quota?: { readonly usage: QuotaUsage; readonly at: number };
  /** Why there is none. */
  readonly quotaError?: Error;
  readonly lastChange?: AuditRecord;
}

interface Surroundings extends Backing {
  readonly signal: AbortSignal;
  readonly store?: LedgerStore;
}

export async function standingOf(
  cli: Cli,
  visit: Visit,
  { signal, store, ...around }: Surroundings,
): Promise<Standing> {
  const result = await reconcileOne(cli, visit, { dryRun: true, signal, ...around });
  const kept = await recall(cli, visit, store);
  const lost = kept.ledgerError && !result.ledgerError ? { ledgerError: kept.ledgerError } : {};
  const { lastChange } = kept;
  return standing(
    { ...result, ...lost },
    { ...(await quotaOf(cli, visit, result, kept, signal)), ...(lastChange && { lastChange }) },
  );
}

/** What the facts amount to. */
export function standing(result: ReconcileResult, facts: Facts): Standing {
  const conditions = withResult(initialConditions(result.finishedAt), result);
  return { result, ...facts, conditions: withShed(withFacts(conditions, facts), result) };
}

/** How it reads. */
export function standingView({ result, conditions, lastChange }: Standing): StatusView {
  const { tenant, startedAt } = result;
  const remark = remarkOn(result);
  return {
    tenant,
    ...(remark !== undefined && { remark }),
    conditions,
    asOf: startedAt,
    ...(lastChange && { lastChange }),
  };
}

function withFacts(conditions: Conditions, { quota, quotaError }: Facts): Conditions {
  if (quota) return withQuota(conditions, quota.usage, quota.at);
  if (!quotaError) return conditions;
  return conditions.map((condition) =>
    condition.type === 'QuotaOk' ? { ...condition, reason: 'Unreadable', message: quotaError.message } : condition,
  );
}

interface Recalled extends Pick<Facts, 'quota' | 'lastChange'> {
  readonly ledgerError?: Error;
}

/** What the ledger knows beside what is ours. */
async function recall(
  cli: Cli,
  { tenant: { tenant, quota: policy } }: Visit,
  store: LedgerStore | undefined,
): Promise<Recalled> {
  if (!store) return {};
  try {
    const [quota, [lastChange]] = await Promise.all([
      store.quota.last(tenant),
      store.audit.history({ tenants: [tenant], limit: 1 }),
    ]);
    const isCurrent = quota?.usage.month === monthOf(cli.clock.now(), policy.timeZone);
    return { ...(quota && isCurrent && { quota }), ...(lastChange && { lastChange }) };
  } catch (error) {
    return { ledgerError: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** The reading that is kept, or else one of now; a tenant that could not be read is not asked again. */
async function quotaOf(
  cli: Cli,
  { tenant, gateway }: Visit,
  { plan }: ReconcileResult,
  { quota }: Recalled,
  signal: AbortSignal,
): Promise<Facts> {
  if (quota) return { quota };
  if (!plan) return {};
  try {
    const month = monthOf(cli.clock.now(), tenant.quota.timeZone);
    const usage = quotaUsage(await gateway().readQuota(month, signal), month, tenant.quota.warnAt);
    return { quota: { usage, at: cli.clock.now() } };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof GatewayError)) throw error;
    return { quotaError: error };
  }
}
