import type { Pause } from '../core/pause.js';
import type { Clock, LedgerStore, QuotaLog } from '../core/ports.js';
import type { TenantName } from '../core/state.js';
import type { Fleet } from '../reconcile/fleet.js';
import type { ApiSources, Reload } from './api-sources.js';

export interface ServiceParts {
  readonly fleet: Pick<Fleet, 'statuses' | 'status' | 'quotaPolicy' | 'report' | 'sync' | 'pause' | 'resume'>;
  readonly clock: Clock;
  readonly reload: () => Promise<Reload>;
  readonly quotaLog: Pick<QuotaLog, 'since'>;
  /** Reads the statistics as soon as possible. */
  readonly readQuota: (tenant: TenantName) => Promise<void>;
  /** Absent: there is no history. */
  readonly store?: Pick<LedgerStore, 'audit'>;
}

/** What the API shows and asks for, in a running service. */
export function serviceSources({ fleet, clock, reload, quotaLog, readQuota, store }: ServiceParts): ApiSources {
  /** A person who asks for a run wants to see everything anew. */
  const withQuota = async (tenant: TenantName, isRun: boolean): Promise<boolean> => {
    if (isRun) await readQuota(tenant);
    return isRun;
  };
  return {
    statuses: () => fleet.statuses(),
    status: (tenant) => fleet.status(tenant),
    report: (tenant) => fleet.report(tenant),
    history: async (tenant, range) => store?.audit.history({ tenants: [tenant], ...range }),
    quotaPolicy: (tenant) => fleet.quotaPolicy(tenant),
    readings: (tenant, from) => quotaLog.since(tenant, from),
    sync: async (tenant) => withQuota(tenant, await fleet.sync(tenant)),
    pause: async (tenant, by, reason) => {
      const pause: Pause = { at: clock.now(), by, ...(reason !== undefined && { reason }) };
      const replaced = await fleet.pause(tenant, pause);
      return { pause, ...(replaced && { replaced }) };
    },
    resume: async (tenant) => withQuota(tenant, await fleet.resume(tenant)),
    reload,
  };
}
