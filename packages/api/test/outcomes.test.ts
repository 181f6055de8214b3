import { describe, expect, it } from 'vitest';

import { operations } from '../src/index.js';
import { clientOf, rejection } from './support/client.js';
import { describeDocumentedAnswers } from './support/documented-answers.js';
import { everyOperation } from './support/every-operation.js';
import { empty, html, json } from './support/replies.js';
import { serve } from './support/server.js';

const once = { retry: false } as const;

describeDocumentedAnswers({
  name: 'emporix-webhook',
  operations,
  calls: everyOperation,
  client: (server) => clientOf(server, once),
  undocumented: [302, 418, 422, 429, 502, 503],
});

describe('an answer with a status that is not documented', () => {
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
