import type { Pause } from '../core/pause.js';
import type { Clock, LedgerStore } from '../core/ports.js';
import type { Fleet } from '../reconcile/fleet.js';
import type { ApiSources, Reload } from './api-sources.js';

export interface ServiceParts {
  readonly fleet: Pick<Fleet, 'statuses' | 'status' | 'report' | 'sync' | 'pause' | 'resume'>;
  readonly clock: Clock;
  readonly reload: () => Promise<Reload>;
  /** Absent: there is no history, and no reading but the newest. */
  readonly store?: Pick<LedgerStore, 'audit' | 'quota'>;
}

/** What the API shows and asks for, in a running service. */
export function serviceSources({ fleet, clock, reload, store }: ServiceParts): ApiSources {
  return {
    statuses: () => fleet.statuses(),
    status: (tenant) => fleet.status(tenant),
    report: (tenant) => fleet.report(tenant),
    history: async (tenant, range) => store?.audit.history({ tenants: [tenant], ...range }),
    readings: async (tenant, from) => store?.quota.since(tenant, from) ?? [],
    sync: (tenant) => fleet.sync(tenant),
    pause: async (tenant, by, reason) => {
      const pause: Pause = { at: clock.now(), by, ...(reason !== undefined && { reason }) };
      const replaced = await fleet.pause(tenant, pause);
      return { pause, ...(replaced && { replaced }) };
    },
    resume: (tenant) => fleet.resume(tenant),
    reload,
  };
}
