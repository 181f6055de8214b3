import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import pg from 'pg';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { CuttingProxy } from './cutting-proxy.js';
import { useDatabase } from './database.js';
import { proxiedDatabase } from './proxied-database.js';

const database = useDatabase();

async function stage() {
  let served = 0;
  const server = createServer((_, response) => {
    served++;
    response.end('here');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const proxy = await CuttingProxy.open({ port, host: '127.0.0.1' });
  onTestFinished(async () => {
    await proxy.close();
    server.closeAllConnections();
    server.close();
  });
  const dial = () => {
    const socket = connect({ port: proxy.port, host: '127.0.0.1' });
    // What becomes of it is asked for by its end.
    socket.on('error', () => undefined);
    onTestFinished(() => void socket.destroy());
    return socket;
  };
  const open = async () => {
    const socket = dial();
    await once(socket, 'connect');
    return socket;
  };
  return { proxy, dial, open, served: () => served };
}

const REQUEST = 'GET / HTTP/1.1\r\nhost: x\r\n\r\n';

async function ask(socket: Socket): Promise<string> {
  socket.write(REQUEST);
  const [chunk] = (await once(socket, 'data')) as [Buffer];
  return chunk.toString();
}

/** What becomes of a request within a moment: an answer, an error, or nothing. */
async function fate(socket: Socket): Promise<string> {
  const fateOf = Promise.withResolvers<string>();
  socket.once('data', () => fateOf.resolve('answered'));
  void ended(socket).then(fateOf.resolve);
  const patience = setTimeout(() => fateOf.resolve('nothing'), 200);
  if (!socket.destroyed) socket.write(REQUEST);
  return fateOf.promise.finally(() => clearTimeout(patience));
}

/** Code of the error that ended it. */
function ended(socket: Socket): Promise<string> {
  if (socket.destroyed) return Promise.resolve(codeOf(socket.errored));
  return new Promise((resolve) => socket.once('close', () => resolve(codeOf(socket.errored))));
}

const codeOf = (error: NodeJS.ErrnoException | null) => error?.code ?? 'closed';

describe('the proxy', () => {
  test('passes both ways', async () => {
    const { open } = await stage();
    expect(await ask(await open())).toContain('here');
  });

  test('refuses new connections, resets the open ones, and listens on the same port again', async () => {
    const { proxy, open } = await stage();
    const socket = await open();
    await ask(socket);
    const closed = ended(socket);
    await proxy.set('refuse');
    expect(await closed).toBe('ECONNRESET');
    await expect(open()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await proxy.set('pass');
    expect(await ask(await open())).toContain('here');
  });

  test('resets what is open and what comes', async () => {
    const { proxy, dial, open, served } = await stage();
    const socket = await open();
    await ask(socket);
    await proxy.set('reset');
    expect(await ended(dial())).toBe('ECONNRESET');
    expect([await ended(socket), served()]).toEqual(['ECONNRESET', 1]);
  });

  test('swallows everything in a black hole, and forgets those connections afterwards', async () => {
    const { proxy, open, served } = await stage();
    const socket = await open();
    await ask(socket);
    await proxy.set('black-hole');
    expect([await fate(socket), await fate(await open()), served()]).toEqual(['nothing', 'nothing', 1]);
    const closed = ended(socket);
    await proxy.set('pass');
    expect(await closed).toBe('ECONNRESET');
    expect(await ask(await open())).toContain('here');
  });

  test('does not tell the server behind a black hole that its client is gone, before it passes again', async () => {
    const { proxy, url } = await proxiedDatabase(database);
    onTestFinished(() => proxy.close());
    const client = new pg.Client(url.reveal());
    client.on('error', () => undefined);
    await client.connect();
    await client.query('select pg_advisory_lock(4711)');
    const isHeld = async () => (await database.query('select 1 from pg_locks where objid = 4711')).length > 0;
    await proxy.set('black-hole');
    const gone = new Promise((resolve) => client.once('end', () => resolve(undefined)));
    void client.end();
    client.connection.stream.destroy();
    await gone;
    expect(await isHeld()).toBe(true);
    await proxy.set('pass');
    await vi.waitFor(async () => expect(await isHeld()).toBe(false));
  });

  test('lets requests through and no answers when half open', async () => {
    const { proxy, open, served } = await stage();
    const socket = await open();
    await proxy.set('half-open');
    expect(await fate(socket)).toBe('nothing');
    await vi.waitFor(() => expect(served()).toBe(1));
  });

  test('stands before a database that is reached by a socket file', async () => {
    const { proxy, url } = await proxiedDatabase(database);
    onTestFinished(() => proxy.close());
    const client = new pg.Client(url.reveal());
    client.on('error', () => undefined);
    await client.connect();
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    const over = new Promise((resolve) => client.once('end', () => resolve(undefined)));
    await proxy.set('reset');
    await over;
    const other = new pg.Client(url.reveal());
    other.on('error', () => undefined);
    await expect(other.connect()).rejects.toThrow('ECONNRESET');
    await proxy.set('pass');
    const third = new pg.Client(url.reveal());
    await third.connect();
    expect((await third.query('select 2 as two')).rows).toEqual([{ two: 2 }]);
    await third.end();
  });
});
