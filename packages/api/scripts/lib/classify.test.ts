import { describe, expect, test } from 'vitest';
import { answering, asking, describing } from '../testing/open-api.ts';
import { classify, type Finding } from './classify.ts';
import { diffFacts } from './diff.ts';
import { extractFacts } from './facts.ts';
import type { JsonObject } from './json.ts';
import { worst, type Severity } from './severity.ts';

function findings(before: JsonObject, after: JsonObject): readonly Finding[] {
  const [old, now] = [extractFacts(before), extractFacts(after)];
  return diffFacts(old, now).map((difference) => classify(difference, old, now));
}

const severity = (before: JsonObject, after: JsonObject): Severity | undefined =>
  worst(findings(before, after).map((finding) => finding.severity));

type Letter = 'A' | 'R' | 'B' | '-';
const names: Readonly<Record<Letter, Severity | undefined>> = {
  A: 'additive',
  R: 'risky',
  B: 'breaking',
  '-': undefined,
};

const object = (properties: JsonObject, more: JsonObject = {}) => ({ type: 'object', properties, ...more });
const text = { type: 'string' };
const optional = object({ a: text });
const needed = object({ a: text }, { required: ['a'] });
const list = (items: unknown) => ({ type: 'array', items });
const variant = (kind: string, properties: JsonObject, required: readonly string[] = []) =>
  object({ kind: { const: kind }, ...properties }, { required: ['kind', ...required] });
const either = (...oneOf: readonly unknown[]) => ({ oneOf });

/** What each change of a schema means: sent there and back, received there and back. */
const schemas: readonly (readonly [what: string, before: unknown, after: unknown, sent: string, received: string])[] = [
  ['a property that may be left out', object({}), optional, 'A R', 'A B'],
  ['a property that is required', object({}), needed, 'B R', 'A B'],
  [
    'a property of a closed object',
    object({}, { additionalProperties: false }),
    { ...optional, additionalProperties: false },
    'A B',
    'R B',
  ],
  ['a property becomes required', optional, needed, 'B A', 'A B'],
  ['another type', text, { type: 'boolean' }, 'B B', 'B B'],
  ['null as well', text, { type: ['string', 'null'] }, 'A B', 'B A'],
  ['any number, not only whole ones', { type: 'integer' }, { type: 'number' }, 'A B', 'B A'],
  ['any type', text, {}, 'A B', 'B A'],
  ['an object where a list was', list(text), needed, 'B B', 'B B'],
  ['an object besides a text, with a required part', text, either(text, needed), 'A B', 'B A'],
  ['one value more', { enum: ['a'] }, { enum: ['a', 'b'] }, 'A B', 'R R'],
  ['a list of values for any text', text, { type: 'string', enum: ['a'] }, 'B A', 'A R'],
  ['nothing but what is listed', object({}), object({}, { additionalProperties: false }), 'B A', 'A R'],
  ['map values of one form', object({}), object({}, { additionalProperties: text }), 'B A', 'A B'],
  [
    'a map where there was none',
    object({}, { additionalProperties: false }),
    object({}, { additionalProperties: text }),
    'A B',
    'R B',
  ],
  [
    'one variant more',
    either(variant('a', { x: text }), variant('b', {})),
    either(variant('a', { x: text }), variant('b', {}), variant('c', {})),
    'A B',
    'R R',
  ],
  [
    'a variant with one part more',
    either(variant('a', {}), variant('b', { y: text })),
    either(variant('a', { x: text }), variant('b', { y: text })),
    'A R',
    'A B',
  ],
  [
    'a variant with one required part more',
    either(variant('a', {}), variant('b', { y: text })),
    either(variant('a', { x: text }, ['x']), variant('b', { y: text })),
    'B R',
    'A B',
  ],
  [
    'a part of a variant becomes required',
    either(variant('a', { x: text }), variant('b', {})),
    either(variant('a', { x: text }, ['x']), variant('b', {})),
    'B A',
    'A B',
  ],
  [
    'parts of variants change places',
    either(variant('a', { x: text }), variant('b', { x: list(text) })),
    either(variant('a', { x: list(text) }), variant('b', { x: text })),
    'R R',
    'R R',
  ],
  ['a least length', text, { type: 'string', minLength: 3 }, 'R A', 'A R'],
  ['a higher least length', { type: 'string', minLength: 2 }, { type: 'string', minLength: 3 }, 'B A', 'A R'],
  ['a greatest number', { type: 'integer' }, { type: 'integer', maximum: 9 }, 'R A', 'A R'],
  ['a lower greatest number', { type: 'integer', maximum: 9 }, { type: 'integer', maximum: 8 }, 'B A', 'A R'],
  [
    'bounds of lists and maps',
    { type: ['array', 'object'], maxItems: 2, minProperties: 1 },
    { type: ['array', 'object'], maxItems: 1, minProperties: 2 },
    'B A',
    'A R',
  ],
  ['a pattern', text, { type: 'string', pattern: '^a' }, 'R A', 'A R'],
  ['another pattern', { type: 'string', pattern: '^b' }, { type: 'string', pattern: '^a' }, 'R R', 'R R'],
  ['a format', text, { type: 'string', format: 'uuid' }, 'R R', 'R R'],
  ['no repetitions', list(text), { ...list(text), uniqueItems: true }, 'R A', 'A R'],
  ['a step', { type: 'integer' }, { type: 'integer', multipleOf: 5 }, 'R A', 'A R'],
  ['a default', { type: 'integer' }, { type: 'integer', default: 5 }, 'A R', 'A A'],
  ['another default', { type: 'integer', default: 4 }, { type: 'integer', default: 5 }, 'R R', 'A A'],
  ['a value that can only be read', text, { ...text, readOnly: true }, 'R A', 'A A'],
  ['a value that can only be written', text, { ...text, writeOnly: true }, 'A A', 'B A'],
  ['a property that will be gone', optional, object({ a: { ...text, deprecated: true } }), 'R A', 'R A'],
  [
    'another property that tells variants apart',
    object({}, { discriminator: { propertyName: 'a' } }),
    object({}, { discriminator: { propertyName: 'b' } }),
    'B B',
    'B B',
  ],
  [
    'a property that tells variants apart',
    object({}),
    object({}, { discriminator: { propertyName: 'b' } }),
    'A B',
    'A B',
  ],
  ['a keyword that has no rule', list(text), { ...list(text), contains: text }, 'R R', 'R R'],
  ['wording', text, { ...text, title: 'A text', description: 'A text', example: 'a', 'x-note': 1 }, '- -', '- -'],
];

describe.each(schemas)('%s', (_what, before, after, sent, received) => {
  test.each([
    ['in a request', asking, sent],
    ['in an answer', answering, received],
  ])('%s', (_where, document, expected) => {
    const [there, back] = [severity(document(before), document(after)), severity(document(after), document(before))];
    expect([there, back]).toEqual(expected.split(' ').map((letter) => names[letter as Letter]));
  });
});

const json = (schema: unknown) => ({ content: { 'application/json': { schema } } });
const parameter = (more: JsonObject) => ({ name: 'q', in: 'query', schema: text, ...more });
const secured = (...security: readonly JsonObject[]) =>
  [
    { security },
    { components: { securitySchemes: { O: { type: 'oauth2' }, K: { type: 'apiKey', in: 'header', name: 'X-Key' } } } },
  ] as const;
const header = (more: JsonObject) => ({ responses: { 200: { headers: { ETag: { schema: text, ...more } } } } });
const calling = (operation: JsonObject) => ({ callbacks: { done: { '{$request.body#/url}': { post: operation } } } });

type Operation = readonly [operation: JsonObject, extra?: JsonObject];

/** What each change of an operation means, there and back. */
const operations: readonly (readonly [what: string, before: Operation, after: Operation, expected: string])[] = [
  ['an operation', [{}, { paths: {} }], [{}], 'A B'],
  ['an operation that will be gone', [{}], [{ deprecated: true }], 'R A'],
  ['a parameter that may be left out', [{}], [{ parameters: [parameter({})] }], 'A B'],
  ['a required parameter', [{}], [{ parameters: [parameter({ required: true })] }], 'B B'],
  [
    'a parameter becomes required',
    [{ parameters: [parameter({})] }],
    [{ parameters: [parameter({ required: true })] }],
    'B A',
  ],
  [
    'a parameter written in another way',
    [{ parameters: [parameter({})] }],
    [{ parameters: [parameter({ explode: false })] }],
    'B B',
  ],
  [
    'a parameter of another style',
    [{ parameters: [parameter({})] }],
    [{ parameters: [parameter({ style: 'pipeDelimited' })] }],
    'B B',
  ],
  [
    'a parameter with reserved characters',
    [{ parameters: [parameter({})] }],
    [{ parameters: [parameter({ allowReserved: true })] }],
    'A R',
  ],
  [
    'a parameter that will be gone',
    [{ parameters: [parameter({})] }],
    [{ parameters: [parameter({ deprecated: true })] }],
    'R A',
  ],
  ['a body that may be left out', [{}], [{ requestBody: json(text) }], 'A B'],
  ['a required body', [{}], [{ requestBody: { ...json(text), required: true } }], 'B B'],
  [
    'a body becomes required',
    [{ requestBody: json(text) }],
    [{ requestBody: { ...json(text), required: true } }],
    'B A',
  ],
  [
    'a body in one more form',
    [{ requestBody: json(text) }],
    [{ requestBody: { content: { ...json(text).content, 'text/plain': { schema: text } } } }],
    'A B',
  ],
  [
    'parts of a body in another form',
    [{ requestBody: json(optional) }],
    [
      {
        requestBody: {
          content: { 'application/json': { schema: optional, encoding: { a: { contentType: 'text/plain' } } } },
        },
      },
    ],
    'B B',
  ],
  [
    'parts of an answer in another form',
    [{ responses: { 200: json(optional) } }],
    [
      {
        responses: {
          200: {
            content: { 'application/json': { schema: optional, encoding: { a: { contentType: 'text/plain' } } } },
          },
        },
      },
    ],
    'R R',
  ],
  ['a status of failure', [{ responses: { 200: {} } }], [{ responses: { 200: {}, 409: {} } }], 'R R'],
  ['a status of success', [{ responses: { 200: {} } }], [{ responses: { 200: {}, 201: {} } }], 'R B'],
  [
    'an answer in one more form',
    [{ responses: { 200: json(text) } }],
    [{ responses: { 200: { content: { ...json(text).content, 'text/plain': { schema: text } } } } }],
    'A B',
  ],
  ['a header that may come', [{ responses: { 200: {} } }], [header({})], 'A R'],
  ['a header that always comes', [{ responses: { 200: {} } }], [header({ required: true })], 'A B'],
  ['a header comes always', [header({})], [header({ required: true })], 'A B'],
  ['a header of another type', [header({})], [header({ schema: { type: 'integer' } })], 'B B'],
  ['one scope more', secured({ O: ['a'] }), secured({ O: ['a', 'b'] }), 'B A'],
  ['another scope', secured({ O: ['a'] }), secured({ O: ['b'] }), 'B B'],
  ['one more way to be let in', secured({ O: ['a'] }), secured({ O: ['a'] }, { K: [] }), 'A B'],
  ['two keys at once', secured({ O: ['a'] }), secured({ O: ['a'], K: [] }), 'B A'],
  ['a key where there was none', [{}], secured({ K: [] }), 'B A'],
  ['one more webhook', [{}], [{}, { webhooks: { paid: { post: {} } } }], 'R B'],
  ['one more callback', [{}], [calling({})], 'R B'],
  [
    'a callback brings one value more',
    [calling({ requestBody: json(object({})) })],
    [calling({ requestBody: json(needed) })],
    'A B',
  ],
  ['a callback may bring a body', [calling({})], [calling({ requestBody: json(text) })], 'A B'],
  [
    'a callback may be answered in one more way',
    [calling({ responses: { 200: {} } })],
    [calling({ responses: { 200: {}, 202: {} } })],
    'A R',
  ],
  [
    'a callback needs more in its answer',
    [calling({ responses: { 200: json(optional) } })],
    [calling({ responses: { 200: json(needed) } })],
    'B A',
  ],
  [
    'a callback with one parameter more',
    [calling({})],
    [calling({ parameters: [parameter({ required: true })] })],
    'A B',
  ],
  [
    'a callback needs a header in its answer',
    [calling({ responses: { 200: {} } })],
    [calling(header({ required: true }))],
    'B R',
  ],
  ['wording', [{}], [{ summary: 'Things', description: 'Reads', tags: ['a'], operationId: 'getThings' }], '- -'],
];

test('a way in that replaces another one is not called one more', () => {
  const [one, two] = [secured({ O: ['a'] }), secured({ O: ['a', 'b'] })];
  const reasons = (before: typeof one, after: typeof one) =>
    findings(describing(...before), describing(...after)).map(({ change, reason }) => [change, reason]);
  expect(reasons(one, two)).toEqual([
    ['removed', 'oauth2 b is asked for, too'],
    ['added', 'it takes the place of a way that is gone'],
  ]);
  expect(reasons(two, one)).toEqual([
    ['removed', 'less is asked for'],
    ['added', 'it takes the place of a way that is gone'],
  ]);
  expect(reasons(one, secured({ O: ['a'] }, { K: [] }))).toEqual([['added', 'one more way to be let in']]);
});

test.each(operations)('%s', (_what, before, after, expected) => {
  const [old, now] = [describing(...before), describing(...after)];
  expect([severity(old, now), severity(now, old)]).toEqual(
    expected.split(' ').map((letter) => names[letter as Letter]),
  );
});
