import type { ConfigProblem } from '../core/errors.js';
import type { JsonObject } from '../core/json.js';
import type { Pause } from '../core/pause.js';
import type { AuditRecord } from '../core/ports.js';
import type { TimedUsage } from '../core/quota-look.js';
import type { QuotaPolicy } from '../core/quota-policy.js';
import type { TenantName } from '../core/state.js';
import type { TenantStatus } from '../core/tenant-record.js';

/**
 * What the HTTP API shows and asks for. What reads the database rejects with a `LedgerError` when that cannot be reached.
 * Methods that take a tenant are only called for one that {@link ApiSources.status} knows.
 */
export interface ApiSources {
  statuses(): readonly TenantStatus[];
  /** Absent for a tenant that the file does not have. */
  status(tenant: TenantName): TenantStatus | undefined;
  /** See `planReport`; absent before the first run. */
  report(tenant: TenantName): Promise<JsonObject | undefined>;
  /** What was written, newest first; absent where nothing is kept. */
  history(
    tenant: TenantName,
    range: { readonly limit: number; readonly before?: AuditRecord['id'] },
  ): Promise<readonly AuditRecord[] | undefined>;
  /** What the file says of the quota. */
  quotaPolicy(tenant: TenantName): QuotaPolicy;
  /** Readings of the quota since a time, oldest first. */
  readings(tenant: TenantName, from: number): Promise<readonly TimedUsage[]>;

  /** Asks for a run. False: there will be none, because another replica has a newer file, which does not name the tenant. */
  sync(tenant: TenantName): Promise<boolean>;
  pause(tenant: TenantName, by: string, reason: string | undefined): Promise<Paused>;
  /** Ends the pause, and asks for a run; see {@link sync}. */
  resume(tenant: TenantName): Promise<boolean>;
  reload(): Promise<Reload>;
}

/** A pause that is in force now, and the one that it took the place of. */
export interface Paused {
  readonly pause: Pause;
  readonly replaced?: Pause;
}

export const API_SOURCES = Symbol('API_SOURCES');
export const API_CLOCK = Symbol('API_CLOCK');

/** What became of reading the file again. */
export type Reload =
  | {
      readonly type: 'loaded';
      /** Whether the file says anything else than the one before. */
      readonly changed: boolean;
      /** Of the content. */
      readonly hash: string;
      readonly added: readonly TenantName[];
      readonly removed: readonly TenantName[];
      readonly updated: readonly TenantName[];
    }
  | {
      readonly type: 'withheld';
      /** With the counts it was decided on. */
      readonly message: string;
      /** The exact way to allow it. */
      readonly allow: string;
    }
  | { readonly type: 'invalid'; readonly problems: readonly ConfigProblem[] };
