import type { Logger } from 'pino';
import type { Contents, OnRead } from '../adapters/desired-file/contents.js';
import type { DesiredFile } from '../adapters/desired-file/desired-file.js';
import { desiredHash } from '../core/desired-hash.js';
import { ConfigError } from '../core/errors.js';
import { compareFiles, type FileChange, judgeChange } from '../core/file-change.js';
import type { Clock } from '../core/ports.js';
import type { Secret } from '../core/secret.js';
import { inTurns } from '../in-turns.js';
import { logReload } from './log-reload.js';
import type { ReloadCause, ReloadOutcome } from './outcome.js';

export interface ReloaderOptions {
  /** In force at the start, and what was read for it. */
  readonly file: DesiredFile;
  readonly contents: Contents;
  /** Throws a `ConfigError` with every problem. */
  readonly load: (onRead: OnRead) => Promise<DesiredFile>;
  /** Puts a file in force. `readAt`: by `performance.now()`. */
  readonly apply: (file: DesiredFile, change: FileChange, readAt: number) => Promise<void>;
  /** Keys the hashes that files are compared by. */
  readonly key: Secret;
  readonly metrics: { fileLoaded(successful: boolean, at: number): void };
  readonly logger: Logger;
  readonly clock: Clock;
}

/** Reads the file again when asked to, and puts it in force unless something speaks against it. */
export class Reloader {
  readonly #options: ReloaderOptions;
  #file: DesiredFile;
  #contents: Contents;
  #last: ReloadOutcome | undefined;
  #rejectedSince: number | undefined;
  #running: Promise<ReloadOutcome> | undefined;
  #next: Promise<ReloadOutcome> | undefined;

  constructor(options: ReloaderOptions) {
    this.#options = options;
    this.#file = options.file;
    this.#contents = options.contents;
  }

  /** The one in force: the last good one. */
  get file(): DesiredFile {
    return this.#file;
  }

  /** What the last attempt read, good or not. */
  get contents(): Contents {
    return this.#contents;
  }

  /** Undefined before the first reload. */
  get last(): ReloadOutcome | undefined {
    return this.#last;
  }

  /** Since when the file as it is cannot be taken up, milliseconds since the epoch; undefined while it is in force. */
  get rejectedSince(): number | undefined {
    return this.#rejectedSince;
  }

  /** One at a time; whoever asks meanwhile shares the one after it, because this one may have read already. Never rejects. */
  reload(cause: ReloadCause): Promise<ReloadOutcome> {
    if (!this.#running) {
      this.#running = this.#reload(cause).finally(() => (this.#running = undefined));
      return this.#running;
    }
    this.#next ??= this.#running.then(() => {
      this.#next = undefined;
      return this.reload(cause);
    });
    return this.#next;
  }

  async #reload(cause: ReloadCause): Promise<ReloadOutcome> {
    const { clock, metrics, logger } = this.#options;
    const outcome = { cause, ...(await this.#attempt()), at: clock.now() };
    this.#last = outcome;
    const isGood = outcome.type === 'applied' || outcome.type === 'unchanged';
    this.#rejectedSince = isGood ? undefined : (this.#rejectedSince ?? outcome.at);
    metrics.fileLoaded(isGood, outcome.at);
    logReload(logger, outcome, this.#file);
    return outcome;
  }

  async #attempt(): Promise<Attempt> {
    const { load, apply, key } = this.#options;
    const contents = new Map<string, string>();
    this.#contents = contents;
    const readAt = performance.now();
    try {
      // Of a file that changed between two references to it the first content counts: the watch finds the difference.
      const file = await load((path, content) => contents.set(path, contents.get(path) ?? content));
      // Ten thousand tenants keep everything waiting for a second when they are hashed in one go.
      await inTurns(file.tenants, (tenant) => desiredHash(tenant, key));
      const change = compareFiles(this.#file, file, key);
      const verdicts = judgeChange(this.#file, file, change);
      if (verdicts.length > 0) return { type: 'withheld', verdicts, change };
      if (file.hash === this.#file.hash && isEmpty(change)) return { type: 'unchanged' };
      await apply(file, change, readAt);
      this.#file = file;
      return { type: 'applied', change };
    } catch (error) {
      if (error instanceof ConfigError) return { type: 'invalid', problems: error.problems };
      return { type: 'failed', error: error instanceof Error ? error : new Error(String(error)) };
    }
  }
}

type WithoutTime<Outcome> = Outcome extends unknown ? Omit<Outcome, 'cause' | 'at'> : never;
type Attempt = WithoutTime<ReloadOutcome>;

function isEmpty({ added, removed, changed, settings }: FileChange): boolean {
  return added.length + removed.length + changed.length + settings.length === 0;
}
