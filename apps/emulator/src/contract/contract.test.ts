import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { isObject } from '../json.js';
import { createContract, loadContract, type ContractRequest } from './contract.js';

/** A document with what only OpenAPI 3.1 can say. */
const root: unknown = parse(`
openapi: 3.1.0
paths:
  /shops/{shop}/items/{item}:
    parameters:
      - { name: shop, in: path, required: true, schema: { type: string, pattern: '^[a-z]+$' } }
      - { name: item, in: path, required: true, schema: { type: integer } }
    put:
      operationId: putItem
      security: [{ oauth: [items.write] }]
      parameters:
        - $ref: '#/components/parameters/Dry'
        - { name: X-Trace, in: header, required: true, schema: { type: string } }
      requestBody: { $ref: '#/components/requestBodies/Item' }
      responses:
        '200': { $ref: '#/components/responses/Item' }
        '204': { description: nothing }
components:
  parameters:
    Dry: { name: dry, in: query, schema: { type: boolean } }
  requestBodies:
    Item: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Item' } } } }
  responses:
    Item: { description: it, content: { application/json: { schema: { $ref: '#/components/schemas/Item' } } } }
  schemas:
    Base: { type: object, properties: { kind: { const: base } } }
    Item:
      allOf: [{ $ref: '#/components/schemas/Base' }]
      properties:
        note: { type: [string, 'null'], format: date-time }
        parts: { type: array, prefixItems: [{ type: string }, { type: integer }], items: false }
      unevaluatedProperties: false
`);
const contract = createContract([{ key: 'shop', root: isObject(root) ? root : {} }]);
const valid: ContractRequest = { params: { shop: 'a', item: '1' }, query: {}, headers: { 'x-trace': 't' }, body: {} };

describe('the contract', () => {
  test('reads operations with scopes and statuses', () => {
    expect(contract.operations).toMatchObject([
      {
        operationId: 'putItem',
        method: 'PUT',
        path: '/shops/{shop}/items/{item}',
        scopes: ['items.write'],
        statuses: [200, 204],
      },
    ]);
  });

  test('matches paths, decodes their parts, and tells unknown paths from unknown methods', () => {
    expect(contract.match('PUT', '/shops/a%20b/items/1')).toMatchObject({
      kind: 'operation',
      params: { shop: 'a b', item: '1' },
    });
    expect(contract.match('PUT', '/shops/100%/items/1')).toMatchObject({ kind: 'operation', params: { shop: '100%' } });
    expect(contract.match('GET', '/shops/a/items/1')).toEqual({ kind: 'method-not-allowed', allow: ['PUT'] });
    expect(contract.match('PUT', '/shops/a/items/1/more')).toEqual({ kind: 'unknown-path' });
  });

  test.for<readonly [Partial<ContractRequest>, readonly string[]]>([
    [{}, []],
    [{ query: { dry: 'true', other: '1' } }, []],
    [{ params: { shop: 'A', item: 'x' } }, ['path.shop: must match pattern "^[a-z]+$"', 'path.item: must be integer']],
    [{ query: { dry: 'maybe' } }, ['query.dry: must be boolean']],
    [{ headers: {} }, ["header: must have required property 'x-trace'"]],
    [{ body: undefined }, ['body: is required, with the right content type']],
    [{ body: { note: null, parts: ['a', 1], kind: 'base' } }, []],
    [{ body: { note: 'today' } }, ['note: must match format "date-time"']],
    [{ body: { extra: 1 } }, ['body: must NOT have unevaluated properties']],
    [{ body: { parts: ['a', 1, 2] } }, ['parts: must NOT have more than 2 items']],
    [{ body: { parts: [1] } }, ['parts[0]: must be string']],
  ])('judges the request %o', ([changes, problems]) => {
    expect(contract.judgeRequest('putItem', { ...valid, ...changes }).problems).toEqual(problems);
  });

  test('turns query texts into what they are documented as', () => {
    expect(contract.judgeRequest('putItem', { ...valid, query: { dry: 'true' } }).query).toEqual({ dry: true });
  });

  test.for<readonly [number, unknown, readonly string[]]>([
    [200, { kind: 'base' }, []],
    [200, { kind: 'other' }, ['kind: must be equal to constant ("base")']],
    [200, undefined, ['no body where one is documented']],
    [204, undefined, []],
    [204, {}, ['a body where none is documented']],
    [500, {}, ['status 500 is not documented']],
  ])('judges the answer %i %o', ([status, body, problems]) => {
    expect(contract.judgeAnswer('putItem', status, body)).toEqual(problems);
  });

  test('knows all operations of Emporix', () => {
    expect(
      loadContract()
        .operations.filter(({ document }) => document !== 'svix')
        .map(({ operationId }) => operationId)
        .toSorted(),
    ).toEqual([
      'createConfig',
      'deleteConfig',
      'getConfig',
      'getDashboardAccess',
      'getStatistics',
      'listConfigs',
      'listSubscriptions',
      'patchConfig',
      'replaceConfig',
      'requestToken',
      'updateSubscriptions',
    ]);
  });
});
