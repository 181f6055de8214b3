import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One event as it arrived. */
export interface Received {
  readonly payload: unknown;
  readonly publishedAt: string | undefined;
  /** Whether `emporix-event-signature` fits the bytes of the body. */
  readonly genuine: boolean;
}

export interface Receiver {
  readonly url: string;
  readonly received: readonly Received[];
  close(): Promise<void>;
}

/** What a shop would run: answers HEAD and OPTIONS, so that its address is accepted, and checks what is posted. */
export async function startReceiver(secretKey: string): Promise<Receiver> {
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
        payload: JSON.parse(body.toString()) as unknown,
        publishedAt: request.headers['emporix-event-publish-time']?.toString(),
        genuine: fits(request.headers['emporix-event-signature']?.toString(), body, secretKey),
      });
      response.writeHead(200).end();
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo; // listening on TCP
  return {
    url: `http://127.0.0.1:${port}/emporix`,
    received,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The platform sends canonical JSON, so the signature covers the bytes as they are. */
function fits(signature: string | undefined, body: Buffer, secretKey: string): boolean {
  const expected = createHmac('sha256', secretKey).update(body).digest();
  const given = Buffer.from(signature ?? '', 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
