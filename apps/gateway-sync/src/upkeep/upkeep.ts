import type { Logger } from 'pino';
import type { DesiredFile } from '../adapters/desired-file/desired-file.js';
import { BEAT_MS } from '../core/generations.js';
import { LONGEST_MS } from '../core/quota-clock.js';
import { fileHash } from '../core/desired-hash.js';
import type { LedgerStore } from '../core/ports.js';
import type { AnnouncedFile, Replicas, Standing } from '../core/replica-ports.js';
import type { Secret } from '../core/secret.js';
import type { Notifier } from '../notify/notifier.js';
import type { QuotaWatch } from '../quota/quota-watch.js';
import type { Fleet } from '../reconcile/fleet.js';
import type { Gateways } from '../reconcile/gateways.js';
import { OutageLog } from '../reconcile/outage-log.js';
import { cadenceOf, paceOf } from '../reconcile/wish.js';

export interface UpkeepOptions {
  readonly gateways: Gateways;
  readonly fleet: Fleet;
  readonly quotaWatch: QuotaWatch;
  readonly notifier: Notifier;
  readonly replicas: Replicas;
  /** Keys the hash of the file. */
  readonly key: Secret;
  readonly metrics: { stands(standing: Standing): void };
  readonly logger: Logger;
  /** Keeps records as long as the file says. */
  readonly store?: Pick<LedgerStore, 'keep'>;
  readonly beatMs?: number;
}

/** When a file was read, and whether it took the place of another. */
export type FileReading = Omit<AnnouncedFile, 'hash'>;

/** Keeps the parts of the service in step with the file in force, and with the other replicas. */
export class Upkeep {
  readonly #options: UpkeepOptions;
  readonly #beating: OutageLog;
  readonly #stopping = new AbortController();
  #file: DesiredFile | undefined;
  #reading: FileReading | undefined;
  /** The file in force is still to be arranged with the other replicas and the schedules. */
  #unsettled = false;
  #standing: Standing | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** One thing after the other: a reload, a beat. */
  #turn: Promise<void> = Promise.resolve();

  constructor(options: UpkeepOptions) {
    this.#options = options;
    this.#beating = new OutageLog(options.logger, 'the schedule cannot be brought in line; it is tried again');
    options.fleet.onNewerFile(() => this.#inTurn(() => this.#beat()));
  }

  /** Takes up a file: the one that the service starts with, or one that was loaded while running. */
  take(file: DesiredFile, reading: FileReading): Promise<void> {
    return this.#inTurn(async () => {
      const { gateways, fleet, quotaWatch, notifier, store } = this.#options;
      store?.keep(file.retention);
      const tenants = await gateways.connect(file);
      this.#file = file;
      this.#reading = reading;
      this.#unsettled = true;
      fleet.take({ tenants, cadence: cadenceOf(file), pace: paceOf(file) });
      quotaWatch.take({ tenants, jitter: file.sync.jitterPercent / 100, pace: paceOf(file, LONGEST_MS) });
      notifier.take(file.notify);
      await this.#beat();
      this.#timer ??= this.#beatLater();
    });
  }

  /** Among the other replicas, as far as it was heard of them; undefined before the first time. */
  get standing(): Standing | undefined {
    return this.#standing;
  }

  /** Lets runs in flight finish, aborts them after `graceMs`, and leaves the other replicas. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping.abort();
    clearTimeout(this.#timer);
    const { fleet, quotaWatch, notifier, replicas } = this.#options;
    // Not after what is under way: a start with thousands of tenants takes its time, and this cuts it short.
    const parts = [fleet, quotaWatch, notifier].map((part) => part.stop(graceMs));
    await Promise.all([...parts, this.#turn.catch(() => undefined)]);
    await replicas.leave().catch(() => undefined);
  }

  /** What fails is tried again with the next beat. */
  async #beat(): Promise<void> {
    const { fleet, quotaWatch, notifier, replicas, metrics } = this.#options;
    const before = this.#standing;
    try {
      const after = this.#unsettled ? await replicas.announce(this.#announced()) : await replicas.beat();
      const isSettled = !this.#unsettled && before?.role === after.role && before.generation === after.generation;
      // A run that ended late may have left a record, or they could not be read: the next start is judged by what is there.
      if (isSettled && after.role === 'leading') await fleet.letGo();
      const isInformed = await fleet.follow();
      if (!isSettled) {
        this.#unsettled = true;
        await fleet.arrange(after);
        await quotaWatch.arrange(after.role === 'leading');
        notifier.arrange(after.role === 'leading');
        // Which tenants the file says something else of than what is kept, is known only by what is kept.
        this.#unsettled = !isInformed;
      }
      this.#standing = after;
      metrics.stands(after);
      this.#told(before);
      this.#beating.over();
    } catch (error) {
      if (!this.#stopping.signal.aborted) this.#beating.failed(error);
    }
  }

  #beatLater(): NodeJS.Timeout | undefined {
    if (this.#stopping.signal.aborted) return undefined;
    return setTimeout(() => {
      void this.#inTurn(() => this.#beat()).finally(() => (this.#timer = this.#beatLater()));
    }, this.#options.beatMs ?? BEAT_MS);
  }

  #announced(): AnnouncedFile {
    if (!this.#file || !this.#reading) throw new Error('No file was taken up');
    const { path: _, hash: __, ...wish } = this.#file;
    return { hash: fileHash(wish, this.#options.key), ...this.#reading };
  }

  #told(before: Standing | undefined): void {
    if (before?.role === this.#standing?.role) return;
    const { logger } = this.#options;
    if (this.#standing?.role === 'leading') {
      if (before) logger.info('this file is the newest again: runs start here');
    } else logger.warn('standing by: another replica has a newer file; nothing is done here until this one has it too');
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#turn.catch(() => undefined).then(work);
    this.#turn = turn;
    return turn;
  }
}
