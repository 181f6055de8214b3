import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** One answer that never changes. */
export interface StaticRoute {
  readonly method: string;
  /** The path without its query; a `*` stands for any one segment. */
  readonly path: string;
  readonly status?: number;
  readonly body: string;
}

export interface StaticServer extends AsyncDisposable {
  readonly url: string;
  /** Requests since the last time of asking. */
  requests(): Promise<number>;
}

/** A server that costs as little as possible, in a process of its own; it waits `latencyMs` before each answer. */
export async function startStaticServer(routes: readonly StaticRoute[], latencyMs = 0): Promise<StaticServer> {
  const child = fork(fileURLToPath(new URL('static-server-process.ts', import.meta.url)));
  child.send({ routes, latencyMs });
  // oxlint-disable-next-line no-unsafe-type-assertion -- what static-server-process.ts sends
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  return {
    url,
    requests: async () => {
      child.send({ type: 'count' });
      // oxlint-disable-next-line no-unsafe-type-assertion -- what static-server-process.ts sends
      const [{ count }] = (await once(child, 'message')) as [{ count: number }];
      return count;
    },
    [Symbol.asyncDispose]: async () => {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}
