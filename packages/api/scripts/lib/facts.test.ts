import { expect, test } from 'vitest';
import { answer, answering, describing } from '../testing/open-api.ts';
import { factLines } from './fact-lines.ts';
import { extractFacts } from './facts.ts';
import type { JsonObject } from './json.ts';

function lines(document: JsonObject): readonly string[] {
  return factLines(extractFacts(document));
}

/** The facts of the schema of the answer, without the common beginning. */
function schemaLines(schema: unknown, extra?: JsonObject): readonly string[] {
  return lines(answering(schema, extra))
    .filter((line) => line.startsWith(answer))
    .map((line) => line.slice(answer.length - 1));
}

test('an operation is described by its parts', () => {
  const document: JsonObject = {
    openapi: '3.0.0',
    paths: {
      '/things/{id}': {
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'force', in: 'query', description: 'replaced', schema: { type: 'string' } },
        ],
        put: {
          parameters: [
            { name: 'force', in: 'query', explode: false, schema: { type: 'array', items: { type: 'string' } } },
            { name: 'X-Trace', in: 'header', required: true, schema: { type: 'string' } },
            { name: 'Content-Type', in: 'header', required: true, schema: { type: 'string' } },
          ],
          security: [{ Key: ['b', 'a'] }, {}],
          requestBody: { required: true, content: { 'application/JSON': { schema: { type: 'boolean' } } } },
          responses: { '204': { description: '', headers: { ETag: { schema: { type: 'string' } } } } },
        },
      },
    },
    components: { securitySchemes: { Key: { type: 'oauth2' } } },
  };
  expect(lines(document)).toEqual([
    'PUT /things/{id} :: security=none',
    'PUT /things/{id} :: security=oauth2 a b',
    'PUT /things/{id} [204 header etag] $ :: type=string',
    'PUT /things/{id} [204 header etag] :: required=false',
    'PUT /things/{id} [204]',
    'PUT /things/{id} [body application/json]',
    'PUT /things/{id} [body application/json] $ :: type=boolean',
    'PUT /things/{id} [body] :: required=true',
    'PUT /things/{id} [header x-trace] $ :: type=string',
    'PUT /things/{id} [header x-trace] :: required=true',
    'PUT /things/{id} [path id] $ :: type=string',
    'PUT /things/{id} [path id] :: required=true',
    'PUT /things/{id} [query force] $ :: type=array',
    'PUT /things/{id} [query force] $[] :: type=string',
    'PUT /things/{id} [query force] :: explode=false',
    'PUT /things/{id} [query force] :: required=false',
  ]);
});

test('an object is described property by property', () => {
  const schema = {
    type: 'object',
    required: ['id'],
    properties: { id: { type: 'string', minLength: 1 }, 'a.b': { type: 'integer', enum: [1, 2] } },
    additionalProperties: { type: 'boolean' },
  };
  expect(schemaLines(schema)).toEqual([
    '$ :: additionalProperties=schema',
    '$ :: type=object',
    '$.<any> :: type=boolean',
    '$.id :: minLength=1',
    '$.id :: required=true',
    '$.id :: type=string',
    '$["a.b"] :: enum=1',
    '$["a.b"] :: enum=2',
    '$["a.b"] :: required=false',
    '$["a.b"] :: type=integer',
  ]);
});

test('a document of version 3.0 and one of 3.1 that mean the same have the same facts', () => {
  const old = {
    type: 'object',
    properties: {
      a: { type: 'string', nullable: true, enum: ['X', null] },
      b: { type: 'number', minimum: 0, exclusiveMinimum: true },
      c: { nullable: true, allOf: [{ $ref: '#/components/schemas/C' }] },
      d: { $ref: '#/components/schemas/C', description: 'ignored', type: 'string' },
    },
  };
  const current = {
    type: 'object',
    properties: {
      a: { type: ['string', 'null'], const: 'X' },
      b: { type: 'number', exclusiveMinimum: 0 },
      c: { oneOf: [{ $ref: '#/components/schemas/C' }, { type: 'null' }] },
      d: { $ref: '#/components/schemas/C' },
    },
  };
  const components = { schemas: { C: { type: 'integer' } } };
  expect(schemaLines(old, { openapi: '3.0.3', components })).toEqual(schemaLines(current, { components }));
});

test('it makes no difference whether a schema is inline, referred to, composed or repeated', () => {
  const inline = { type: 'object', required: ['a'], properties: { a: { type: 'string' }, b: { type: 'string' } } };
  const composed = {
    allOf: [
      { $ref: '#/components/schemas/A' },
      { properties: { b: { anyOf: [{ type: 'string' }, { type: 'string', description: 'again' }] } } },
    ],
  };
  const components = { schemas: { A: { type: 'object', required: ['a'], properties: { a: { type: 'string' } } } } };
  expect(schemaLines(composed, { components })).toEqual(schemaLines(inline));
});

test('wording, examples, extensions and order make no difference', () => {
  const bare = { type: 'object', properties: { a: { enum: ['x', 'y'] }, title: { type: 'string' } } };
  const worded = {
    title: 'Thing',
    description: 'A thing',
    'x-order': 1,
    example: {},
    properties: { title: { description: 'Its title', type: 'string' }, a: { enum: ['y', 'x'], title: 'A' } },
    type: 'object',
  };
  expect(schemaLines(worded)).toEqual(schemaLines(bare));
});

test('the variants of a union share their places and are named by their structure', () => {
  expect(
    schemaLines({ oneOf: [variant('A', 'x'), variant('B', 'y')] }).map((line) => line.replace(/\w{16}/g, '#')),
  ).toEqual([
    '$ :: type=object',
    '$ :: variant={kind="A", x}',
    '$ :: variant={kind="B", y}',
    '$ :: variants=# | #',
    '$.kind :: enum="A"',
    '$.kind :: enum="B"',
    '$.kind :: required=true',
    '$.kind :: type=string',
    '$.x :: required=false',
    '$.x :: type=string',
    '$.y :: required=false',
    '$.y :: type=string',
  ]);
});

test('an open list of values is no list', () => {
  expect(schemaLines({ anyOf: [{ type: 'string', enum: ['a'] }, { type: 'string' }] })).not.toContain('$ :: enum="a"');
});

test('a schema within itself ends where it begins again', () => {
  const components = {
    schemas: {
      Tree: {
        type: 'object',
        properties: { children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } },
      },
    },
  };
  expect(schemaLines({ $ref: '#/components/schemas/Tree' }, { components })).toEqual([
    '$ :: type=object',
    '$.children :: required=false',
    '$.children :: type=array',
    '$.children[] :: type=recursive',
  ]);
});

test('a keyword that nobody here knows is a fact, without its prose', () => {
  expect(schemaLines({ type: 'array', contains: { description: 'one', type: 'string' } })).toContain(
    '$ :: contains={"type":"string"}',
  );
});

test('where a type excludes the choice beside it, the choice is taken', () => {
  expect(schemaLines({ type: 'object', anyOf: [{ type: 'string' }, { type: 'boolean' }] })).toEqual([
    '$ :: type=boolean | string',
  ]);
  expect(schemaLines({ allOf: [{ type: 'object' }, { type: 'string' }] })).toEqual(['$ :: type=never']);
});

test('what is no OpenAPI 3 document, or refers to nothing, is an error', () => {
  expect(() => extractFacts({ swagger: '2.0' })).toThrow('not an OpenAPI 3 document');
  expect(() => extractFacts(answering({ $ref: '#/components/schemas/Gone' }))).toThrow('Gone leads nowhere');
  expect(() => extractFacts(describing({ responses: { '200': { $ref: '#/components/responses/Gone' } } }))).toThrow(
    'Gone leads nowhere',
  );
});

function variant(kind: string, property: string): JsonObject {
  return {
    type: 'object',
    required: ['kind', property],
    properties: { kind: { const: kind }, [property]: { type: 'string' } },
  };
}
