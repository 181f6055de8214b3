import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitrarySchema } from '../testing/arbitrary-schema.ts';
import { answering, asking, describing } from '../testing/open-api.ts';
import { factText, parseFacts } from './fact-lines.ts';
import { extractFacts } from './facts.ts';

test('law: facts are the same after they were written to a file and read again', () => {
  fc.assert(
    fc.property(arbitrarySchema, fc.constantFrom(answering, asking), (schema, document) => {
      const facts = extractFacts(document(schema));
      expect(parseFacts(factText(facts))).toEqual(facts);
    }),
  );
});

test('names that look like the marks between the parts of a line come back', () => {
  const names = ['a :: b=c', '"', '] $', '[]', '.', 'a.b', '\\', '\n', '\u2028', ' ', ''];
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.constantFrom(...names), (outer, inner) => {
      const leaf = { type: 'string', enum: names, pattern: '^a\n :: b=c$', default: inner };
      const schema = { type: 'object', properties: { [outer]: { type: 'object', properties: { [inner]: leaf } } } };
      const parameters = [{ name: `q${outer}`, in: 'query', content: { 'a/b; c=d': { schema } } }];
      const headers = { [`X-${inner}`]: { content: { 'text/plain': { schema } } } };
      const facts = extractFacts(
        describing({
          parameters,
          responses: { 200: { headers }, default: { content: { 'a/b': { schema } } } },
          callbacks: { 'on it': { '{$request.body#/a b}': { post: { requestBody: { content: { x: { schema } } } } } } },
        }),
      );
      expect(parseFacts(factText(facts))).toEqual(facts);
    }),
  );
});

test.each(['GET', 'GET /a :: type', 'GET /a [200 x/y] $["a"]z :: type=x', '<html>'])('%s is no fact', (line) => {
  expect(() => parseFacts(`${line}\n`)).toThrow(`line 1 is no fact: ${line}`);
});
