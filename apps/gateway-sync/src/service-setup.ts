import type { Logger } from 'pino';
import type { DesiredFile } from './adapters/desired-file/desired-file.js';
import type { Clock, LedgerStore } from './core/ports.js';
import type { BuildInfo } from './metrics/metrics.js';

/** What the service is started with; everything else follows from it. */
export class ServiceSetup {
  readonly file: DesiredFile;
  readonly logger: Logger;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** Names a reconcile in the logs. */
  readonly newId: () => string;
  readonly build: BuildInfo;
  /** Host and process, for the audit. */
  readonly actor: string;
  /** Absent: nothing is known to be ours, and nothing is removed. Whoever opened it closes it. */
  readonly store?: LedgerStore;

  constructor(parts: ServiceSetup) {
    this.file = parts.file;
    this.logger = parts.logger;
    this.clock = parts.clock;
    this.random = parts.random;
    this.newId = parts.newId;
    this.build = parts.build;
    this.actor = parts.actor;
    if (parts.store) this.store = parts.store;
  }
}
