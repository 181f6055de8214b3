import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import { Secret } from '../../src/core/secret.js';

const OK = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0]);
const READY = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);

/** Hands every statement to the next of two connections, as a pooler in transaction mode does; for one test. */
export async function transactionPooler(database: Secret): Promise<Secret> {
  const backends = await Promise.all(
    [1, 2].map(async () => {
      const client = new pg.Client(database.reveal());
      client.on('error', () => {});
      await client.connect();
      return client.connection.stream;
    }),
  );
  const server = createServer((near) => {
    let statements = 0;
    near.once('data', () => {
      near.write(Buffer.concat([OK, READY]));
      for (const far of backends) far.removeAllListeners('data').on('data', (data) => near.write(data));
      near.on('data', (data) => backends[statements++ % backends.length]?.write(data));
    });
    near.on('error', () => {});
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const far of backends) far.destroy();
    server.close();
  });
  return new Secret(`postgresql://user@127.0.0.1:${(server.address() as AddressInfo).port}/database`);
}
