import { describe, expect, it } from 'vitest';

import type { CallEvent, SvixApi } from '../src/index.js';
import { rejection } from './support/client.js';
import { empty, json } from './support/replies.js';
import { serve, type Reply } from './support/server.js';
import { svixOf } from './support/svix.js';

const page = (ids: readonly string[], rest: { done: boolean; iterator?: string | null }): Reply =>
  json(200, { data: ids.map((id) => ({ id })), ...rest });

/** Full of items, and never at an end: each page has an iterator of its own. */
const endless: Reply = (response, { path }) => {
  const iterator = Number(new URLSearchParams(path.split('?')[1]).get('iterator') ?? 0) + 1;
  page(['ep_1'], { done: false, iterator: String(iterator) })(response, { method: '', path, headers: {}, body: '' });
};

const lists: ReadonlyArray<{ what: string; path: string; read: (api: SvixApi) => Promise<unknown[]> }> = [
  { what: 'endpoints', path: '/api/v1/app/acme/endpoint', read: (api) => api.listAllEndpoints() },
  { what: 'event types', path: '/api/v1/event-type', read: (api) => api.listAllEventTypes() },
];

describe.each(lists)('the list of all $what', ({ path, read }) => {
  it('is read page by page, in large pages, oldest first, until it is done', async () => {
    const server = await serve(
      page(['a', 'b'], { done: false, iterator: 'b' }),
      page([], { done: false, iterator: 'c&c' }),
      page(['d'], { done: true, iterator: 'd' }),
    );
    expect(await read(svixOf(server))).toEqual([{ id: 'a' }, { id: 'b' }, { id: 'd' }]);
    const first = `${path}?limit=250&order=ascending`;
    expect(server.requests.map((request) => request.path)).toEqual([
      first,
      `${first}&iterator=b`,
      `${first}&iterator=c%26c`,
    ]);
  });

  it.each([undefined, null, 'a'])('ends with the page that is done, whose iterator is %j', async (iterator) => {
    const server = await serve(page(['a'], { done: true, ...(iterator !== undefined && { iterator }) }));
    expect(await read(svixOf(server))).toEqual([{ id: 'a' }]);
    expect(server.requests).toHaveLength(1);
  });

  it.each<[string, string | null]>([
    ['lost', null],
    ['empty', ''],
  ])('is an error when the way on is %s', async (_, iterator) => {
    const server = await serve(page(['a'], { done: false, iterator }));
    expect(await rejection(read(svixOf(server)))).toMatchObject({
      name: 'ResponseFormatError',
      message: expect.stringContaining('an iterator, as there is more'),
    });
  });

  it('is an error when the pages go round in a circle', async () => {
    const server = await serve(
      page(['a'], { done: false, iterator: 'a' }),
      page(['b'], { done: false, iterator: 'b' }),
      page(['a'], { done: false, iterator: 'a' }),
    );
    const calls: CallEvent[] = [];
    const api = svixOf(server, { hooks: { onCall: (event) => void calls.push(event) } });
    expect(await rejection(read(api))).toMatchObject({
      name: 'ResponseFormatError',
      message: expect.stringContaining('an iterator that was not there before'),
    });
    expect(server.requests).toHaveLength(3);
    expect(calls.map(({ outcome }) => outcome)).toEqual(['ok', 'ok', 'format']);
  });

  it('is an error when it never ends', async () => {
    const server = await serve(endless);
    expect(await rejection(read(svixOf(server)))).toMatchObject({ name: 'ResponseFormatError' });
    expect(server.requests).toHaveLength(200);
  });

  it('is all or nothing: a page that fails loses the others', async () => {
    const server = await serve(page(['a'], { done: false, iterator: 'a' }), empty(403));
    expect(await rejection(read(svixOf(server)))).toMatchObject({ name: 'ForbiddenError' });
  });

  it('stops between pages when the caller does', async () => {
    const caller = new AbortController();
    const server = await serve((response, request) => {
      caller.abort();
      page(['a'], { done: false, iterator: 'a' })(response, request);
    });
    const api = svixOf(server);
    const { signal } = caller;
    const call = path.includes('event') ? api.listAllEventTypes({}, { signal }) : api.listAllEndpoints({ signal });
    expect(await rejection(call)).toMatchObject({ name: 'AbortedError' });
    expect(server.requests).toHaveLength(1);
  });
});

it('archived event types are listed on request', async () => {
  const server = await serve(page([], { done: true }));
  await svixOf(server).listAllEventTypes({ include_archived: true, with_content: true });
  expect(server.requests[0]?.path).toBe(
    '/api/v1/event-type?include_archived=true&with_content=true&limit=250&order=ascending',
  );
});
