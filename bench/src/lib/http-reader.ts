import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Reads URLs in a process of its own, so that reading takes nothing from whom it reads from. */
export interface HttpReader extends AsyncDisposable {
  /** Bytes of the answer. */
  read(url: string): Promise<number>;
}

export function startReader(): HttpReader {
  const child = fork(fileURLToPath(new URL('http-reader-process.ts', import.meta.url)));
  return {
    async read(url) {
      child.send(url);
      // oxlint-disable-next-line no-unsafe-type-assertion -- what the process that it started sends
      const [bytes] = (await once(child, 'message')) as [number];
      return bytes;
    },
    async [Symbol.asyncDispose]() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}
