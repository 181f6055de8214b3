import { expect, test } from 'vitest';
import { smallSpec } from '../testing/small-spec.ts';
import { temporaryProject } from '../testing/temporary-project.ts';
import { readDocument } from './document.ts';
import { checkHouseRules } from './house-rules.ts';

function broken(replace: Readonly<Record<string, string>>): readonly string[] {
  const { spec } = temporaryProject(smallSpec(replace));
  return checkHouseRules(readDocument(spec)).map(({ line, rule, message }) => `${line} ${rule}: ${message}`);
}

const orderRef = "                $ref: '#/components/schemas/Order'\n";

test('a document that keeps the rules has no problems', () => {
  expect(broken({})).toEqual([]);
});

test('only OpenAPI 3.1 is taken', () => {
  expect(broken({ 'openapi: 3.1.0': 'openapi: 3.0.3' })).toEqual([
    '1 house/openapi-version: write OpenAPI 3.1: `openapi: 3.1.0`',
  ]);
});

test('references must lead somewhere within the document', () => {
  expect(broken({ [orderRef]: "                $ref: 'other.yaml#/Order'\n" })).toEqual([
    '30 house/local-refs: other.yaml#/Order leaves the document',
  ]);
  expect(broken({ "$ref: '#/components/schemas/OrderState'": "$ref: '#/components/schemas/Gone'" })).toEqual([
    '69 house/local-refs: #/components/schemas/Gone does not exist',
  ]);
});

test('a reference of a property named value is checked, one inside an example is not', () => {
  const inProperty = { 'state:\n          $ref': 'value:\n          $ref', 'schemas/OrderState': 'schemas/Gone' };
  expect(broken(inProperty)).toEqual(['69 house/local-refs: #/components/schemas/Gone does not exist']);
  expect(broken({ 'number: 7': '$ref: nowhere' })).toEqual([]);
});

test('a body needs a named schema', () => {
  expect(broken({ [orderRef]: '                type: object\n' })).toEqual([
    '29 house/named-schemas: the schema of a body needs a name: move it to components/schemas',
  ]);
  expect(broken({ [orderRef]: '                type: array\n' })).toEqual([
    '29 house/named-schemas: the schema of a body needs a name: move it to components/schemas',
  ]);
  expect(broken({ [orderRef]: '                type: string\n' })).toEqual([]);
});

test('values and properties written out in a parameter or within a named schema need a name', () => {
  expect(broken({ '          type: string\n    get': '          enum: [a, b]\n    get' })).toEqual([
    '16 house/named-schemas: a list of values needs a name: move it to components/schemas',
  ]);
  expect(broken({ 'number:\n          type: integer': 'number:\n          properties: { a: {} }' })).toEqual([
    '66 house/named-schemas: an object with properties needs a name: move it to components/schemas',
  ]);
  expect(broken({ 'number:\n          type: integer': 'number:\n          enum: [1]' })).toEqual([]);
});

test('operation ids are there, camelCase and unique', () => {
  expect(broken({ 'operationId: getOrder': 'x-id: getOrder' })).toEqual([
    '18 house/operation-id: GET /orders/{id} has no operationId',
  ]);
  expect(broken({ 'operationId: getOrder': 'operationId: get-order' })).toEqual([
    '19 house/operation-id: get-order is not camelCase',
  ]);
  expect(broken({ 'operationId: replaceOrder': 'operationId: getOrder' })).toEqual([
    '39 house/operation-id: getOrder is used twice',
  ]);
});

test('every operation has a retry class that exists', () => {
  const known = 'safe, idempotent, idempotent-unless-creating, idempotency-keyed, version-guarded, unique';
  expect(broken({ 'x-retry: safe': 'x-retry: always' })).toEqual([
    `21 house/retry-class: x-retry must be one of ${known}; it is "always"`,
  ]);
  expect(broken({ '      x-retry: safe\n': '' })).toEqual([
    `18 house/retry-class: x-retry must be one of ${known}; it is missing`,
  ]);
});

test('every operation states its security with declared schemes and scopes', () => {
  expect(broken({ '      security:\n        - OAuth2: [orders.read]\n': '' })).toEqual([
    '18 house/security: security is missing; write `security: []` when anybody may call it',
  ]);
  expect(broken({ '        - OAuth2: [orders.read]\n': '        - OAuth2: [orders.peek]\n' })).toEqual([
    '23 house/security: the scope orders.peek is not declared in OAuth2',
  ]);
  expect(broken({ '        - OAuth2: [orders.read]\n': '        - Basic: []\n' })).toEqual([
    '23 house/security: the security scheme Basic is not declared',
  ]);
  expect(broken({ '        - OAuth2: [orders.read]\n': '        - OAuth2: []\n        - {}\n' })).toEqual([
    '22 house/security: state one security requirement: the manifest knows no alternatives',
  ]);
});

test('request bodies are required and have one media type', () => {
  expect(broken({ '        required: true\n        content': '        content' })).toEqual([
    '44 house/request-body-required: a request body needs `required: true`',
  ]);
  const second = '            application/xml: { example: x, schema: { type: string } }\n';
  expect(
    broken({ 'content:\n          application/json:': `content:\n${second.slice(2)}          application/json:` }),
  ).toEqual(['44 house/request-media-type: a request body needs exactly one media type']);
});

test('statuses are numbers', () => {
  expect(broken({ "        '204':": "        '2XX':" })).toEqual(['56 house/explicit-status: write a number, not 2XX']);
});

test('every body has an example, of whatever status', () => {
  const example =
    '          examples:\n            missing:\n              value:\n                message: no order 9\n';
  expect(broken({ [example]: '' })).toEqual(['83 house/examples: a body needs at least one example']);
});
