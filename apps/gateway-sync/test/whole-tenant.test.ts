import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createEmulator } from '@gateway-sync/emulator';
import { expect, onTestFinished, test, vi } from 'vitest';
import { listening } from './support/app.js';
import { useDatabase } from './support/database.js';
import { runProgram, temporaryFile } from './support/program.js';

const database = useDatabase();

const HMAC_SECRET = 'password123';
const SIGNING_SECRET = `whsec_${Buffer.from('a signing secret of 24 bytes'.slice(0, 24)).toString('base64')}`;

interface Received {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Somebody's servers: everything that arrives there. */
async function receiver(): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request);
    if (request.method === 'POST') received.push({ path: request.url ?? '', headers: request.headers, body });
    response.end();
  };
  const server = createServer((request, response) => {
    void take(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo; // of a server that listens on TCP
  return { url: `http://127.0.0.1:${port}`, received };
}

function isSignedByEmporix({ headers, body }: Received, secret: string): boolean {
  return headers['emporix-event-signature'] === createHmac('sha256', secret).update(body).digest('base64');
}

function isSignedBySvix({ headers, body }: Received, secret: string): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signed = `${String(headers['svix-id'])}.${String(headers['svix-timestamp'])}.${body}`;
  const signature = createHmac('sha256', key).update(signed).digest('base64');
  return String(headers['svix-signature']).split(' ').includes(`v1,${signature}`);
}

test('a tenant from nothing to events at two HTTP targets, then at a Svix endpoint', { timeout: 60_000 }, async () => {
  const emulator = createEmulator({ autoCreateTenants: true });
  const { url: baseUrl } = await listening(emulator);
  const { url: hooks, received } = await receiver();
  const emit = (type: string, payload: object) =>
    fetch(`${baseUrl}/_emulator/tenants/acme/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type, payload }),
    });
  const arrived = async (count: number) => {
    await vi.waitFor(() => expect(received).toHaveLength(count), { timeout: 10_000 });
    return received.splice(0).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  };
  const env = { DATABASE_URL: database.urlWith(() => {}).reveal() };
  const file = (rest: object) =>
    temporaryFile(
      'gateway-sync.yaml',
      JSON.stringify({
        version: 1,
        emporix: { baseUrl },
        defaults: { svix: { url: baseUrl } },
        tenants: [
          {
            tenant: 'acme',
            credentials: { clientId: 'acme-id', clientSecret: 'acme-secret' },
            subscriptions: [{ event: 'order.created' }, { event: 'quote.updated', excludedFields: ['mixins'] }],
            ...rest,
          },
        ],
      }),
    );

  const http = await file({
    delivery: {
      provider: 'HTTP',
      secretKey: HMAC_SECRET,
      targets: [
        { name: 'big', event: 'order.created', destinationUrl: `${hooks}/big`, filter: '$[?(@.total > 100)]' },
        {
          name: 'declined',
          event: 'quote.updated',
          destinationUrl: `${hooks}/declined`,
          filter: "$[?(@.status.value == 'DECLINED')]",
          secretKey: 'of-its-own',
        },
      ],
    },
  });
  const applied = await runProgram(['apply', '--config', http], env);
  expect([applied.code, applied.stderr]).toEqual([0, expect.not.stringContaining('error')]);

  await emit('order.created', { id: 'small', total: 5, mixins: {} });
  await emit('order.created', { id: 'big', total: 500, mixins: {} });
  await emit('quote.updated', { id: 'q', status: { value: 'DECLINED' }, mixins: { a: 1 } });
  const [big, declined] = await arrived(2);
  expect([big?.path, JSON.parse(big?.body ?? '')]).toEqual(['/big', expect.objectContaining({ id: 'big' })]);
  expect([declined?.path, JSON.parse(declined?.body ?? '')]).toEqual([
    '/declined',
    { id: 'q', status: { value: 'DECLINED' } },
  ]);
  expect(big && isSignedByEmporix(big, HMAC_SECRET)).toBe(true);
  expect(declined && isSignedByEmporix(declined, 'of-its-own')).toBe(true);

  const svix = await file({
    delivery: { provider: 'SVIX_SHARED' },
    endpoints: [
      {
        uid: 'erp',
        url: `${hooks}/erp`,
        events: ['order.*'],
        secret: SIGNING_SECRET,
        headers: { Authorization: { value: 'Bearer erp-token', secret: true } },
      },
    ],
  });
  const plan = await runProgram(['plan', '--json', '--config', svix], env);
  const { checksum } = JSON.parse(plan.stdout) as { checksum: string };
  const switched = await runProgram(['apply', '--config', svix, '--plan-checksum', checksum], env);
  expect([switched.code, switched.stdout]).toEqual([0, expect.stringContaining('created endpoint erp')]);

  await emit('order.created', { id: 'third', total: 1 });
  await emit('quote.updated', { id: 'not for the ERP' });
  const [delivered] = await arrived(1);
  expect([delivered?.path, JSON.parse(delivered?.body ?? '')]).toEqual(['/erp', { id: 'third', total: 1 }]);
  expect(delivered && isSignedBySvix(delivered, SIGNING_SECRET)).toBe(true);
  expect(delivered?.headers['authorization']).toBe('Bearer erp-token');

  expect(await runProgram(['plan', '--config', svix], env)).toMatchObject({ code: 0 });
  const history = await runProgram(['history', '--json', '--config', svix], env);
  for (const secret of [HMAC_SECRET, 'of-its-own', SIGNING_SECRET, 'erp-token', 'acme-secret']) {
    expect([history, switched, applied, plan].map((one) => one.stdout + one.stderr).join('\n')).not.toContain(secret);
  }
});
