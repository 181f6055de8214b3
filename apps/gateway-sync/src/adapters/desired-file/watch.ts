import { setTimeout as sleep } from 'node:timers/promises';
import { contentAt, type Contents } from './contents.js';

export interface FileWatchOptions {
  /** What was read last, whether or not it could be used. Asked before every look. */
  readonly contents: () => Contents;
  /** Reads again. Does not reject. */
  readonly onChange: () => Promise<unknown>;
  /** Between two looks. */
  readonly everyMs?: number;
  /** Between two looks while a change is under way. */
  readonly settleMs?: number;
}

const EVERY_MS = 5_000;
const SETTLE_MS = 1_000;
/** Looking takes a fiftieth of the time at most: ten thousand secrets in as many files are looked at once a minute. */
const COST = 50;

/**
 * Looks whether files still hold what was read of them. Links, mounts and network drives tell nobody when they change, so
 * it reads. A change is reported when two looks in a row find the same, so that a file that is being written, or is
 * missing for a moment, is left to settle.
 */
export class FileWatch {
  readonly #options: FileWatchOptions;
  readonly #stopping = new AbortController();
  #done: Promise<void> = Promise.resolve();

  constructor(options: FileWatchOptions) {
    this.#options = options;
  }

  start(): void {
    this.#done = this.#watch();
  }

  /** Waits for a reading that is under way. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#done;
  }

  async #watch(): Promise<void> {
    const { contents, onChange, everyMs = EVERY_MS, settleMs = SETTLE_MS } = this.#options;
    let seen = '';
    let tookMs = 0;
    while (await this.#waited(seen === '' ? Math.max(everyMs, COST * tookMs) : settleMs)) {
      const before = seen;
      const startedAt = performance.now();
      seen = await differences(contents());
      tookMs = performance.now() - startedAt;
      if (seen === '' || seen !== before) continue;
      seen = '';
      await onChange();
    }
  }

  /** False when it is over. */
  async #waited(ms: number): Promise<boolean> {
    const { signal } = this.#stopping;
    await sleep(ms, undefined, { signal }).catch(() => undefined);
    return !signal.aborted;
  }
}

/** Empty when all files hold what they held; otherwise a text that is the same for the same difference. */
async function differences(contents: Contents): Promise<string> {
  const found: string[] = [];
  for (const [path, content] of contents) {
    const now = await contentAt(path);
    if (now !== content) found.push(`${path} ${now}`);
  }
  return found.join('\n');
}
