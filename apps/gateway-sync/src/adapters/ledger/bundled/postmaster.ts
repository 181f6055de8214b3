import { open, readFile, readlink, realpath, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LedgerError } from '../../../core/errors.js';
import type { Account } from './account.js';
import type { Binaries } from './binaries.js';
import type { Cluster } from './cluster.js';
import { runProgram, spawned } from './run-program.js';

const STOP_S = 30;

/** A log of more bytes than this is begun anew with the next start. */
const MAX_LOG = 1_000_000;

/** Small and quiet, and reached by its socket only. */
const SETTINGS = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '60',
  shared_buffers: '32MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
};

export interface StartedPostmaster {
  /** It does not last when it cannot run, or when another process was faster. */
  hasEnded(): boolean;
  /** Why it ended; undefined when another one was faster. */
  failure(): Promise<LedgerError | undefined>;
}

/** Starts the server; it outlives this process. Whether it answers already is for the caller to find out. */
export async function startPostmaster(
  cluster: Cluster,
  { postgres }: Binaries,
  account: Account,
): Promise<StartedPostmaster> {
  await removeStalePid(cluster);
  const size = await stat(cluster.log).then(
    (found) => found.size,
    () => 0,
  );
  const before = size > MAX_LOG ? 0 : size;
  const log = await open(cluster.log, before === 0 ? 'w' : 'a', 0o600);
  try {
    const socket = `"${cluster.socketFolder.replaceAll('"', '""')}"`;
    const settings = Object.entries({ ...SETTINGS, unix_socket_directories: socket });
    const args = ['-D', cluster.data, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])];
    const child = await spawned(account.as(postgres, args), ['ignore', log.fd, log.fd]);
    child.unref();
    return {
      hasEnded: () => child.exitCode !== null || child.signalCode !== null,
      failure: async () => startFailure(cluster, (await readFile(cluster.log)).subarray(before).toString().trim()),
    };
  } finally {
    await log.close();
  }
}

const LOCKED = /lock file "(?:postmaster\.pid|[^"]*\.s\.PGSQL\.\d+\.lock)" already exists/;

function startFailure({ root }: Cluster, said: string): LedgerError | undefined {
  // Somebody else was faster; or one that was killed is still there, until its parent takes note of its end.
  if (LOCKED.test(said)) return undefined;
  return new LedgerError(
    `The bundled PostgreSQL in ${root} did not start: ${said}\n` +
      'Check the space on the disk and the owner of the folder, or set DATABASE_URL',
    { transient: true },
  );
}

/** Stops the server; whoever is connected loses the connection. */
export async function stopPostmaster(cluster: Cluster, { pg_ctl }: Binaries, account: Account): Promise<void> {
  // The process id of one that runs elsewhere may be that of anybody here.
  if ((await runningPid(cluster)) === undefined) return;
  const args = ['stop', '-w', '-t', String(STOP_S), '-m', 'fast', '-D', cluster.data];
  const { code, output } = await runProgram(account.as(pg_ctl, args));
  if (code !== 0 && (await runningPid(cluster)) !== undefined) {
    throw new LedgerError(`The bundled PostgreSQL in ${cluster.root} did not stop: ${output}`, { transient: true });
  }
}

/**
 * Stops a server that somebody else told to stop and that waits for its users to leave (SIGTERM, PostgreSQL's smart mode):
 * they stay, and meanwhile it takes no new ones. Answers its process id; undefined when none waits.
 */
export async function stopWaitingPostmaster({ data }: Cluster): Promise<number | undefined> {
  const found = await pidFileOf(data);
  if (found?.status !== 'stopping' || !(await isPostmaster(found.pid, data))) return undefined;
  try {
    // Fast mode. A server that stops in this mode already takes no notice.
    process.kill(found.pid, 'SIGINT');
    return found.pid;
  } catch (error) {
    // It has just ended, or the number belongs to somebody else by now.
    if (error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'EPERM'))
      return undefined;
    throw error;
  }
}

/** What the data say; whether such a process exists here is another question. */
export async function pidIn({ data }: Cluster): Promise<number | undefined> {
  return (await pidFileOf(data))?.pid;
}

/** Ends a server at once whose data somebody else uses: it must write nothing more. */
export async function stopLostPostmaster({ data }: Cluster, pid: number): Promise<void> {
  if (!(await isPostmaster(pid, data))) return;
  try {
    process.kill(pid, 'SIGQUIT');
  } catch (error) {
    // It has just ended.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** Process id of the running server; undefined when there is none. */
async function runningPid({ data }: Cluster): Promise<number | undefined> {
  const found = await pidFileOf(data);
  return found && (await isPostmaster(found.pid, data)) ? found.pid : undefined;
}

/**
 * A server that was killed leaves its process id behind. PostgreSQL sees by itself when no such process exists; when the
 * number belongs to another process of the same user by now, as it soon does in a container, it would refuse to start.
 */
async function removeStalePid(cluster: Cluster): Promise<void> {
  if ((await pidFileOf(cluster.data)) && (await runningPid(cluster)) === undefined) {
    await rm(join(cluster.data, 'postmaster.pid'), { force: true });
  }
}

/** Line of the file that says what the server is doing: `starting`, `ready` or `stopping`. */
const STATUS_LINE = 7;

async function pidFileOf(data: string): Promise<{ readonly pid: number; readonly status?: string } | undefined> {
  const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const pid = Number.parseInt(lines[0] ?? '', 10);
  const status = lines[STATUS_LINE]?.trim();
  return Number.isNaN(pid) ? undefined : { pid, ...(status !== undefined && { status }) };
}

/** A server works in the folder of its data. In doubt a process is taken for one, and PostgreSQL decides. */
async function isPostmaster(pid: number, data: string): Promise<boolean> {
  if (process.platform !== 'linux') {
    const { output } = await runProgram({ file: 'ps', args: ['-p', String(pid), '-o', 'comm='] });
    return output.endsWith('postgres');
  }
  try {
    return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(data));
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ENOENT');
  }
}
