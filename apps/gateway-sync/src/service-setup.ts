import type { Logger } from 'pino';
import type { Contents, OnRead } from './adapters/desired-file/contents.js';
import type { DesiredFile } from './adapters/desired-file/desired-file.js';
import type { Outbox } from './core/outbox.js';
import type { Clock, LedgerStore } from './core/ports.js';
import type { Replicas, TenantRecords } from './core/replica-ports.js';
import type { Purpose, Schedule } from './core/schedule.js';
import type { Secret } from './core/secret.js';
import type { TenantName } from './core/state.js';
import type { BuildInfo } from './metrics/metrics.js';

/** Told of a job that threw. */
export type OnJobError = (tenant: TenantName, error: unknown) => void;

/** How the file is read again. */
export interface Watching {
  /** What was read for the file that the service starts with. */
  readonly contents: Contents;
  /** Throws a `ConfigError` with every problem. */
  readonly load: (onRead: OnRead) => Promise<DesiredFile>;
  /** Between two looks at the file, in milliseconds. */
  readonly everyMs?: number;
}

/** What the service is started with; everything else follows from it. */
export class ServiceSetup {
  readonly file: DesiredFile;
  /** When it was read, by `performance.now()`. */
  readonly readAt: number;
  readonly logger: Logger;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** Names a reconcile in the logs. */
  readonly newId: () => string;
  readonly build: BuildInfo;
  /** Host and process, for the audit. */
  readonly actor: string;
  /** Keys the hashes of what the file says; the same for all replicas. */
  readonly key: Secret;
  readonly records: TenantRecords;
  readonly replicas: Replicas;
  readonly outbox: Outbox;
  readonly schedule: (purpose: Purpose, onError: OnJobError) => Schedule;
  /** Bearer token of the writing routes; absent: they are closed. */
  readonly apiToken?: Secret;
  /** Whether the reading routes of the API want the token too. */
  readonly protectReads: boolean;
  /** Absent: nothing is known to be ours, and nothing is removed. Whoever opened it closes it. */
  readonly store?: LedgerStore;
  /** Absent: the file is never read again. */
  readonly watching?: Watching;

  constructor(parts: ServiceSetup) {
    this.file = parts.file;
    this.readAt = parts.readAt;
    this.logger = parts.logger;
    this.clock = parts.clock;
    this.random = parts.random;
    this.newId = parts.newId;
    this.build = parts.build;
    this.actor = parts.actor;
    this.key = parts.key;
    this.records = parts.records;
    this.replicas = parts.replicas;
    this.outbox = parts.outbox;
    this.schedule = parts.schedule;
    this.protectReads = parts.protectReads;
    if (parts.apiToken) this.apiToken = parts.apiToken;
    if (parts.store) this.store = parts.store;
    if (parts.watching) this.watching = parts.watching;
  }
}
