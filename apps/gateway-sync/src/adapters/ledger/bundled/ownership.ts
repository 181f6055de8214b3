import { randomUUID } from 'node:crypto';
import { chown, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LedgerError } from '../../../core/errors.js';
import type { LedgerLog } from '../ledger-log.js';
import { Outage } from '../../outage.js';
import type { Account } from './account.js';
import type { Cluster } from './cluster.js';
import type { Machine } from './machine.js';

/** Who did not touch its file for as long is gone. */
const GONE_MS = 30_000;
const TOUCH_MS = 1_000;
/** How often a file of somebody else is looked at, to see whether it is touched. */
const LOOK_MS = 500;

interface Found {
  readonly id: string;
  readonly host: string;
  readonly touchedAt: number;
}

/**
 * Keeps other machines and containers away from the data: PostgreSQL guards them with process ids, which say nothing about
 * processes elsewhere. A file names the machine that uses the data, and all processes of that machine touch it. All times
 * are those of the file system, so that clocks need not agree.
 */
export class Ownership {
  readonly #cluster: Cluster;
  readonly #machine: Machine;
  readonly #account: Account;
  readonly #file: string;
  readonly #log: LedgerLog;
  readonly #outage: Outage;
  readonly #ending = new AbortController();
  #touching: Promise<void> | undefined;
  #lost = false;

  constructor(cluster: Cluster, machine: Machine, account: Account, log: LedgerLog) {
    this.#cluster = cluster;
    this.#machine = machine;
    this.#account = account;
    this.#file = join(cluster.root, 'owner');
    this.#log = log;
    this.#outage = new Outage(log, {
      begins: 'cannot keep other machines away from the data of the bundled PostgreSQL',
      ends: 'other machines are kept away from the data of the bundled PostgreSQL again',
    });
  }

  /** Whether somebody else has the data by now: this machine stood still for too long. */
  get isLost(): boolean {
    return this.#lost;
  }

  /** Takes the data for this machine, and keeps them. Rejects while another one uses them. */
  async claim(signal?: AbortSignal): Promise<void> {
    let first: Found | undefined;
    for (;;) {
      signal?.throwIfAborted();
      const found = await this.#touch();
      if (!found) break;
      if (first && first.touchedAt !== found.touchedAt && found.id !== '') throw this.#taken(found);
      if (!first && found.id !== '') {
        const used = `the data of the bundled PostgreSQL were used by another machine or container, ${found.host}, a moment ago`;
        this.#log.warn({}, `${used}: waiting up to ${GONE_MS / 1_000} s until it is certainly gone`);
      }
      first = found;
      if (await this.#replaceIfGone(found)) first = undefined;
      await sleep(LOOK_MS, undefined, { signal });
    }
    this.#lost = false;
    this.#touching ??= this.#keep();
  }

  /** No longer touches the file. `free`: nothing runs on the data any more. */
  async end(free: boolean): Promise<void> {
    this.#ending.abort();
    await this.#touching;
    if (free && !this.#lost) await rm(this.#file, { force: true });
  }

  async #keep(): Promise<void> {
    const { signal } = this.#ending;
    while (!signal.aborted) {
      try {
        const found = await this.#touch();
        // An empty one is just being made, by a process of this machine or another.
        if (found && found.id !== '') this.#lost = true;
        this.#outage.end();
      } catch (error) {
        this.#outage.begin({ err: error });
      }
      // Aborting it is how we stop.
      await sleep(TOUCH_MS, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  /** Touches our file, or makes it; answers what stands there when it is not ours. */
  async #touch(): Promise<Found | undefined> {
    const file = await open(this.#file, 'r+').catch(unlessCode('ENOENT'));
    if (!file) return this.#make();
    try {
      const [{ mtimeMs }, text] = [await file.stat(), await file.readFile('utf8')];
      const [id = '', host = ''] = text.split('\n');
      if (id !== this.#machine.id) return { id, host, touchedAt: mtimeMs };
      await file.write(this.#text, 0);
      return undefined;
    } finally {
      await file.close();
    }
  }

  async #make(): Promise<Found | undefined> {
    const made = await this.#write(this.#file).then(() => true, unlessCode('EEXIST'));
    return made ? undefined : this.#touch();
  }

  /** Two that do so at once find out when they look again: the last one has it. */
  async #replaceIfGone({ touchedAt }: Found): Promise<boolean> {
    const now = `${this.#file}.${randomUUID()}`;
    try {
      await this.#write(now);
      if ((await stat(now)).mtimeMs - touchedAt < GONE_MS) return false;
      await rename(now, this.#file);
      return true;
    } finally {
      await rm(now, { force: true });
    }
  }

  async #write(path: string): Promise<void> {
    await writeFile(path, this.#text, { flag: 'wx', mode: 0o600 });
    const { ids } = this.#account;
    if (ids) await chown(path, ids.uid, ids.gid);
  }

  get #text(): string {
    return `${this.#machine.id}\n${this.#machine.host}\n`;
  }

  #taken({ host }: Found): LedgerError {
    return new LedgerError(
      `The bundled PostgreSQL in ${this.#cluster.root} is used by another machine or container, ${host}, and two would destroy the data: run commands there; or set DATABASE_URL to a PostgreSQL for both; or stop the other one, wait ${GONE_MS / 1_000} s, and start again`,
      { transient: false },
    );
  }
}

function unlessCode(code: string): (error: unknown) => undefined {
  return (error) => {
    if (error instanceof Error && 'code' in error && error.code === code) return undefined;
    throw error;
  };
}
