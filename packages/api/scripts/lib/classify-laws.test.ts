import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitrarySchema, reworded } from '../testing/arbitrary-schema.ts';
import { answering, asking } from '../testing/open-api.ts';
import { classify } from './classify.ts';
import { diffFacts } from './diff.ts';
import { extractFacts } from './facts.ts';
import { asObject, type JsonObject } from './json.ts';
import { isAtLeast, severities, worst, type Severity } from './severity.ts';

function severityOf(before: JsonObject, after: JsonObject): Severity | undefined {
  const [old, now] = [extractFacts(before), extractFacts(after)];
  return worst(diffFacts(old, now).map((difference) => classify(difference, old, now).severity));
}

const documents = fc
  .tuple(arbitrarySchema, fc.constantFrom(answering, asking))
  .map(([schema, document]) => document(schema));

/** Two documents in one, each with its paths under another name. */
function union(a: JsonObject, b: JsonObject): JsonObject {
  return { ...a, paths: { '/a': asObject(a['paths'])['/things'], '/b': asObject(b['paths'])['/things'] } };
}

test('law: what is only worded or arranged in another way has no class', () => {
  fc.assert(
    fc.property(documents, (document) => {
      expect(severityOf(document, reworded(document))).toBeUndefined();
    }),
  );
});

test('law: two documents together are as bad as the worse of them, never milder', () => {
  fc.assert(
    fc.property(documents, documents, documents, documents, (a, b, c, d) => {
      const both = worst([severityOf(a, b), severityOf(c, d)].flatMap((severity) => severity ?? []));
      expect(severityOf(union(a, c), union(b, d))).toBe(both);
    }),
  );
});

test('law: more differences are never milder', () => {
  const lists = fc.array(fc.constantFrom(...severities));
  fc.assert(
    fc.property(lists, lists, (some, more) => {
      const [one, all] = [worst(some), worst([...some, ...more])];
      expect(one === undefined || (all !== undefined && isAtLeast(all, one))).toBe(true);
    }),
  );
});

test('law: what may be undone is judged on the way back, too', () => {
  fc.assert(
    fc.property(documents, documents, (before, after) => {
      expect(severityOf(before, after) === undefined).toBe(severityOf(after, before) === undefined);
    }),
  );
});
