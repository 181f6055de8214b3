import { createHash, randomBytes } from 'node:crypto';
import { chmod, chown, lstat, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Secret } from '../../../core/secret.js';
import { LedgerError } from '../../../core/errors.js';
import type { Account } from './account.js';
import type { Binaries } from './binaries.js';
import { makeFolder } from './make-folder.js';
import { runProgram } from './run-program.js';

export const USER = 'gateway_sync';
/** Version of the bundled PostgreSQL that decides which data it can read. */
const MAJOR = '18';
/** Longest path of a socket that every system takes. */
const MAX_SOCKET_PATH = 100;
/** Longer than making the data can take. */
const ABANDONED_MS = 10 * 60_000;

/** Where the bundled PostgreSQL keeps what. */
export interface Cluster {
  /** Holds everything else; made whole by one rename. */
  readonly root: string;
  readonly data: string;
  readonly passwordFile: string;
  readonly log: string;
  readonly socketFolder: string;
}

/** The cluster under a data directory, whether it exists or not. */
export function clusterIn(dataDir: string): Cluster {
  const root = resolve(dataDir, 'postgres');
  const short = createHash('sha256').update(root).digest('hex').slice(0, 16);
  const fits = Buffer.byteLength(join(root, '.s.PGSQL.5432')) <= MAX_SOCKET_PATH;
  return {
    root,
    data: join(root, 'data'),
    passwordFile: join(root, 'password'),
    log: join(root, 'server.log'),
    socketFolder: fits ? root : `/tmp/gateway-sync-${short}`,
  };
}

/** Makes the cluster where there is none. `warn` hears of one that was unusable and stands aside now. */
export async function ensureCluster(
  cluster: Cluster,
  { initdb }: Binaries,
  account: Account,
  warn: (message: string) => void,
): Promise<void> {
  const found = await stateOf(cluster);
  if (found === 'complete') return;
  const folder = dirname(cluster.root);
  await makeFolder(folder);
  if (found === 'incomplete') await setAside(cluster, warn);

  // Not by process id: somebody in another container may have the same.
  const making = await mkdtemp(`${cluster.root}.making-`);
  await removeAbandoned(folder, making);
  const password = join(making, 'password');
  await writeFile(password, randomBytes(24).toString('base64url'), { mode: 0o600 });
  await own(account, making, password);
  const args = [
    `--pgdata=${join(making, 'data')}`,
    `--username=${USER}`,
    `--pwfile=${password}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ];
  const { code, output } = await runProgram(account.as(initdb, args));
  if (code !== 0) {
    await rm(making, { recursive: true, force: true });
    throw new LedgerError(`The bundled PostgreSQL could not make its data in ${cluster.root}: ${output}`, {
      transient: false,
    });
  }
  await rename(making, cluster.root).catch(async (error: NodeJS.ErrnoException) => {
    await rm(making, { recursive: true, force: true });
    // Another process was faster, and what it made is as good.
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
}

/** Ready for a start: the version fits, the user may read it, the folder of the socket is there. */
export async function prepareStart(cluster: Cluster, account: Account): Promise<void> {
  const version = (await readFile(join(cluster.data, 'PG_VERSION'), 'utf8')).trim();
  if (version !== MAJOR) {
    throw new LedgerError(
      `${cluster.data} was made by PostgreSQL ${version}, and the bundled one is ${MAJOR}; move the data with pg_dump and pg_restore, set DATABASE_URL, or move the folder away and start without what the ledger knew`,
      { transient: false },
    );
  }
  if (account.ids && (await stat(cluster.data)).uid !== account.ids.uid) {
    await runProgram({ file: 'chown', args: ['-R', `${account.ids.uid}:${account.ids.gid}`, cluster.root] });
  }
  if (cluster.socketFolder !== cluster.root) await makeSocketFolder(cluster.socketFolder, account);
}

export async function readPassword({ passwordFile }: Cluster): Promise<Secret> {
  return new Secret((await readFile(passwordFile, 'utf8')).trim());
}

async function stateOf({ root, data }: Cluster): Promise<'absent' | 'incomplete' | 'complete'> {
  // The folder first: another process may be about to put a complete one there, by a rename.
  if (!(await exists(root))) return 'absent';
  const parts = await Promise.all(['PG_VERSION', 'global/pg_control'].map((name) => exists(join(data, name))));
  return parts.every(Boolean) ? 'complete' : 'incomplete';
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** What stands there is a copy that broke off, or something else altogether. It is kept, for a person to look at. */
async function setAside({ root }: Cluster, warn: (message: string) => void): Promise<void> {
  const aside = `${root}.unusable-${Date.now()}`;
  try {
    await rename(root, aside);
    warn(`${root} is no complete PostgreSQL data; it stands in ${aside} now, and the ledger starts empty`);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/** Removes what processes that died in the middle left behind, on whichever machine. Ages are by the file system. */
async function removeAbandoned(folder: string, making: string): Promise<void> {
  const { mtimeMs: now } = await stat(making);
  const names = (await readdir(folder)).filter((name) => name.startsWith('postgres.making-'));
  const old = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const found = await stat(path).catch(() => undefined);
      return found && now - found.mtimeMs > ABANDONED_MS ? [path] : [];
    }),
  );
  await Promise.all(old.flat().map((path) => rm(path, { recursive: true, force: true })));
}

async function makeSocketFolder(folder: string, account: Account): Promise<void> {
  await mkdir(folder, { mode: 0o700, recursive: true });
  const found = await lstat(folder);
  const owner = account.ids?.uid ?? process.getuid?.();
  // Anybody may make folders in /tmp, also one of this name.
  if (!found.isDirectory() || (found.uid !== owner && found.uid !== process.getuid?.())) {
    throw new LedgerError(`${folder} belongs to somebody else; set GATEWAY_SYNC_DATA_DIR to a shorter path`, {
      transient: false,
    });
  }
  await chmod(folder, 0o700);
  await own(account, folder);
}

async function own({ ids }: Account, ...paths: readonly string[]): Promise<void> {
  if (ids) await Promise.all(paths.map((path) => chown(path, ids.uid, ids.gid)));
}
