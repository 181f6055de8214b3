import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { LedgerError } from '../../../core/errors.js';
import { type ProgramRun, runProgram } from './run-program.js';

/** Who runs the server: PostgreSQL refuses to be root. */
export interface Account {
  /** Absent: this process is not root, and the server belongs to its user. */
  readonly ids?: Ids;
  /** How to start a program as this user. */
  readonly as: (file: string, args: readonly string[]) => ProgramRun;
}

interface Ids {
  readonly uid: number;
  readonly gid: number;
}

/** Users that a system may have for this, best first. */
const NAMES = ['postgres', 'nobody'];

/** The user for a server that needs to get at all of `paths`, of which the first may exist and have an owner already. */
export async function findAccount(paths: readonly [string, ...string[]], isRoot: boolean): Promise<Account> {
  if (!isRoot) return { as: (file, args) => ({ file, args }) };
  const ids = (await ownerOf(paths[0])) ?? (await knownIds());
  const reachable = await Promise.all(paths.map((path) => canReach(path, ids)));
  if (reachable.every(Boolean)) return { ids, as: (file, args) => ({ file, args, ...ids }) };
  return { ids, as: (file, args) => ({ file: 'setpriv', args: [...pastClosedFolders(ids), file, ...args] }) };
}

async function ownerOf(path: string): Promise<Ids | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : undefined;
}

async function knownIds(): Promise<Ids> {
  for (const name of NAMES) {
    const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => runProgram({ file: 'id', args: [flag, name] })));
    if (uid?.code === 0 && gid?.code === 0) return { uid: Number(uid.output), gid: Number(gid.output) };
  }
  throw new LedgerError(
    `PostgreSQL does not run as root, and there is no user ${NAMES.join(' or ')} to run it as; make one, start as another user, or set DATABASE_URL`,
    { transient: false },
  );
}

/** Whether the folders above `path` let this user through. */
async function canReach(path: string, { uid, gid }: Ids): Promise<boolean> {
  const folder = dirname(path);
  if (folder === path) return true;
  const found = await stat(folder).catch(() => undefined);
  if (found) {
    const bit = found.uid === uid ? 0o100 : found.gid === gid ? 0o010 : 0o001;
    if ((found.mode & bit) === 0) return false;
  }
  return canReach(folder, { uid, gid });
}

/**
 * Folders such as /root let nobody but root through. On Linux a process can be another user and keep one right of root: to
 * pass them. Without the last option that right does not hold for `access()`, which PostgreSQL asks about its own files.
 */
function pastClosedFolders({ uid, gid }: Ids): string[] {
  const right = '+dac_override';
  return [
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    `--inh-caps=${right}`,
    `--ambient-caps=${right}`,
    '--securebits=+no_setuid_fixup',
  ];
}
