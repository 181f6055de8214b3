import { expect, test } from 'vitest';
import { differenceText, diffFacts } from './diff.ts';
import { extractFacts } from './facts.ts';
import { asList, type JsonObject } from './json.ts';
import { withSameNames } from './renamed-parameters.ts';

const parameter = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } });

/** Each path with an operation GET that declares the parameters in it, or those given. */
function document(paths: Readonly<Record<string, readonly string[] | undefined>>, more: JsonObject = {}): JsonObject {
  const items = Object.entries(paths).map(([path, declared]) => {
    const names = declared ?? [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    const parameters = [...names.map(parameter), ...asList(more['parameters'])];
    return [path, { get: { ...more, parameters, responses: { '204': {} } } }];
  });
  return { openapi: '3.1.0', info: {}, paths: Object.fromEntries(items) };
}

function differences(before: JsonObject, after: JsonObject): readonly string[] {
  return diffFacts(...withSameNames(extractFacts(before), extractFacts(after))).map(
    (difference) => `${difference.type} ${differenceText(difference)}`,
  );
}

const undeclared = undefined;

test('an operation keeps its place, and what else has changed in it is told there', () => {
  const query = { name: 'q', in: 'query', schema: { type: 'string' } };
  const after = document({ '/a/{tenantId}/b': undeclared }, { parameters: [query] });
  expect(differences(document({ '/a/{tenant}/b': undeclared }), after)).toEqual([
    'changed GET /a/{tenant}/b [path tenant] :: name=tenant -> tenantId',
    'added GET /a/{tenant}/b [query q]',
  ]);
});

test('one name is one difference, however many paths have it', () => {
  const before = document({ '/a/{t}': undeclared, '/b/{t}/{u}': undeclared, '/c/{t}': undeclared });
  const after = document({ '/a/{x}': undeclared, '/b/{x}/{y}': undeclared, '/c/{t}': undeclared });
  expect(differences(before, after)).toEqual([
    'changed GET /a/{t} [path t] :: name=t -> x in 2 operations',
    'changed GET /b/{t}/{u} [path u] :: name=u -> y',
  ]);
});

test('names that were exchanged are told as such', () => {
  expect(differences(document({ '/a/{x}/{y}': undeclared }), document({ '/a/{y}/{x}': undeclared }))).toEqual([
    'changed GET /a/{x}/{y} [path x] :: name=x -> y',
    'changed GET /a/{x}/{y} [path y] :: name=y -> x',
  ]);
});

test('a parameter that nobody declared is told at the operation', () => {
  expect(differences(document({ '/a/{x}': [] }), document({ '/a/{y}': [] }))).toEqual([
    'changed GET /a/{x} :: name=x -> y',
  ]);
});

test.each([
  ['another path', { '/a/{x}': undeclared }, { '/b/{x}': undeclared }],
  ['one of two that could be meant', { '/a/{x}': undeclared }, { '/a/{y}': undeclared, '/a/{z}': undeclared }],
  ['a name that another parameter has', { '/a/{x}': undeclared }, { '/a/{y}': ['y', 'x'] }],
  ['a name that stands twice', { '/a/{x}/{y}': undeclared }, { '/a/{z}/{z}': ['z'] }],
])('%s is no other name of a parameter', (_what, before, after) => {
  const [removed] = Object.keys(before);
  const added = Object.keys(after).map((path) => `added GET ${path}`);
  expect(differences(document(before), document(after)).toSorted()).toEqual([...added, `removed GET ${removed}`]);
});
