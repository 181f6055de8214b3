import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { Secret } from '../../../core/secret.js';
import { LedgerError } from '../../../core/errors.js';
import type { LedgerLog } from '../ledger-log.js';
import { findAccount } from './account.js';
import { findBinaries } from './binaries.js';
import { type Cluster, clusterIn, ensureCluster, readPassword, USER } from './cluster.js';
import { isLast, LEASE_DATABASE, leaseOf, tryLease, type Server } from './lease.js';
import { type Machine, thisMachine } from './machine.js';
import { Ownership } from './ownership.js';
import { pidIn, stopLostPostmaster, stopPostmaster, stopWaitingPostmaster } from './postmaster.js';

export interface BundledServerOptions {
  readonly dataDir: string;
  readonly log: LedgerLog;
  /** Absent: this one. */
  readonly machine?: Machine;
}

const RETRY_MS = { first: 250, longest: 30_000 };
/** How long a server that is just starting is waited for at the end, so that none is left behind. */
const LAST_LOOK_MS = 5_000;
/** How often somebody looks whether the server was told to stop. */
const LOOK_MS = 1_000;

/** A PostgreSQL server of our own, shared by all our processes with the same data directory. */
export class BundledServer {
  /** Address with the password. */
  readonly url: Secret;
  readonly #server: Server;
  readonly #log: LedgerLog;
  readonly #closing = new AbortController();
  #lease: pg.Client;
  #keeping: Promise<void> = Promise.resolve();
  readonly #guarding: Promise<void>;

  private constructor(server: Server, lease: pg.Client, password: Secret, log: LedgerLog) {
    this.#server = server;
    this.#lease = lease;
    this.#log = log;
    const host = encodeURIComponent(server.cluster.socketFolder);
    this.url = new Secret(`postgresql://${USER}:${password.reveal()}@localhost/${LEASE_DATABASE}?host=${host}`);
    this.#watch(lease);
    this.#guarding = this.#guard();
  }

  /** Finds the running server, or makes and starts it. */
  static async open({ dataDir, log, machine }: BundledServerOptions): Promise<BundledServer> {
    const cluster = clusterIn(dataDir);
    let ownership: Ownership | undefined;
    try {
      const binaries = findBinaries();
      const account = await findAccount([cluster.root, binaries.initdb], process.getuid?.() === 0);
      await ensureCluster(cluster, binaries, account, (message) => log.warn({}, message));
      ownership = new Ownership(cluster, machine ?? (await thisMachine()), account, log);
      await ownership.claim();
      const password = await readPassword(cluster);
      const server = { cluster, binaries, account, ownership };
      return new BundledServer(server, await leaseOf(server, password, log), password, log);
    } catch (error) {
      await ownership?.end(false);
      throw startError(error, cluster);
    }
  }

  /** Lets go of the server, and stops it when nobody else uses it. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([this.#keeping, this.#guarding]);
    const { ownership } = this.#server;
    let free = false;
    try {
      if (!ownership.isLost && (await this.#isLast())) {
        await this.#stop();
        free = true;
      }
    } catch (error) {
      // The server is gone already, or the connection: then the next process finds what is there.
      if (error instanceof LedgerError) throw error;
    } finally {
      await ownership.end(free);
      await this.#lease.end().catch(() => {});
    }
  }

  async #isLast(): Promise<boolean> {
    try {
      return await isLast(this.#lease);
    } catch {
      // It may just have been started again, and nobody have a lease yet.
      const { cluster } = this.#server;
      const password = await readPassword(cluster);
      for (let waitedMs = 0; waitedMs < LAST_LOOK_MS; waitedMs += RETRY_MS.first) {
        const found = await tryLease(cluster, password);
        if (found === 'absent') return false;
        if (found !== 'busy') {
          this.#lease = found;
          return isLast(found);
        }
        await sleep(RETRY_MS.first);
      }
      return false;
    }
  }

  async #stop(): Promise<void> {
    const { cluster, binaries, account } = this.#server;
    await stopPostmaster(cluster, binaries, account);
  }

  /** A server that ends while we use it is started again. */
  #watch(lease: pg.Client): void {
    this.#lease = lease;
    lease.once('end', () => {
      if (!this.#closing.signal.aborted) this.#keeping = this.#renew();
    });
  }

  /** Somebody who tells the server to stop while we use it would wait for ever, and so would all who want to connect. */
  async #guard(): Promise<void> {
    const { signal } = this.#closing;
    const { cluster, ownership } = this.#server;
    let told: number | undefined;
    let ours: number | undefined;
    while (!signal.aborted) {
      if (!ownership.isLost) ours = await pidIn(cluster);
      else if (ours !== undefined) {
        this.#log.warn({ pid: ours }, 'another machine took the data of the bundled PostgreSQL: ours is ended at once');
        await stopLostPostmaster(cluster, ours);
        ours = undefined;
      }
      // What fails is looked at again in a moment.
      const pid = await stopWaitingPostmaster(cluster).catch(() => undefined);
      if (pid !== undefined && pid !== told) {
        told = pid;
        this.#log.warn(
          { pid },
          'the bundled PostgreSQL was told to stop while it is in use: it is made to, and started again',
        );
      }
      // Aborting it is how we stop.
      await sleep(LOOK_MS, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  async #renew(): Promise<void> {
    const { signal } = this.#closing;
    this.#log.warn({}, 'the bundled PostgreSQL is gone; it is started again');
    for (let waitMs = RETRY_MS.first; !signal.aborted; waitMs = Math.min(2 * waitMs, RETRY_MS.longest)) {
      try {
        await this.#server.ownership.claim(signal);
        const password = await readPassword(this.#server.cluster);
        this.#watch(await leaseOf(this.#server, password, this.#log, signal));
        return;
      } catch (error) {
        const err = startError(error, this.#server.cluster);
        if (!signal.aborted) this.#log.warn({ err }, 'the bundled PostgreSQL could not be started again');
      }
      // Aborting it is how we stop.
      await sleep(waitMs, undefined, { signal, ref: false }).catch(() => {});
    }
  }
}

const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [
    /^(EACCES|EPERM)$/,
    'it belongs to another user: start as that one, or set GATEWAY_SYNC_DATA_DIR to a folder of your own',
  ],
  [/^28/, 'the file password in it is not the one of the data: restore it, or move the folder away'],
  [/^ENOSPC$/, 'the disk is full: free some space'],
  [/^(EROFS|ENOTDIR)$/, 'set GATEWAY_SYNC_DATA_DIR to a folder that can be written'],
  [/^ENOENT$/, 'a file or a program is missing; on Alpine, and where setpriv is missing for root, set DATABASE_URL'],
];

function startError(error: unknown, { root }: Cluster): LedgerError {
  if (error instanceof LedgerError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const said = error instanceof Error ? error.message : String(error);
  const remedy = REMEDIES.find(([codes]) => codes.test(code))?.[1] ?? 'set DATABASE_URL to use another server';
  return new LedgerError(`The bundled PostgreSQL in ${root} cannot be used: ${said}; ${remedy}`, {
    transient: code === 'ENOSPC',
    ...(code !== '' && { code }),
  });
}
