import { describe, expect, it } from 'vitest';

import { svixOperations, type SvixApi } from '../src/index.js';
import { rejection } from './support/client.js';
import { describeDocumentedAnswers } from './support/documented-answers.js';
import { empty, html, json } from './support/replies.js';
import { serve, type Reply } from './support/server.js';
import { everySvixOperation, svixOf, url } from './support/svix.js';

const once = { retry: false } as const;

describeDocumentedAnswers({
  name: 'svix',
  operations: svixOperations,
  calls: everySvixOperation,
  client: (server) => svixOf(server, once),
  undocumented: [302, 418, 502, 503],
});

/** The error that a creation rejects with. */
async function refusal(reply: Reply): Promise<unknown> {
  return rejection(svixOf(await serve(reply), once).createEndpoint({ url }));
}

describe('a refusal', () => {
  it('says where and what is wrong with a body', async () => {
    const detail = [
      { loc: ['body', 'eventTypes'], msg: 'Unknown event types: product.exploded', type: 'value_error' },
      { loc: ['body', 'channels', 0], msg: 'Not a channel', type: 'value_error' },
    ];
    expect(await refusal(json(422, { detail }))).toMatchObject({
      name: 'UnexpectedStatusError',
      status: 422,
      transient: false,
      message:
        'createEndpoint answered 422: body.eventTypes: Unknown event types: product.exploded; body.channels.0: Not a channel',
      problem: {
        details: ['body.eventTypes: Unknown event types: product.exploded', 'body.channels.0: Not a channel'],
      },
    });
  });

  it('says why in the words of the service', async () => {
    expect(await refusal(json(401, { code: 'authentication_failed', detail: 'Invalid token' }))).toMatchObject({
      message: 'createEndpoint answered 401: Invalid token',
      problem: { code: 'authentication_failed' },
    });
    expect(await refusal(json(413, { code: 'payload_too_large' }))).toMatchObject({
      message: 'createEndpoint answered 413: no reason given',
      problem: { code: 'payload_too_large' },
    });
  });

  it('may be without a word, or a page', async () => {
    expect(await refusal(empty(404))).toMatchObject({ message: 'createEndpoint answered 404: no reason given' });
    expect(await refusal(html(403, '<h1>Forbidden</h1>'))).toMatchObject({
      message: 'createEndpoint answered 403: Forbidden',
    });
    expect(await refusal(json(500, {}))).toMatchObject({ message: 'createEndpoint answered 500: no reason given' });
  });
});

describe('an answer whose body is not what its status promises', () => {
  it.each<[string, Reply, (api: SvixApi) => Promise<unknown>, string]>([
    ['HTML for an endpoint', html(200, '<h1>Log in</h1>'), (api) => api.getEndpoint('erp'), 'a JSON object'],
    ['a list for a page', json(200, []), (api) => api.listEndpoints(), 'data and done'],
    ['a page without an end', json(200, { data: [] }), (api) => api.listEventTypes(), 'data and done'],
    ['no key', json(200, { secret: 'a' }), (api) => api.getEndpointSecret('erp'), 'key'],
    ['no headers', json(200, { sensitive: [] }), (api) => api.getEndpointHeaders('erp'), 'headers and sensitive'],
    ['no names', json(200, { headers: {} }), (api) => api.getEndpointHeaders('erp'), 'headers and sensitive'],
  ])('is a ResponseFormatError: %s', async (_, reply, call, expected) => {
    const error = await rejection(call(svixOf(await serve(reply), once)));
    expect(error).toMatchObject({ name: 'ResponseFormatError', message: expect.stringContaining(expected) });
  });
});
