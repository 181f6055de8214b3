import { realpath, stat } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { NOTHING_LOCKED, type Locks } from '../../core/lock.js';
import { errorCode, MAX_BYTES, type OnRead } from './contents.js';
import type { DesiredFile } from './desired-file.js';
import { lockText, parseLock } from './lock-text.js';
import { readText } from './read-text.js';
import { exists, save } from './save.js';

/** Where the lock of a desired-state file stands: `shops.lock.json` beside `shops.yaml`. */
export function lockPathOf(path: string): string {
  const { dir, name } = parse(path);
  return join(dir, `${name}.lock.json`);
}

/** What a lock file says; nothing when there is none. Throws a `ConfigError` that lists every problem. */
export async function loadLocks(path: string, onRead?: OnRead): Promise<Locks> {
  const text = await readText(path, REMEDIES, onRead).catch((error: unknown) => {
    if (error instanceof Error && errorCode(error.cause) === 'ENOENT') return undefined;
    throw error;
  });
  return text === undefined ? new Map() : parseLock(text, path);
}

const REMEDIES = { unreadable: 'let gateway-sync read it', tooLarge: 'split the tenants over several files' };

/** Everybody may read it: there is no secret in it, and the service may be another user. */
const MODE = 0o644;

/** Writes a lock file as a whole or not at all; where a link leads to one, that one. Rejects before it writes what nobody reads. */
export async function saveLocks(path: string, locks: Locks): Promise<void> {
  const text = lockText(locks);
  if (Buffer.byteLength(text) > MAX_BYTES) {
    throw Object.assign(new Error('too large'), { code: 'larger than 10 MB; split the tenants over several files' });
  }
  const there = (await exists(path)) ? await realpath(path) : undefined;
  const mode = there === undefined ? MODE : (await stat(there)).mode & 0o777;
  await save(there ?? path, text, true, mode);
}

/** The file with what its lock file says; that is read only where a tenant has `lock: true`. */
export async function withLocks(file: DesiredFile, onRead: OnRead): Promise<DesiredFile> {
  if (file.tenants.every(({ lock }) => lock === undefined)) return file;
  const locks = await loadLocks(lockPathOf(file.path), onRead);
  return {
    ...file,
    tenants: file.tenants.map((tenant) =>
      tenant.lock ? { ...tenant, lock: locks.get(tenant.tenant) ?? NOTHING_LOCKED } : tenant,
    ),
  };
}
