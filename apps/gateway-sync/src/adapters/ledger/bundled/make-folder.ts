import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { LedgerError } from '../../../core/errors.js';

/**
 * Makes a folder and those above it that are missing, one by one. What Node does with `recursive` never ends where the
 * system says that the parent of a new folder is missing although it is there, as it does in /proc.
 */
export async function makeFolder(path: string): Promise<void> {
  if (await isThere(path)) return;
  const parent = dirname(path);
  await makeFolder(parent);
  try {
    await mkdir(path);
  } catch (error) {
    const code = codeOf(error);
    // Another process was faster.
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT') throw error;
    throw new LedgerError(
      `The folder ${path} for the bundled PostgreSQL cannot be made: no folder can be made in ${parent}; set GATEWAY_SYNC_DATA_DIR to a folder that can be written, or set DATABASE_URL`,
      { transient: false, code, cause: error },
    );
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
