import { parentPort, workerData } from 'node:worker_threads';
import { ConfigError, type ConfigProblem } from '../../core/errors.js';
import type { DesiredFile, FileTenant } from './desired-file.js';
import type { Surroundings } from './interpolate.js';
import { loadUnlocked } from './load.js';
import { withBytes } from './secret-bytes.js';

/** What the thread tells: what it read, then the tenants, then the rest of the file; or what is wrong with it. */
export type Told =
  | { readonly type: 'read'; readonly path: string; readonly content: string }
  | { readonly type: 'tenants'; readonly tenants: readonly FileTenant[] }
  | { readonly type: 'file'; readonly file: Omit<DesiredFile, 'tenants'> }
  | {
      readonly type: 'broken';
      readonly path: string;
      readonly problems: readonly ConfigProblem[];
      readonly cause?: unknown;
    };

/** Tenants at a time: taking in more of them would keep others waiting. */
const AT_A_TIME = 200;

// oxlint-disable-next-line no-unsafe-type-assertion -- whoever starts this thread gives it that
const { path, env } = workerData as { readonly path: string; readonly env: Surroundings['env'] };
// oxlint-disable-next-line require-post-message-target-origin -- a port to a thread, no window
const tell = (told: Told): void => parentPort?.postMessage(told);

try {
  const { tenants, ...file } = await loadUnlocked(path, env, (name, content) =>
    tell({ type: 'read', path: name, content }),
  );
  for (let first = 0; first < tenants.length; first += AT_A_TIME) {
    tell({ type: 'tenants', tenants: withBytes(tenants.slice(first, first + AT_A_TIME)) });
  }
  tell({ type: 'file', file: withBytes(file) });
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  tell({ type: 'broken', path, problems: error.problems, cause: error.cause });
}
