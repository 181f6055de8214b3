import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One event as it arrived. */
export interface Received {
  /** Path of the address it was sent to. */
  readonly path: string;
  readonly payload: unknown;
  /** Whether the signature fits the bytes of the body: `emporix-event-signature`, or that of Svix. */
  readonly genuine: boolean;
}

export interface Keys {
  /** `secretKey` of the delivery config. */
  readonly hmac: string;
  /** `secret` of the Svix endpoint, `whsec_…`. */
  readonly svix: string;
}

export interface Receiver {
  /** Without a path. */
  readonly url: string;
  readonly received: readonly Received[];
  close(): Promise<void>;
}

/** What a shop would run: answers HEAD and OPTIONS, so that its address is accepted, and checks what is posted. */
export async function startReceiver(keys: Keys): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    if (request.method !== 'POST') {
      response.writeHead(204).end();
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      received.push({
        path: request.url ?? '',
        payload: JSON.parse(body.toString()) as unknown,
        genuine: isGenuine(request.headers, body, keys),
      });
      response.writeHead(200).end();
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo; // listening on TCP
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Both platforms sign the bytes as they are; Svix with id and time in front of them, and maybe several keys. */
function isGenuine(headers: IncomingHttpHeaders, body: Buffer, keys: Keys): boolean {
  const id = headers['svix-id'];
  if (id === undefined) return fits(headers['emporix-event-signature']?.toString(), body, keys.hmac);
  const signed = Buffer.concat([Buffer.from(`${String(id)}.${String(headers['svix-timestamp'])}.`), body]);
  const key = Buffer.from(keys.svix.replace('whsec_', ''), 'base64');
  const signatures = String(headers['svix-signature']).split(' ');
  return signatures.some((signature) => fits(signature.replace('v1,', ''), signed, key));
}

function fits(signature: string | undefined, signed: Buffer, key: string | Buffer): boolean {
  const expected = createHmac('sha256', key).update(signed).digest();
  const given = Buffer.from(signature ?? '', 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
