import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startApp } from './support/app.js';

const KEY = Buffer.alloc(32, 5).toString('base64');

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver on this machine. */
async function receiver(): Promise<{ readonly url: string; readonly received: Received[] }> {
  const received: Received[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    received.push({ headers: request.headers, body: await text(request) });
    response.end();
  };
  const server = createServer((request, response) => void take(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/erp`, received };
}

/** By the rules of the signature, with nothing of ours or of the emulator. */
function signatureOf({ headers, body }: Received): string {
  const signed = [headers['svix-id'], headers['svix-timestamp'], body].join('.');
  return `v1,${createHmac('sha256', Buffer.from(KEY, 'base64')).update(signed).digest('base64')}`;
}

test('an event reaches the endpoint of the file, with its headers and signed with its secret', async () => {
  const { url, received } = await receiver();
  const erp = {
    uid: 'erp',
    url,
    events: ['order.*'],
    headers: { Authorization: { value: 'Basic s3cr3t', secret: true }, 'X-Shop': 'north' },
    secret: `whsec_${KEY}`,
  };
  const app = await startApp({ tenants: [{ tenant: 'acme', endpoints: [erp] }] });
  await app.firstPass();
  await app.emulator.emit('acme', { type: 'order.created', payload: { id: '4711' } });
  await vi.waitFor(() => expect(received).toHaveLength(1));
  const [delivery] = received;
  expect(delivery?.headers).toMatchObject({ authorization: 'Basic s3cr3t', 'x-shop': 'north' });
  expect(delivery && signatureOf(delivery)).toBe(delivery?.headers['svix-signature']);
  expect(delivery?.body).toContain('4711');
  expect(app.log.join('')).not.toMatch(/s3cr3t|whsec_|appsk_|#key=/);
});

test('a tenant in sync costs one request more for its endpoints, and one for each whose headers are managed', async () => {
  const endpoints = [
    { uid: 'erp', url: 'https://erp.example/', events: 'all' },
    { uid: 'crm', url: 'https://crm.example/', events: ['order.created'], headers: { a: 'b' } },
  ];
  const app = await startApp({
    tenants: [{ tenant: 'acme', endpoints }],
    sync: { interval: '40ms', maxInterval: '40ms' },
  });
  await app.firstPass();
  const passes = () => app.metric('reconciles_total{trigger="interval",result="in-sync"}');
  await vi.waitFor(async () => expect(await passes()).toBeGreaterThanOrEqual(3), { timeout: 10_000 });
  await app.service.stop(5_000);
  const { getStatistics: _, listMessages, ...counts } = app.emulator.counts('acme');
  const { createEndpoint, listSubscriptions = 0 } = counts;
  expect(createEndpoint).toBe(2);
  // With the first reading of the quota, which has a clock of its own.
  expect(listMessages ?? 0).toBeLessThanOrEqual(1);
  expect(counts).toEqual({
    requestToken: 1,
    listSubscriptions,
    updateSubscriptions: 1,
    getDashboardAccess: 1,
    getApplication: 1,
    listEndpoints: listSubscriptions,
    createEndpoint: 2,
    setEndpointHeaders: 1,
    patchEndpoint: 1,
    getEndpointHeaders: listSubscriptions - 1,
  });
});
