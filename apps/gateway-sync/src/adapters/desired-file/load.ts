import { dirname, resolve } from 'node:path';
import { ConfigError } from '../../core/errors.js';
import { contentOf, errorCode, type OnRead, readLimitedSync } from './contents.js';
import type { DesiredFile } from './desired-file.js';
import { parseSource } from './document.js';
import type { Surroundings } from './interpolate.js';
import { withLocks } from './lock-file.js';
import { parseDesiredFile } from './parse.js';
import { readText, type Remedies } from './read-text.js';

const MAX_SECRET_BYTES = 1024 * 1024;
const REMEDIES: Remedies = {
  unreadable: 'name the file with --config or GATEWAY_SYNC_CONFIG',
  tooLarge: 'split the tenants over several files',
};

/**
 * Reads and checks the desired-state file at `path`, and its lock file; `env` is what `${env:…}` looks into. `onRead` hears of
 * both and of the files that references name, also when something is wrong. Throws a {@link ConfigError} that lists every
 * problem.
 */
export async function loadDesiredFile(
  path: string,
  env: Surroundings['env'],
  onRead: OnRead = () => {},
): Promise<DesiredFile> {
  return withLocks(await loadUnlocked(path, env, onRead), onRead);
}

/** As {@link loadDesiredFile}, before the lock file is looked at: nothing is locked where a tenant has `lock: true`. */
export async function loadUnlocked(
  path: string,
  env: Surroundings['env'],
  onRead: OnRead = () => {},
): Promise<DesiredFile> {
  const text = await readText(path, REMEDIES, onRead);
  return parseDesiredFile(text, path, surroundingsOf(path, env, onRead));
}

/** Where the references of the file at `path` look. */
export function surroundingsOf(path: string, env: Surroundings['env'], onRead: OnRead = () => {}): Surroundings {
  return {
    env,
    readFile: (name) => {
      const bytes = readReferred(resolve(dirname(path), name), onRead);
      if (bytes.length > MAX_SECRET_BYTES) throw Object.assign(new Error('too large'), { code: 'larger than 1 MB' });
      return bytes.toString('utf8');
    },
  };
}

function readReferred(path: string, onRead: OnRead): Buffer {
  try {
    const bytes = readLimitedSync(path);
    onRead(path, contentOf(bytes));
    return bytes;
  } catch (error) {
    onRead(path, errorCode(error));
    throw error;
  }
}

/** What a file says as it is written, with its references. */
export async function loadWritten(path: string): Promise<unknown> {
  const source = parseSource(await readText(path, REMEDIES), path);
  if (!('value' in source)) throw new ConfigError(path, source);
  return source.value;
}
