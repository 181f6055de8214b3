import { get } from 'node:http';

process.on('message', (url: string) => {
  get(url, (response) => {
    let bytes = 0;
    response.on('data', (chunk: Uint8Array) => (bytes += chunk.byteLength));
    response.on('end', () => process.send?.(bytes));
  });
});
process.on('disconnect', () => process.exit(0));
