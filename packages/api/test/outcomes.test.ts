import { describe, expect, it } from 'vitest';

import { ConcealedDashboardAccess } from '../src/concealed-dashboard-access.js';
import { operations } from '../src/index.js';
import { clientOf, rejection } from './support/client.js';
import { everyOperation } from './support/every-operation.js';
import { empty, html, json } from './support/replies.js';
import { serve, type Reply } from './support/server.js';
import { exampleAnswers, type ExampleAnswer } from './support/spec-examples.js';

const examples = exampleAnswers();

const errorNames: Record<number, string> = {
  400: 'BadRequestError',
  401: 'UnauthorizedError',
  403: 'ForbiddenError',
  404: 'NotFoundError',
  409: 'ConflictError',
  418: 'UnexpectedStatusError',
  422: 'UnexpectedStatusError',
  429: 'RateLimitedError',
  500: 'ServerError',
  502: 'ServerError',
  503: 'ServerError',
  302: 'UnexpectedStatusError',
};

const replyOf = ({ status, body }: Pick<ExampleAnswer, 'status' | 'body'>): Reply =>
  body === undefined ? empty(status) : json(status, body);
/** Dashboard access gives its members only by name. */
const readable = (body: unknown): unknown =>
  body instanceof ConcealedDashboardAccess ? { url: body.url, token: body.token } : body;
const once = { retry: false } as const;
const titled = examples.map((example) => ({
  ...example,
  title: `${example.operationId} ${example.status} (${example.name})`,
}));

it('finds an example for every documented status of every operation', () => {
  const documented = Object.values(operations).flatMap((operation) =>
    [...operation.successStatuses, ...operation.errorStatuses].map((status) => `${operation.operationId} ${status}`),
  );
  expect(new Set(examples.map(({ operationId, status }) => `${operationId} ${status}`))).toEqual(new Set(documented));
});

describe('an answer that is documented', () => {
  it.each(titled)('is the member of its status: $title', async (example) => {
    const server = await serve(replyOf(example));
    const outcome = await everyOperation[example.operationId].outcome(clientOf(server, once));
    const { undocumented, status, ok, body } = outcome;
    expect({ undocumented, status, ok, body: readable(body) }).toEqual({
      undocumented: false,
      status: example.status,
      ok: example.status < 300,
      body: example.body,
    });
  });

  it.each(titled.filter(({ status }) => status >= 400))('is the error of its meaning: $title', async (example) => {
    const server = await serve(replyOf(example));
    const error = await rejection(everyOperation[example.operationId].named(clientOf(server, once)));
    const { operationId, method, path } = operations[example.operationId];
    expect(error).toMatchObject({
      name: errorNames[example.status],
      status: example.status,
      operationId,
      method,
      pathTemplate: path,
    });
  });
});

describe('an answer with a status that is not documented', () => {
  it.each([302, 418, 422, 429, 502, 503])('is a member of its own and a typed error: %i', async (status) => {
    const body = { why: 'unknown' };
    for (const call of Object.values(everyOperation)) {
      const api = clientOf(await serve(json(status, body)), once);
      expect(await call.outcome(api)).toMatchObject({ undocumented: true, status, ok: false, body });
      expect(await rejection(call.named(api))).toMatchObject({ name: errorNames[status], status });
    }
  });

  it('keeps text as text and nothing as nothing', async () => {
    const server = await serve(html(418, '<b>teapot</b>'), empty(418));
    const api = clientOf(server, once);
    expect(await api.request('listConfigs', {})).toMatchObject({ undocumented: true, body: '<b>teapot</b>' });
    expect(await api.request('listConfigs', {})).toMatchObject({ undocumented: true, body: undefined });
  });
});

describe('an answer whose body is not what its status promises', () => {
  it.each([
    { what: 'an HTML 200', reply: html(200, '<html><body>Log in</body></html>'), status: 200 },
    { what: 'an empty 200', reply: empty(200), status: 200 },
    { what: 'an object for a list', reply: json(200, { items: [] }), status: 200 },
    { what: 'cut JSON', reply: html(200, '[{"event":'), status: 200 },
    { what: 'an HTML 500', reply: html(500, '<h1>Oops</h1>'), status: 500 },
  ])('is a ResponseFormatError: $what', async ({ reply, status }) => {
    const api = clientOf(await serve(reply), once);
    expect(await rejection(api.request('listSubscriptions', {}))).toMatchObject({
      name: 'ResponseFormatError',
      status,
    });
  });

  it('still is the error of its status in a named method, with a short harmless quotation', async () => {
    const page = `<html><script>x</script><h1>Bad\u0007 Gateway</h1>${'nginx '.repeat(100)}</html>`;
    const api = clientOf(await serve(html(500, page), empty(500)), once);
    const withPage = await rejection(api.webhooks.listConfigs());
    expect(withPage).toMatchObject({
      name: 'ServerError',
      problem: { message: expect.stringMatching(/^x Bad Gateway nginx .{1,180}…$/) },
    });
    const withNothing = await rejection(api.webhooks.listConfigs());
    expect(withNothing).toMatchObject({ message: 'listConfigs answered 500: no reason given' });
  });
});
