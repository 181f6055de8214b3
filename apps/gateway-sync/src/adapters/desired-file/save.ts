import { randomUUID } from 'node:crypto';
import { link, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Whether something stands at a path. */
export async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isCode(error, 'ENOENT')) return false;
    throw error;
  }
}

/**
 * Writes a file as a whole or not at all; unless `mode` says otherwise only its owner can read it. Answers false, and writes nothing, when one is
 * there and `replace` does not say that it may go.
 */
export async function save(path: string, text: string, replace: boolean, mode = 0o600): Promise<boolean> {
  const draft = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
  try {
    await using file = await open(draft, 'wx', mode);
    await file.writeFile(text);
    await file.sync();
    if (replace) await rename(draft, path);
    // Unlike a renaming, a link never takes the place of a file.
    else await link(draft, path);
    return true;
  } catch (error) {
    if (!replace && isCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
