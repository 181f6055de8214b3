import { expect, test } from 'vitest';
import { asObject, valueAt, type JsonObject, type JsonPath } from '../../json.ts';
import { normalDocument } from './normal-document.ts';

function normal(paths: JsonObject, rest: JsonObject = {}): JsonObject {
  return normalDocument({ openapi: '3.1.0', info: {}, paths, ...rest });
}

function operation(item: JsonObject, rest: JsonObject = {}, path: JsonPath = ['/things', 'get']): JsonObject {
  return asObject(valueAt(normal({ '/things': item }, rest), ['paths', ...path]));
}

function get(operationId?: string): JsonObject {
  return { get: { ...idle, ...(operationId !== undefined && { operationId }) } };
}

function names(items: JsonObject): JsonObject {
  const { paths } = normal(items);
  return Object.fromEntries(Object.keys(items).map((path) => [path, valueAt(paths, [path, 'get', 'operationId'])]));
}

function header(name: string): JsonObject {
  return { name, in: 'header', schema: {} };
}

function ref(name: string): JsonObject {
  return { $ref: `#/components/schemas/${name}` };
}

const json = { 'application/json': { schema: { type: 'object' } } };
const idle = { responses: {} };

test('operations without an id, or with one that is taken, are named after method and path, whatever the order', () => {
  const paths = {
    '/orders/{order-id}/lines': get(),
    '/a/b': get('twice'),
    '/a-b': get('twice'),
    '/kept': get('orders/list'),
    '/taken': get('getAB'),
  };
  expect(names(paths)).toEqual({
    '/orders/{order-id}/lines': 'getOrdersByOrderIdLines',
    '/a-b': 'getAB2',
    '/a/b': 'getAB3',
    '/kept': 'orders/list',
    '/taken': 'getAB',
  });
  expect(names(Object.fromEntries(Object.entries(paths).toReversed()))).toEqual(names(paths));
});

test.each([
  ['get', 'safe'],
  ['head', 'safe'],
  ['put', 'idempotent'],
  ['delete', 'idempotent'],
  ['post', 'unique'],
  ['patch', 'unique'],
])('without x-retry the method decides: %s is %s', (method, retry) => {
  expect(operation({ [method]: idle }, {}, ['/things', method])['x-retry']).toBe(retry);
  expect(operation({ [method]: { ...idle, 'x-retry': 'unique' } }, {}, ['/things', method])['x-retry']).toBe('unique');
});

test('what the path and the document say is said at the operation', () => {
  const id = { name: 'q', in: 'query', schema: { type: 'string' }, example: 'x' };
  const item = {
    parameters: [id, { $ref: '#/components/parameters/Page' }],
    servers: [{ url: 'https://own.example' }],
    get: { ...idle, parameters: [{ ...id, required: true }] },
  };
  const rest = {
    security: [{ Key: [] }],
    components: { parameters: { Page: { name: 'page', in: 'query', schema: {} } } },
  };
  expect(operation(item, rest)).toMatchObject({
    parameters: [
      { name: 'q', in: 'query', schema: { type: 'string' }, required: true },
      { name: 'page', in: 'query', schema: {} },
    ],
    servers: [{ url: 'https://own.example' }],
    security: [{ Key: [] }],
  });
  expect(operation({ get: { ...idle, security: [] } }, rest)['security']).toEqual([]);
});

test('parameters for media types and credentials are not asked for, and those of the path always are', () => {
  const item = { get: { ...idle, parameters: ['Accept', 'content-type', 'Authorization', 'X-Trace'].map(header) } };
  expect(operation(item)['parameters']).toEqual([header('X-Trace')]);

  const gone = { name: 'gone', in: 'path', required: true, schema: {} };
  const paths = { '/things/{a-b}': { get: { ...idle, parameters: [gone] } } };
  expect(valueAt(normal(paths), ['paths', '/things/{a-b}', 'get', 'parameters'])).toEqual([
    { name: 'a-b', in: 'path', required: true, schema: { type: 'string' } },
  ]);
});

test.each<[JsonObject, JsonObject]>([
  [{ 'text/xml': { schema: {} }, ...json }, json],
  [{ 'application/xml': { schema: { type: 'object' } } }, { 'application/xml': { schema: { type: 'string' } } }],
  [{ 'image/png': {} }, { 'image/png': { schema: { type: 'string', format: 'binary' } } }],
  [
    { 'multipart/form-data': { schema: {} }, 'application/x-www-form-urlencoded': { schema: {} } },
    { 'application/x-www-form-urlencoded': { schema: {} } },
  ],
  [
    { 'application/json': { schema: {}, example: 1, examples: { a: { $ref: '#/components/examples/a' } } } },
    { 'application/json': { schema: {} } },
  ],
])('of several media types there stays the one that is understood best: %j', (content, expected) => {
  const item = { post: { requestBody: { content }, responses: { '2xx': { description: '', content } } } };
  const post = operation(item, {}, ['/things', 'post']);
  expect(asObject(post['requestBody'])['content']).toEqual(expected);
  expect(valueAt(post, ['responses', '2XX', 'content'])).toEqual(expected);
});

test('a GET has no body', () => {
  expect(operation({ get: { ...idle, requestBody: { content: json } } })).not.toHaveProperty('requestBody');
});

test('shared path items are written out, and webhooks and callbacks are no operations of a client', () => {
  const shared = { get: { ...idle, operationId: 'shared', callbacks: { done: {} } } };
  const root = normal(
    { '/things': { $ref: '#/components/pathItems/Shared' }, 'x-note': {} },
    { components: { pathItems: { Shared: shared } }, webhooks: { done: { post: { ...idle, operationId: 'done' } } } },
  );
  expect(Object.keys(asObject(root['paths']))).toEqual(['/things']);
  expect(valueAt(root, ['paths', '/things', 'get'])).toMatchObject({ operationId: 'shared' });
  expect(valueAt(root, ['paths', '/things', 'get'])).not.toHaveProperty('callbacks');
  expect(valueAt(root, ['webhooks', 'done', 'post'])).not.toHaveProperty('operationId');
  expect(root['components']).not.toHaveProperty('pathItems');
});

test('a kind takes from its base what all kinds share, and what is only itself is anything', () => {
  const own = { type: 'object', properties: { purr: {} } };
  const base = { type: 'object', properties: { kind: { type: 'string' } } };
  const schemas = {
    Pet: { ...base, oneOf: [ref('Cat')], discriminator: { propertyName: 'kind' } },
    Cat: { allOf: [ref('Pet'), own] },
    A: { anyOf: [ref('B'), { type: 'string' }] },
    B: { oneOf: [ref('A'), { type: 'integer' }] },
    List: { type: 'array', items: ref('List') },
  };
  expect(valueAt(normal({}, { components: { schemas } }), ['components', 'schemas'])).toEqual({
    ...schemas,
    Cat: { allOf: [base, own] },
    B: { oneOf: [{}, { type: 'integer' }] },
  });
});

test('a reference into something is written out, also one that goes round in a circle', () => {
  const schemas = {
    Tree: {
      type: 'object',
      properties: { leaf: { type: 'string' }, sub: { items: { $ref: '#/components/schemas/Tree/properties/sub' } } },
    },
    Leaf: { $ref: '#/components/schemas/Tree/properties/leaf' },
    Answer: { $ref: '#/paths/~1things/get/responses/200/content/application~1json/schema' },
  };
  const reading = {
    responses: { '200': { description: '', content: { 'application/json': { schema: { type: 'array' } } } } },
  };
  expect(
    valueAt(normal({ '/things': { get: reading } }, { components: { schemas } }), ['components', 'schemas']),
  ).toEqual({
    Tree: { type: 'object', properties: { leaf: { type: 'string' }, sub: { items: { items: {} } } } },
    Leaf: { type: 'string' },
    Answer: { type: 'array' },
  });
});
