import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type NetConnectOpts, type Server, type Socket } from 'node:net';

/**
 * | mode | open connections | new connections |
 * |---|---|---|
 * | pass | go on | are made |
 * | refuse | are reset | are refused: nobody listens |
 * | reset | are reset | are reset at once |
 * | black-hole | stay open, and nothing gets through | are accepted, and nothing gets through |
 * | half-open | requests get through, answers do not | the same |
 *
 * What did not get through is lost for good: its connection is reset when it passes again, as a router does that has
 * forgotten it.
 */
export const CUTS = ['refuse', 'reset', 'black-hole', 'half-open'] as const;
export type ProxyMode = 'pass' | (typeof CUTS)[number];

/** Stands between a client and a server, and cuts the line between them. */
export class CuttingProxy {
  readonly #to: NetConnectOpts;
  readonly #lines = new Set<Line>();
  #server: Server | undefined;
  #mode: ProxyMode = 'pass';
  #port = 0;
  /** Connections that clients made so far. */
  accepted = 0;

  private constructor(to: NetConnectOpts) {
    this.#to = to;
  }

  /** Listens on a free port of this machine; `to` is a port or the path of a socket. */
  static async open(to: NetConnectOpts): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(to);
    await proxy.#listen();
    return proxy;
  }

  get port(): number {
    return this.#port;
  }

  get mode(): ProxyMode {
    return this.#mode;
  }

  async set(mode: ProxyMode): Promise<void> {
    this.#mode = mode;
    if (mode === 'refuse' || mode === 'reset') this.#resetAll(() => true);
    if (mode === 'pass') this.#resetAll(({ lossy }) => lossy);
    if (mode === 'refuse') await this.#unlisten();
    else if (!this.#server) await this.#listen();
  }

  async close(): Promise<void> {
    this.#resetAll(() => true);
    await this.#unlisten();
  }

  #resetAll(which: (line: Line) => boolean): void {
    for (const line of this.#lines) {
      if (!which(line)) continue;
      line.client.resetAndDestroy();
      line.server.destroy();
      this.#lines.delete(line);
    }
  }

  async #listen(): Promise<void> {
    const server = createServer((client) => this.#accept(client));
    server.listen(this.#port, '127.0.0.1');
    await once(server, 'listening');
    this.#port = (server.address() as AddressInfo).port; // it listens on TCP
    this.#server = server;
  }

  async #unlisten(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    const closed = once(server, 'close');
    server.close();
    await closed;
  }

  #accept(client: Socket): void {
    this.accepted++;
    client.on('error', () => undefined);
    if (this.#mode === 'reset') {
      client.resetAndDestroy();
      return;
    }
    const server = connect(this.#to);
    const line: Line = { client, server, lossy: false };
    this.#lines.add(line);
    server.on('error', () => client.resetAndDestroy());
    client.on('data', (chunk) => this.#hand(line, chunk, server));
    server.on('data', (chunk) => this.#hand(line, chunk, client));
    client.on('close', () => {
      // Behind a black hole nobody hears that the other one is gone.
      if (this.#mode === 'black-hole') line.lossy = true;
      else this.#forget(line);
    });
    server.on('close', () => {
      client.destroySoon();
      this.#forget(line);
    });
  }

  #forget(line: Line): void {
    this.#lines.delete(line);
    line.server.end();
  }

  #hand(line: Line, chunk: Buffer, to: Socket): void {
    const blocked = this.#mode === 'black-hole' || (this.#mode === 'half-open' && to === line.client);
    if (blocked) line.lossy = true;
    else to.write(chunk);
  }
}

interface Line {
  readonly client: Socket;
  readonly server: Socket;
  /** Something was swallowed. */
  lossy: boolean;
}
