import { get } from 'node:http';
import { parentPort } from 'node:worker_threads';

parentPort?.on('message', (url: string) => {
  get(url, (response) => {
    let bytes = 0;
    response.on('data', (chunk: Uint8Array) => (bytes += chunk.byteLength));
    response.on('end', () => parentPort?.postMessage(bytes));
  });
});
