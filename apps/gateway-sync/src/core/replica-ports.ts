import type { JsonObject } from './json.js';
import type { Outbox } from './outbox.js';
import type { Pause } from './pause.js';
import type { QuotaUsage } from './quota.js';
import type { QuotaState } from './quota-state.js';
import type { TenantName } from './state.js';
import type { TenantMarks, TenantRecord } from './tenant-record.js';

/** How every tenant stands, shared by all replicas. Rejects when it cannot be reached. */
export interface TenantRecords {
  /** Fresh, for a run that is about to start. */
  read(tenant: TenantName): Promise<{ readonly record?: TenantRecord; readonly marks: TenantMarks }>;
  /** Takes the place of the last record and report, and leaves the marks as they are. */
  write(record: TenantRecord, report: JsonObject): Promise<void>;
  /** Sets or ends the pause; `undefined` ends it. */
  pause(tenant: TenantName, pause: Pause | undefined): Promise<void>;
  /** Keeps the newest reading beside the record. */
  readQuota(tenant: TenantName, usage: QuotaUsage, at: number): Promise<void>;
  /** Keeps what else is known of the quota, unless something newer is kept. */
  keepQuotaState(tenant: TenantName, state: QuotaState): Promise<void>;
  /** What changed after `cursor` (absent: everything), by whomever; without what only a run needs. */
  changes(cursor?: RecordCursor): Promise<RecordChanges>;
  /** What the last run had to do; absent before the first. */
  report(tenant: TenantName): Promise<JsonObject | undefined>;
  /** Of tenants that the file names no longer. */
  forget(tenants: readonly TenantName[]): Promise<void>;
}

/** How far changes were read: hand it back as it is. */
export type RecordCursor = string;

export interface RecordChanges {
  readonly rows: readonly {
    readonly tenant: TenantName;
    readonly record?: Omit<TenantRecord, 'memory'>;
    readonly marks: TenantMarks;
  }[];
  readonly cursor: RecordCursor;
}

/** Keeps two runs of one tenant apart, in this process and on every replica, commands included. */
export interface RunLocks {
  /**
   * Holds the tenant, or answers `undefined` when somebody else does. `signal` aborts as soon as the hold can no longer be
   * relied on: the run has to end then. Rejects with a `LedgerError` when the database cannot be reached.
   */
  hold(tenant: TenantName): Promise<HeldLock | undefined>;
}

export interface HeldLock {
  readonly signal: AbortSignal;
  release(): Promise<void>;
}

/** The processes that serve the same `instance`, and which of them has the newest file. */
export interface Replicas {
  /** Announces this process and the file it works with, and from then on that it lives. */
  announce(file: AnnouncedFile): Promise<Standing>;
  /** Asks again; call it every few seconds. */
  beat(): Promise<Standing>;
  /** Leaves at once instead of by not being heard of. */
  leave(): Promise<void>;
}

export interface AnnouncedFile {
  readonly hash: string;
  /** When it was read, by `performance.now()`: a clock that nobody sets. */
  readonly readAt: number;
  /**
   * It took the place of another one while running, and is the newest unless somebody read another one since. Otherwise the
   * process started with it, and it is the newest only if nobody has had it before.
   */
  readonly reloaded: boolean;
}

/** `leading`: it has the newest file. `behind`: a live replica has a newer one; no run may start here. */
export interface Standing {
  readonly role: 'leading' | 'behind';
  /** Of the file that this process works with; grows with every new file. */
  readonly generation: number;
  /** Processes that were heard of lately, this one included. */
  readonly replicas: number;
}

export interface FleetStore {
  readonly outbox: Outbox;
  readonly records: TenantRecords;
  readonly replicas: Replicas;
}

/** Services with a budget of their own; tokens count as `emporix`. */
export type Upstream = 'emporix' | 'svix';

/** Requests a second. */
export type RequestRates = Readonly<Record<Upstream, number>>;

/** Whose budget it is, and how large. */
export interface BudgetWish {
  /** Scheme, host and port of Emporix: who asks another one shares nothing with us, and gets to another account at Svix. */
  readonly origin: string;
  readonly rates: RequestRates;
}

/** A share in what all replicas together may ask of one upstream. */
export interface RequestBudget {
  /** Resolves when one more request may start. */
  take(upstream: Upstream, signal?: AbortSignal): Promise<void>;
}
