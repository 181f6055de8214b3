import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Secret } from '../../../core/secret.js';
import { APPLICATION_NAME } from '../database.js';
import { LedgerError } from '../../../core/errors.js';
import type { LedgerLog } from '../ledger-log.js';
import type { Account } from './account.js';
import type { Binaries } from './binaries.js';
import { type Cluster, prepareStart, USER } from './cluster.js';
import type { Ownership } from './ownership.js';
import { type StartedPostmaster, startPostmaster, stopWaitingPostmaster } from './postmaster.js';

/**
 * Every process that uses the server holds this lock, shared, for as long as it lives. Who can have it alone is the last one
 * and stops the server; PostgreSQL gives up the lock of a process that was killed.
 */
const LEASE = "hashtextextended('gateway-sync: uses the bundled server', 0)";
/** Locks count inside one database. */
export const LEASE_DATABASE = 'postgres';
const CONNECT_MS = 5_000;
const DEADLINE_MS = 120_000;
const POLL_MS = 30;
export interface Server {
  readonly cluster: Cluster;
  readonly binaries: Binaries;
  readonly account: Account;
  readonly ownership: Ownership;
}

/** A connection that holds the lease; starts the server when it does not run. An abort leaves no server behind. */
export async function leaseOf(
  server: Server,
  password: Secret,
  log: LedgerLog,
  signal?: AbortSignal,
): Promise<pg.Client> {
  const startedAt = performance.now();
  const { cluster, binaries, account, ownership } = server;
  let started: StartedPostmaster | undefined;
  while (performance.now() - startedAt < DEADLINE_MS) {
    // One that was just started may have nobody else to stop it: who has the lease finds out.
    if (!started) signal?.throwIfAborted();
    const answer = await tryLease(cluster, password);
    if (typeof answer === 'object') {
      const fields = { folder: cluster.root, ms: Math.round(performance.now() - startedAt) };
      log.info(fields, started ? 'started the bundled PostgreSQL' : 'found the bundled PostgreSQL running');
      return answer;
    }
    if (started?.hasEnded()) {
      const failure = await started.failure();
      if (failure) throw failure;
      started = undefined;
    } else if (answer === 'absent' && !started) {
      // Who stopped the server a moment ago let go of the data.
      await ownership.claim(signal);
      await prepareStart(cluster, account);
      started = await startPostmaster(cluster, binaries, account);
    } else if (answer === 'busy' && !started) await stopWaitingPostmaster(cluster);
    await sleep(POLL_MS);
  }
  throw new LedgerError(`The bundled PostgreSQL in ${cluster.root} neither answers nor ends; look at ${cluster.log}`, {
    transient: true,
  });
}

/** A lease of a server that runs. `absent`: nobody listens. `busy`: it starts, or the last user just stops it. */
export async function tryLease(cluster: Cluster, password: Secret): Promise<pg.Client | 'absent' | 'busy'> {
  const client = new pg.Client({
    host: cluster.socketFolder,
    port: 5432,
    user: USER,
    password: password.reveal(),
    database: LEASE_DATABASE,
    ssl: false,
    application_name: `${APPLICATION_NAME} lease`,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: CONNECT_MS,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    if (await has(client, 'pg_try_advisory_lock_shared')) return client;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    await client.end().catch(() => {});
    if (code === 'ENOENT' || code === 'ECONNREFUSED') return 'absent';
    if (code === 'EACCES' || code.startsWith('28')) throw error;
    return 'busy';
  }
  await client.end().catch(() => {});
  return 'busy';
}

/** Gives up the lease; whether nobody else holds one. If so, nobody gets one any more until the connection ends. */
export async function isLast(lease: pg.Client): Promise<boolean> {
  await lease.query(`select pg_advisory_unlock_shared(${LEASE})`);
  return has(lease, 'pg_try_advisory_lock');
}

async function has(client: pg.Client, lock: string): Promise<boolean> {
  const { rows } = await client.query<{ has: boolean }>(`select ${lock}(${LEASE}) as has`);
  return rows[0]?.has === true;
}
