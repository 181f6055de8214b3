import {
  type Conditions,
  initialConditions,
  withQuota,
  withResult,
  withShed,
  withUnknownQuota,
} from '../core/conditions.js';
import { GatewayError } from '../core/errors.js';
import type { AuditRecord, LedgerStore } from '../core/ports.js';
import { isKnown, type QuotaOverview, quotaOverview } from '../core/quota-overview.js';
import type { ReconcileResult } from '../core/result.js';
import type { TenantMarks } from '../core/tenant-record.js';
import type { Cli } from './cli.js';
import type { Visit } from './for-tenants.js';
import { quotaNow } from './quota-now.js';
import { quotaStateView } from '../http/quota-view.js';
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
  readonly quota?: QuotaOverview;
  /** Why it is not known. */
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
  const kept = await recall(visit, { ...around, ...(store && { store }) });
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
export function standingView({ result, conditions, quota, lastChange }: Standing): StatusView {
  const { tenant, startedAt } = result;
  const remark = remarkOn(result);
  return {
    tenant,
    ...(remark !== undefined && { remark }),
    conditions,
    asOf: startedAt,
    ...(quota?.state && { quotaState: quotaStateView(quota.state) }),
    isPaused: result.pause !== undefined,
    ...(lastChange && { lastChange }),
  };
}

function withFacts(conditions: Conditions, { quota, quotaError }: Facts): Conditions {
  const { unknown, standing: held } = quota?.state ?? {};
  if (unknown) return withUnknownQuota(conditions, { ...unknown, ...(held && { since: held.since }) });
  if (quota?.newest) return withQuota(conditions, quota.newest.usage, held?.since ?? quota.newest.at);
  if (!quotaError) return conditions;
  return conditions.map((condition) =>
    condition.type === 'QuotaOk' ? { ...condition, reason: 'Unreadable', message: quotaError.message } : condition,
  );
}

interface Recalled extends Pick<Facts, 'lastChange'> {
  readonly marks: TenantMarks;
  readonly ledgerError?: Error;
}

/** What the ledger knows beside what is ours. */
async function recall(
  { tenant: { tenant } }: Visit,
  { store, records }: Pick<Surroundings, 'store' | 'records'>,
): Promise<Recalled> {
  if (!store || !records) return { marks: {} };
  try {
    const [{ marks }, newest, [lastChange]] = await Promise.all([
      records.read(tenant),
      store.quota.last(tenant),
      store.audit.history({ tenants: [tenant], limit: 1 }),
    ]);
    const quota = marks.quota ?? newest;
    return { marks: { ...marks, ...(quota && { quota }) }, ...(lastChange && { lastChange }) };
  } catch (error) {
    return { marks: {}, ledgerError: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** What is kept of this month, or else a look now; a tenant that could not be read is not asked again. */
async function quotaOf(
  cli: Cli,
  visit: Visit,
  { plan }: ReconcileResult,
  { marks }: Recalled,
  signal: AbortSignal,
): Promise<Pick<Facts, 'quota' | 'quotaError'>> {
  const kept = quotaOverview(visit.tenant, marks, cli.clock.now());
  if (isKnown(kept) || !plan) return { quota: kept };
  try {
    return { quota: await quotaNow(cli, visit, marks, signal) };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof GatewayError)) throw error;
    return { quotaError: error };
  }
}
