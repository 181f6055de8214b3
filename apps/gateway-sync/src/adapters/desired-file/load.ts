import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ConfigError } from '../../core/errors.js';
import type { DesiredFile } from './desired-file.js';
import { parseSource } from './document.js';
import type { Surroundings } from './interpolate.js';
import { parseDesiredFile } from './parse.js';

const MAX_BYTES = 10 * 1024 * 1024;

/**
 * Reads and checks the desired-state file at `path`; `env` is what `${env:…}` looks into.
 * Throws a {@link ConfigError} that lists every problem.
 */
export async function loadDesiredFile(path: string, env: Surroundings['env']): Promise<DesiredFile> {
  const text = await readText(path);
  return parseDesiredFile(text, path, surroundingsOf(path, env));
}

/** Where the references of the file at `path` look. */
export function surroundingsOf(path: string, env: Surroundings['env']): Surroundings {
  return { env, readFile: (name) => readFileSync(resolve(dirname(path), name), 'utf8') };
}

/** What a file says as it is written, with its references. */
export async function loadWritten(path: string): Promise<unknown> {
  const source = parseSource(await readText(path), path);
  if (!('value' in source)) throw new ConfigError(path, source);
  return source.value;
}

async function readText(path: string): Promise<string> {
  const bytes = await readLimited(path);
  if (bytes.length > MAX_BYTES) throw broken(path, 'is larger than 10 MB', 'split the tenants over several files');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw broken(path, 'is not UTF-8 text', 'save it as UTF-8', error);
  }
}

/** One byte over the limit at most: what is longer is refused unread, a device without an end too. */
async function readLimited(path: string): Promise<Buffer> {
  try {
    await using file = await open(path);
    return await buffer(file.createReadStream({ end: MAX_BYTES, autoClose: false }));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw broken(path, `cannot be read (${code})`, 'name the file with --config or GATEWAY_SYNC_CONFIG', error);
  }
}

function broken(path: string, message: string, remedy: string, cause?: unknown): ConfigError {
  const error = new ConfigError(path, [{ place: path, path: '', message, remedy }]);
  if (cause !== undefined) error.cause = cause;
  return error;
}
