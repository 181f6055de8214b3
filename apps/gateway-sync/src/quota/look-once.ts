import { countingAfter, type Counted, type Delivers, needsAsking, providerInFile } from '../core/counting.js';
import { GatewayError } from '../core/errors.js';
import type { Clock, Gateway, QuotaStatistics } from '../core/ports.js';
import { HISTORY_MS, lookAtQuota, type QuotaLook, type TimedUsage } from '../core/quota-look.js';
import { monthBounds, monthOf } from '../core/quota-month.js';
import { countOf } from '../core/judge-reading.js';
import type { Counting } from '../core/quota-state.js';
import type { DesiredTenant } from '../core/state.js';
import type { TenantMarks } from '../core/tenant-record.js';

export interface QuotaTenant {
  readonly desired: DesiredTenant;
  readonly gateway: Pick<Gateway, 'readQuota' | 'listConfigs' | 'endpoints'>;
}

/** What is known before a look. */
export interface LookAround {
  readonly marks: TenantMarks;
  /** Earlier readings since a time, oldest first. */
  readonly history: (from: number) => Promise<readonly TimedUsage[]>;
  readonly clock: Clock;
}

/** Reads a tenant's statistics and judges them; keeps nothing. Throws a `GatewayError` where they cannot be read. */
export async function lookOnce(
  { desired, gateway }: QuotaTenant,
  { marks, history, clock }: LookAround,
  signal: AbortSignal,
): Promise<QuotaLook> {
  const { tenant, quota: policy } = desired;
  const month = monthOf(clock.now(), policy.timeZone);
  const statistics = await gateway.readQuota(month, signal);
  const counting = await countingOf({ desired, gateway }, { marks, month, statistics, now: clock.now() }, signal);
  const now = clock.now();
  return lookAtQuota({
    tenant,
    policy,
    now,
    month,
    statistics,
    marks,
    counting,
    history: await history(now - HISTORY_MS),
  });
}

/** Whether what the tenant sends is counted; asks it how it delivers where nothing else tells. */
async function countingOf(
  { desired, gateway }: QuotaTenant,
  {
    marks,
    month,
    statistics,
    now,
  }: {
    readonly marks: TenantMarks;
    readonly month: string;
    readonly statistics: QuotaStatistics;
    readonly now: number;
  },
  signal: AbortSignal,
): Promise<Counting | undefined> {
  const usage = marks.quota?.usage;
  const counted: Counted = {
    month,
    from: monthBounds(month, desired.quota.timeZone).from,
    count: countOf(statistics, month),
    ...(usage?.month === month && { before: usage.used }),
    now,
  };
  const known = marks.quotaState?.counting;
  const provider = providerInFile(desired);
  if (provider) return countingAfter(known, { provider }, counted);
  if (!needsAsking(known, counted)) return countingAfter(known, undefined, counted);
  return countingAfter(known, { ...(await activeProvider(gateway, known, signal)), askedAt: now }, counted);
}

/** Nothing new where the tenant does not tell; the statistics were read all the same. */
async function activeProvider(
  gateway: QuotaTenant['gateway'],
  known: Counting | undefined,
  signal: AbortSignal,
): Promise<Pick<Delivers, 'provider'>> {
  try {
    const provider = (await gateway.listConfigs(signal)).find(({ active }) => active)?.provider;
    return { ...(provider && { provider }) };
  } catch (error) {
    if (signal.aborted || !(error instanceof GatewayError)) throw error;
    return { ...(known?.provider && { provider: known.provider }) };
  }
}
