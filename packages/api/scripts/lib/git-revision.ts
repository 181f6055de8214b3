import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { CannotTellError } from './upstream-source.ts';

const maxBytes = 32 * 1024 * 1024;

/** The text of a file as it was; paths count from the top of the repository that the folder is in. */
export function readAtRevision(revision: string, path: string, folder: string): string {
  const object = `${revision}:${path}`;
  return git(['show', '--end-of-options', object], folder, `git:${object}`);
}

/** Whether there was such a file; throws CannotTellError when there is no such revision. */
export function isAtRevision(revision: string, path: string, folder: string): boolean {
  const what = `git:${revision}`;
  return git(['ls-tree', '--full-tree', '--name-only', '--end-of-options', revision, path], folder, what) !== '';
}

function git(args: readonly string[], folder: string, what: string): string {
  if (!existsSync(folder)) throw new CannotTellError(`${what}: there is no folder ${folder}`);
  try {
    return execFileSync('git', args, {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: maxBytes,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    throw new CannotTellError(`${what}: ${reasonOf(error)}`, { cause: error });
  }
}

// Where git did not even start, there is nothing that it said.
function reasonOf(error: unknown): string {
  const said = error instanceof Error && 'stderr' in error && typeof error.stderr === 'string' ? error.stderr : '';
  return said.trim() || (error instanceof Error ? error.message : String(error));
}
