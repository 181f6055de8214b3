import { describe, expect, test } from 'vitest';
import { problemsOf, told, withTenant } from '../../../test/support/desired-files.js';

/** On a machine that does other things too; what takes the square of its length takes minutes. */
const PATIENCE_MS = 5_000;
const head = 'version: 1\ntenants: []\n';
const times = (count: number, line: (index: number) => string) => Array.from({ length: count }, (_, i) => line(i));

const TEXTS: readonly (readonly [what: string, text: string, first: RegExp])[] = [
  ['keys without end', head + times(40_000, (i) => `key${i}: 1`).join('\n'), /^g\.yaml:3:1 key0: there is no key/],
  ['one key again and again', head + 'a: 1\n'.repeat(20_000), /^g\.yaml:4:1 : the same key stands twice/],
  [
    'a list without end',
    `version: 1\ntenants: [${'1,'.repeat(40_000)}]`,
    /^g\.yaml:2:11 tenants\[0\]: must be a mapping/,
  ],

  ['brackets in brackets', `tenants: ${'['.repeat(1_000_000)}`, /nested more than 64 levels/],
  ['mappings in mappings', `tenants: ${'{a: '.repeat(100_000)}`, /nested more than 64 levels/],
  ['dashes on one line', `tenants:\n  ${'- '.repeat(100_000)}1`, /nested more than 64 levels/],
  ['stairs', times(500, (i) => `${' '.repeat(i)}a:`).join('\n'), /nested more than 64 levels/],
  ['a line without end', `x: "${'a'.repeat(9_000_000)}"`, /a single value of more than a million characters/],
  ['comments without end', `${'# c\n'.repeat(200_000)}${head}x: 1`, /there is no key x/],
  ['errors without end', head + ']\n'.repeat(100_000), /^g\.yaml:3:1 : /],
  ['tags without end', head + times(5_000, (i) => `a${i}: !x 1`).join('\n'), /^g\.yaml:3:5 : /],
  ['documents without end', '---\na: 1\n'.repeat(100_000), /more than one document/],
  [
    'anchors and aliases without end',
    `${times(1_900, (i) => `k${i}: &a${i} 1`).join('\n')}\nb: [${times(1_900, (i) => `*a${i}`).join()}]`,
    /version: is missing/,
  ],
  ['too many aliases', `a: &a 1\nb: [${'*a,'.repeat(20_000)}]`, /aliases multiply too much/],
  [
    'aliases of something large',
    `a: &a [${'1,'.repeat(10_000)}]\nb: [${'*a,'.repeat(1_000)}]`,
    /aliases multiply too much/,
  ],
  [
    'aliases that pile up',
    `a0: &a0 [1]\n${times(200, (i) => `a${i + 1}: &a${i + 1} [*a${i}]`).join('\n')}`,
    /nested more than 64 levels/,
  ],
  ['an alias inside itself', 'a: &a [*a]', /^g\.yaml:1:8 : alias \*a stands inside its own anchor$/],
  ['aliases of nothing without end', `b: [${times(1_900, (i) => `*z${i}`).join()}]`, /no anchor &z0 stands before/],
  ['a null character', 'version: 1\ntenants: "\0"\n', /tenants: must be a list/],
  [
    'keys named like what every object has',
    `${head}__proto__: { polluted: 1 }\nconstructor: 1\ntoString: 1\n`,
    /there is no key __proto__/,
  ],
];

describe('a text with', () => {
  test.each(TEXTS)('%s is refused in words, and soon', (_, text, first) => {
    const startedAt = performance.now();
    const problems = told(text);
    expect(performance.now() - startedAt).toBeLessThan(PATIENCE_MS);
    expect(problems[0]).toMatch(first);
    expect(problems.length).toBeLessThanOrEqual(1_001);
    expect(Math.max(...problems.map(({ length }) => length))).toBeLessThan(1_000);
  });
});

test('a text with more in it than anybody writes is not read to its end', () => {
  expect(told(`version: 1\ntenants: [${'1,'.repeat(2_000_000)}]`)).toEqual(['g.yaml:1:1 : has too much in it']);
});

test('a byte order mark at the beginning is no part of the text', () => {
  expect(told(`\uFEFF${head}`)).toEqual([]);
});

test('where more is wrong than anybody mends at once, the first thousand are told, and that there are more', () => {
  const problems = told(`version: 1\ntenants: [${'{},'.repeat(2_000)}]`);
  expect(problems).toHaveLength(1_001);
  expect(problems.at(-1)).toContain('from here on there are more problems');
});

test('no key of the file reaches a prototype', () => {
  const poison = '{ __proto__: { polluted: 1 }, constructor: { prototype: { polluted: 1 } } }';
  const places = [
    withTenant(`subscriptions: []\n__proto__: ${poison}`),
    withTenant(`subscriptions: [${poison}]`),
    withTenant(
      `subscriptions: []\ndelivery: { provider: HTTP, destinationUrl: "https://a.example", headers: ${poison} }`,
    ),
    `version: 1\ntenants: []\ndefaults: ${poison}\n`,
    '{"version":1,"tenants":[],"__proto__":{"polluted":1},"defaults":{"__proto__":{"mode":"observe"}}}',
  ];
  for (const text of places) expect(problemsOf(text).length).toBeGreaterThan(0);
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
});
