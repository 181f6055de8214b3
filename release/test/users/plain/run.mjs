// A program of a user, in plain JavaScript: everything that it imports comes out of the tarballs.
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createEmporixApi } from '@gateway-sync/api';
import { createReceiver } from '@gateway-sync/events';
import { toFetchHandler } from '@gateway-sync/events/fetch';
import { toNodeHandler } from '@gateway-sync/events/node';

const orders = [];
const receiver = createReceiver({
  emporix: { secrets: 'the secretKey' },
  eventType: 'order.created',
  fallback: () => undefined,
}).on('order.created', ({ payload }) => orders.push(payload.id));

async function receive(body, send) {
  const response = await send({
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'emporix-event-signature': createHmac('sha256', 'the secretKey').update(body).digest('base64'),
      'emporix-event-publish-time': new Date().toISOString(),
    },
  });
  return response.status;
}

const answers = {
  'POST /oauth/token': {
    access_token: 'token',
    token_type: 'Bearer',
    expires_in: 3600,
    scope: 'webhook.subscription_read',
  },
  'GET /webhook/acme/event-subscriptions': [],
};
const emporix = createServer((request, response) => {
  const answer = answers[`${request.method} ${request.url.split('?')[0]}`];
  response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(answer ?? { message: request.url }));
});
const hooks = createServer(toNodeHandler(receiver));
for (const server of [emporix, hooks]) await once(server.listen(0, '127.0.0.1'), 'listening');
const baseUrl = (server) => `http://127.0.0.1:${server.address().port}`;

const api = createEmporixApi({
  tenant: 'acme',
  baseUrl: baseUrl(emporix),
  auth: { clientId: 'id', clientSecret: 'secret', tokenUrl: `${baseUrl(emporix)}/oauth/token` },
});
const statuses = [
  await receive('{"id":"o-1"}', (init) => toFetchHandler(receiver)(new Request('http://shop.example', init))),
  await receive('{"id":"o-2"}', (init) => fetch(baseUrl(hooks), init)),
];
console.log(JSON.stringify({ statuses, orders, rows: await api.webhooks.listSubscriptions() }));
for (const server of [emporix, hooks]) server.close();
