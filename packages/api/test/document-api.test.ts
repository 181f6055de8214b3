import { expect, test } from 'vitest';
import {
  createDocumentApi,
  type DocumentApiOptions,
  type DocumentDescription,
} from '../src/document-api/document-api.js';
import { bodyFormOf } from '../src/document-api/media-type.js';
import { writeFields } from '../src/document-api/write-fields.js';
import type { OperationDescription } from '../src/generated/operation.js';
import type { CallEvent } from '../src/hooks.js';
import { printed } from './support/printed.js';
import { empty, html, json, text } from './support/replies.js';
import { closedUrl, serve } from './support/server.js';

interface Answer<Content> {
  content: Content;
}
interface Nothing {
  content?: never;
}
interface Thing {
  id: string;
}

/** As openapi-typescript writes them. */
interface Operations {
  'things/list': {
    parameters: {
      query?: { tags?: string[]; filter?: { a?: string } };
      header?: { 'X-Trace'?: string };
      path: { 'shelf-id': number };
      cookie?: { sid?: string };
    };
    requestBody?: never;
    responses: {
      200: Answer<{ 'application/json': Thing[] }>;
      '4XX': Answer<{ 'application/problem+json': { title: string } }>;
      404: Nothing;
    };
  };
  upload: {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    requestBody: { content: { 'multipart/form-data': { file: Blob; meta?: { a: number }; tags?: string[] } } };
    responses: { '2XX': Answer<{ 'application/pdf': Blob }>; default: Answer<{ 'text/plain': string }> };
  };
  submit: {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    requestBody?: { content: { 'application/x-www-form-urlencoded': { a: string; b?: string[]; c?: { d: string } } } };
    responses: { 204: Nothing };
  };
  write: {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    requestBody: { content: { 'text/plain': string } };
    responses: { default: Answer<{ 'application/json': unknown }> };
  };
}

function described(operationId: string, rest: Partial<OperationDescription>): OperationDescription {
  return {
    operationId,
    method: 'POST',
    path: `/${operationId}`,
    scopes: [],
    retry: 'idempotent',
    requestContentType: null,
    successStatuses: [],
    errorStatuses: [],
    ...rest,
  };
}

const description: DocumentDescription<Operations> = {
  name: 'vendor',
  operations: {
    'things/list': described('things/list', { method: 'GET', path: '/shelves/{shelf-id}/things' }),
    upload: described('upload', { requestContentType: 'multipart/form-data' }),
    submit: described('submit', { requestContentType: 'application/x-www-form-urlencoded' }),
    write: described('write', { requestContentType: 'text/plain' }),
  },
  wire: {
    'things/list': {
      accept: 'application/json, application/problem+json',
      answers: { 200: 'array', 404: 'nothing', '4XX': 'object' },
      query: { tags: 'comma', filter: 'deep' },
    },
    upload: { accept: 'application/pdf', answers: { '2XX': 'bytes', default: 'text' } },
    submit: { accept: '*/*', answers: { 204: 'nothing' }, form: { c: 'deep' }, server: 'https://forms.vendor.example' },
    write: { accept: 'application/json', answers: { default: 'json' } },
  },
};

function client(baseUrl: string, options: DocumentApiOptions = {}) {
  return createDocumentApi<Operations>(description, { baseUrl, retry: { baseMs: 1, maxMs: 1 }, ...options });
}

test('parameters go where the document says, in the style that it says', async () => {
  const server = await serve(json(200, [{ id: 'a' }]));
  const things = await client(`${server.url}/v1`, { auth: { token: 'sesame' }, query: { key: 'k' } }).call(
    'things/list',
    {
      path: { 'shelf-id': 7 },
      query: { tags: ['a,b', 'c'], filter: { a: 'x y' } },
      headers: { 'X-Trace': 't' },
      cookies: { sid: 's;1' },
    },
  );
  expect(things).toEqual([{ id: 'a' }]);
  expect(server.requests).toMatchObject([
    {
      path: '/v1/shelves/7/things?key=k&tags=a%2Cb,c&filter%5Ba%5D=x%20y',
      headers: {
        accept: 'application/json, application/problem+json',
        authorization: 'Bearer sesame',
        cookie: 'sid=s%3B1',
        'x-trace': 't',
      },
    },
  ]);
  expect(server.requests[0]?.headers['content-type']).toBeUndefined();
});

test('an answer is the member of its status, of its range, or undocumented', async () => {
  const server = await serve(json(200, []), json(418, { title: 'teapot' }), empty(404), html(302, 'gone'));
  const api = client(server.url);
  const ask = () => api.request('things/list', { path: { 'shelf-id': 7 } });

  const found = await ask();
  if (found.status !== 200) throw new Error('it is found');
  expect(found.body satisfies readonly Thing[]).toEqual([]);

  const refused = await ask();
  if (refused.status !== 418) throw new Error('it is refused');
  expect([refused.undocumented, refused.ok, refused.body.title satisfies string]).toEqual([false, false, 'teapot']);

  const missing = await ask();
  if (missing.status !== 404) throw new Error('it is missing');
  expect(missing.body satisfies undefined).toBeUndefined();

  const other = await ask();
  if (!other.undocumented) throw new Error('it is undocumented');
  expect([other.status, other.body]).toEqual([302, 'gone']);
});

test('a body that does not fit its status is an error', async () => {
  const server = await serve(json(200, { things: [] }), html(400, '<h1>no</h1>'), html(200, '<h1>login</h1>'));
  const api = client(server.url);
  const input = { path: { 'shelf-id': 7 } };
  await expect(api.call('things/list', input)).rejects.toThrow('a JSON array');
  await expect(api.request('things/list', input)).rejects.toThrow('a JSON object');
  await expect(api.request('things/list', input)).rejects.toThrow('a JSON array');
});

test('multipart bodies are sent whole, again on a repetition, and files come back as Blobs', async () => {
  const pdf = text(201, '%PDF');
  const server = await serve(empty(503), pdf);
  const file = new File(['hello'], 'a.txt', { type: 'text/plain' });
  const made = await client(server.url).call('upload', { body: { file, meta: { a: 1 }, tags: ['x', 'y'] } });
  expect([made.type, await made.text()]).toEqual(['text/plain; charset=utf-8', '%PDF']);

  const [first, second] = server.requests;
  expect(first?.body).toBe(second?.body);
  expect(first?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
  const parts = await new Response(first?.body ?? '', {
    headers: { 'content-type': String(first?.headers['content-type']) },
  }).formData();
  const names: string[] = [];
  parts.forEach((_part, name) => names.push(name));
  expect(names).toEqual(['file', 'meta', 'tags', 'tags']);
  expect(parts.get('file')).toMatchObject({ name: 'a.txt', type: 'text/plain' });
  expect(parts.get('meta')).toMatchObject({ type: 'application/json' });
});

test('what default says is for every status that has no word of its own', async () => {
  const server = await serve(text(409, 'busy'), json(202, { a: 1 }), json(200, null));
  const api = client(server.url);
  const busy = await api.request('upload', { body: { file: new Blob([]) } });
  if (busy.status !== 409) throw new Error('it is busy');
  expect(busy.body satisfies string).toBe('busy');
  expect(await api.call('write', { body: 'x' })).toEqual({ a: 1 });
  expect(await api.call('write', { body: 'x' })).toBeNull();
  expect(server.requests[1]).toMatchObject({ body: 'x', headers: { 'content-type': 'text/plain' } });
});

test("a form goes to the operation's own server, or to what is named instead", async () => {
  const [main, forms] = [await closedUrl(), await serve(empty(204))];
  const api = client(main, { servers: { 'https://forms.vendor.example': `${forms.url}/f/` } });
  await api.call('submit', { body: { a: 'ä&=', b: ['1', '2'], c: { d: 'e' } } });
  await api.call('submit', {});
  expect(forms.requests).toMatchObject([
    {
      path: '/f/submit',
      body: 'a=%C3%A4%26%3D&b=1&b=2&c%5Bd%5D=e',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    },
    { path: '/f/submit', body: '' },
  ]);
  expect(forms.requests[1]?.headers['content-type']).toBeUndefined();
});

test('what must be there is asked for by the types', async () => {
  const server = await serve(empty(204));
  const api = client(server.url, { servers: { 'https://forms.vendor.example': server.url } });
  await api.call('submit', {});
  // @ts-expect-error -- the path has a parameter
  await expect(api.call('things/list', {})).rejects.toThrow('shelf-id must be a text that is not empty');
  // @ts-expect-error -- a text is needed
  const wrong = () => api.call('write', {});
  expect(wrong).toBeTypeOf('function');
});

test('a value that would leave its place in the path is refused', async () => {
  const api = client(await closedUrl());
  const path = { 'shelf-id': '../secrets' as unknown as number };
  await expect(api.call('things/list', { path })).rejects.toThrow('must not contain a slash');
});

test('without an address there is no client', () => {
  expect(() => createDocumentApi<Operations>(description, {})).toThrow(
    'baseUrl is needed: the document of vendor states no server',
  );
});

test('hooks are told the name of the document', async () => {
  const server = await serve(json(200, []));
  const events: CallEvent<string>[] = [];
  const hooks = { onCall: (event: CallEvent<string>) => void events.push(event) };
  await client(server.url, { hooks }).call('things/list', { path: { 'shelf-id': 7 } });
  expect(events).toMatchObject([{ upstream: 'vendor', operationId: 'things/list', outcome: 'ok', status: 200 }]);
});

test('keys in headers and queries stay out of errors', async () => {
  const server = await serve(json(400, { message: 'bad header-key-1 or query-key-2 or token-3' }));
  const api = client(server.url, {
    headers: { 'X-Api-Key': 'header-key-1' },
    query: { key: 'query-key-2' },
    auth: { token: 'token-3' },
  });
  const error: unknown = await api.call('write', { body: 'x' }).catch((failure: unknown) => failure);
  expect(error).toMatchObject({ status: 400 });
  expect(printed(error)).not.toMatch(/header-key-1|query-key-2|token-3/);
});

test.each([
  ['application/json', 'json'],
  ['application/vnd.vendor.v2+json; charset=utf-8', 'json'],
  ['*/*', 'json'],
  ['application/x-www-form-urlencoded', 'form'],
  ['multipart/mixed', 'multipart'],
  ['text/csv', 'text'],
  ['application/atom+xml', 'text'],
  ['application/x-ndjson', 'text'],
  ['image/svg+xml', 'text'],
  ['application/pdf', 'bytes'],
  ['application/octet-stream', 'bytes'],
])('%s is %s', (mediaType, form) => {
  expect(bodyFormOf(mediaType)).toBe(form);
});

test.each([
  [{ a: [1, 'x&y'], b: null, c: undefined }, {}, 'a=1&a=x%26y'],
  [{ a: { x: 1, y: 2 } }, {}, 'x=1&y=2'],
  [{ a: [1, 2] }, { a: 'comma' }, 'a=1,2'],
  [{ a: { x: 1, y: 2 } }, { a: 'comma' }, 'a=x,1,y,2'],
  [{ a: [1, 2] }, { a: 'space' }, 'a=1%202'],
  [{ a: [1, 2] }, { a: 'pipe' }, 'a=1|2'],
  [{ a: { x: { y: [1, 2] } } }, { a: 'deep' }, 'a%5Bx%5D%5By%5D%5B0%5D=1&a%5Bx%5D%5By%5D%5B1%5D=2'],
  [{ a: { x: 1 } }, { a: 'json' }, 'a=%7B%22x%22%3A1%7D'],
  [{ a: new Date(0), b: false }, {}, 'a=1970-01-01T00%3A00%3A00.000Z&b=false'],
] as const)('%j in the styles %j is %s', (values, styles, written) => {
  expect(writeFields(values, styles)).toBe(written);
});
