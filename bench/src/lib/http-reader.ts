import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Reads URLs on a thread of its own, so that reading takes nothing from whom it reads from. */
export interface HttpReader extends AsyncDisposable {
  /** Bytes of the answer. */
  read(url: string): Promise<number>;
}

export function startReader(): HttpReader {
  const worker = new Worker(new URL('http-reader-thread.ts', import.meta.url));
  return {
    async read(url) {
      worker.postMessage(url);
      const [bytes] = (await once(worker, 'message')) as [number];
      return bytes;
    },
    async [Symbol.asyncDispose]() {
      await worker.terminate();
    },
  };
}
