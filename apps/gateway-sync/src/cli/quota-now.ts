import { type QuotaOverview, quotaOverview } from '../core/quota-overview.js';
import type { TenantMarks } from '../core/tenant-record.js';
import { lookOnce } from '../quota/look-once.js';
import type { Cli } from './cli.js';
import type { Visit } from './for-tenants.js';

/** One look at the statistics, judged as the service judges it. What is given up is up to the service, so it stays. */
export async function quotaNow(
  cli: Cli,
  { tenant, gateway }: Visit,
  marks: TenantMarks,
  signal: AbortSignal,
): Promise<QuotaOverview> {
  const around = { marks, clock: cli.clock, history: () => Promise.resolve([]) };
  const { usage, state } = await lookOnce({ desired: tenant, gateway: gateway() }, around, signal);
  const { shed: _, ...looked } = state;
  const held = marks.quotaState?.shed;
  const seen = {
    ...(usage && { quota: { usage, at: state.at } }),
    quotaState: { ...looked, ...(held && { shed: held }) },
  };
  return quotaOverview(tenant, { ...marks, ...seen }, state.at);
}
