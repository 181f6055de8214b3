import { once } from 'node:events';
import type { Server } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';

export interface Address {
  readonly port: number;
  /** `::` is every address of this machine, those of IPv4 included, and without IPv6 only those. */
  readonly host: string;
}

/** Where a server really listens. */
export interface Listening {
  /** Leads to it from this machine. */
  readonly url: string;
  /** For people: `http://[::]:8080 (all addresses)`. */
  readonly told: string;
}

/** Rejects with the error of the operating system, which is left to the caller to tell: Nest would log it as well. */
export async function listenOn(app: NestExpressApplication, { port, host }: Address): Promise<Listening> {
  await app.init();
  const server: Server = app.getHttpServer();
  // Node itself chooses between `::` and `0.0.0.0` when it is given no host.
  await once(host === '::' ? server.listen(port) : server.listen(port, host), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error(`listening on ${address}, which is no port`);
  return listeningOn(address);
}

export function listeningOn({ address, port }: { readonly address: string; readonly port: number }): Listening {
  const url = (host: string) => `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const loopback = new Map([
    ['::', '::1'],
    ['0.0.0.0', '127.0.0.1'],
  ]).get(address);
  if (loopback === undefined) return { url: url(address), told: url(address) };
  return { url: url(loopback), told: `${url(address)} (all addresses)` };
}
