import { dirname, resolve } from 'node:path';
import { ConfigError } from '../../core/errors.js';
import { contentOf, errorCode, MAX_BYTES, type OnRead, readLimited, readLimitedSync } from './contents.js';
import type { DesiredFile } from './desired-file.js';
import { parseSource } from './document.js';
import type { Surroundings } from './interpolate.js';
import { parseDesiredFile } from './parse.js';

const MAX_SECRET_BYTES = 1024 * 1024;

/**
 * Reads and checks the desired-state file at `path`; `env` is what `${env:…}` looks into. `onRead` hears of the file and
 * of those that its references name, also when something is wrong. Throws a {@link ConfigError} that lists every problem.
 */
export async function loadDesiredFile(
  path: string,
  env: Surroundings['env'],
  onRead: OnRead = () => {},
): Promise<DesiredFile> {
  const text = await readText(path, onRead);
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
  const source = parseSource(await readText(path), path);
  if (!('value' in source)) throw new ConfigError(path, source);
  return source.value;
}

async function readText(path: string, onRead: OnRead = () => {}): Promise<string> {
  const bytes = await readNamed(path, onRead);
  onRead(path, contentOf(bytes));
  if (bytes.length > MAX_BYTES) throw broken(path, 'is larger than 10 MB', 'split the tenants over several files');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw broken(path, 'is not UTF-8 text', 'save it as UTF-8', error);
  }
}

async function readNamed(path: string, onRead: OnRead): Promise<Buffer> {
  try {
    return await readLimited(path);
  } catch (error) {
    const code = errorCode(error);
    onRead(path, code);
    throw broken(path, `cannot be read (${code})`, 'name the file with --config or GATEWAY_SYNC_CONFIG', error);
  }
}

function broken(path: string, message: string, remedy: string, cause?: unknown): ConfigError {
  const error = new ConfigError(path, [{ place: path, path: '', message, remedy }]);
  if (cause !== undefined) error.cause = cause;
  return error;
}
