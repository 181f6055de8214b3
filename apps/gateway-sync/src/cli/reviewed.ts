import { fleetChecksum } from '../core/checksum.js';
import type { Plan } from '../core/plan.js';
import type { TenantName } from '../core/state.js';
import { UsageError } from './cli.js';
import type { TenantRuns } from './run-tenants.js';

/**
 * One checksum for everything that an `apply` would write: over the plans of all tenants but those that are only
 * observed. `undefined` while one of these plans is not known.
 */
export function combinedChecksum({ results, interrupted }: TenantRuns): string | undefined {
  const written = results.filter(({ mode }) => mode === 'enforce');
  const checksums = written.flatMap(({ plan }) => (plan ? [plan.checksum] : []));
  return interrupted.length === 0 && checksums.length === written.length ? fleetChecksum(checksums) : undefined;
}

/** Tenants that keep the combined checksum from being known. */
export function unplanned({ results, interrupted }: TenantRuns): TenantName[] {
  const unread = results.filter(({ mode, plan }) => mode === 'enforce' && !plan);
  return [...unread.map(({ tenant }) => tenant), ...interrupted];
}

/** Whether these plans are the ones that were reviewed; a tenant on its own may go by the checksum of its own plan. */
export function isReviewed(runs: TenantRuns, reviewed: string): boolean {
  if (combinedChecksum(runs) === reviewed) return true;
  const [only, ...others] = runs.results;
  return runs.interrupted.length === 0 && others.length === 0 && only?.plan?.checksum === reviewed;
}

/**
 * Whether every tenant that is written is in sync for certain, so that no other plan can do harm: a job that is run again
 * after it succeeded is no mistake.
 */
export function isNothingLeft({ results, interrupted }: TenantRuns): boolean {
  const written = results.filter(({ mode }) => mode === 'enforce');
  const inSync = written.every(({ outcome, plan }) => outcome === 'in-sync' && plan && !mayHide(plan));
  return interrupted.length === 0 && written.length > 0 && inSync;
}

/** Whether a plan may have nothing to do only because there is no ledger: then nothing is removed and no secret replaced. */
function mayHide({ problems, foreign }: Plan): boolean {
  const unsure = problems.some(({ kind }) => kind === 'ledger-lost' || kind === 'secret-unknown');
  return unsure || foreign.some(({ reason }) => reason === 'no-ledger');
}

/** What every tenant is held to from here on. */
export function expectedChecksums({ results }: TenantRuns): Map<TenantName, string> {
  return new Map(
    results.flatMap(({ tenant, mode, plan }) => (plan && mode === 'enforce' ? [[tenant, plan.checksum] as const] : [])),
  );
}

/** The checksum as the command line gives it. */
export function parseChecksum(text: string): string {
  const checksum = text.trim().toLowerCase();
  if (/^[0-9a-f]{64}$/.test(checksum)) return checksum;
  throw new UsageError(`--plan-checksum takes the 64 hexadecimal digits that plan shows; it was given ${text}`);
}
