import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { ConfigError } from '../../core/errors.js';
import type { OnRead } from './contents.js';
import type { DesiredFile, FileTenant } from './desired-file.js';
import type { Surroundings } from './interpolate.js';
import { loadUnlocked } from './load.js';
import type { Told } from './load-worker.js';
import { withLocks } from './lock-file.js';
import { withSecrets } from './secret-bytes.js';

/** From here on a file takes longer than a thread of its own: about 2,500 tenants. */
const LARGE_BYTES = 256 * 1024;

/**
 * As `loadDesiredFile`; a large file is read in a thread of its own. Parsing ten thousand tenants would stop
 * everything else for a second, and leave behind a heap several times as large as what is needed afterwards.
 */
export async function loadAside(
  path: string,
  env: Surroundings['env'],
  onRead: OnRead = () => {},
): Promise<DesiredFile> {
  const isLarge = (await sizeOf(path)) >= LARGE_BYTES;
  // Here and not there: tenants share what is locked, and would not after they came from a thread.
  return withLocks(await (isLarge ? inThread : loadUnlocked)(path, env, onRead), onRead);
}

/** What cannot be read is told by whoever reads it. */
async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    return 0;
  }
}

async function inThread(path: string, env: Surroundings['env'], onRead: OnRead): Promise<DesiredFile> {
  const worker = new Worker(new URL('load-worker.js', import.meta.url), { workerData: { path, env: { ...env } } });
  const result = Promise.withResolvers<DesiredFile>();
  const tenants: FileTenant[] = [];
  worker.on('message', (told: Told) => {
    switch (told.type) {
      case 'read':
        onRead(told.path, told.content);
        break;
      case 'tenants':
        tenants.push(...withSecrets(told.tenants));
        break;
      case 'file':
        result.resolve({ ...withSecrets(told.file), tenants });
        break;
      case 'broken':
        result.reject(withCause(new ConfigError(told.path, told.problems), told.cause));
        break;
      default:
        told satisfies never;
    }
  });
  worker.once('error', result.reject);
  worker.once('exit', (code) => result.reject(new Error(`The thread that reads ${path} ended (${code})`)));
  const file = await result.promise;
  if (worker.threadId !== -1) await once(worker, 'exit');
  return file;
}

function withCause(error: ConfigError, cause: unknown): ConfigError {
  if (cause !== undefined) error.cause = cause;
  return error;
}
