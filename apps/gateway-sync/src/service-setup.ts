import type { Logger } from 'pino';
import type { DesiredFile } from './adapters/desired-file/desired-file.js';
import type { Clock } from './core/ports.js';
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

  constructor(parts: ServiceSetup) {
    this.file = parts.file;
    this.logger = parts.logger;
    this.clock = parts.clock;
    this.random = parts.random;
    this.newId = parts.newId;
    this.build = parts.build;
  }
}
