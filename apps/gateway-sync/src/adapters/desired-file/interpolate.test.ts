import { expect, test } from 'vitest';
import { interpolate, type Surroundings } from './interpolate.js';

const surroundings: Surroundings = {
  env: { NAME: 'value', NUMBER: '00123', TRUE: 'true', EMPTY: '', TRICKY: '${env:NAME}: [x]\n# $&' },
  readFile: (path) => {
    if (path === '/run/secrets/two') return 'two lines\n\n';
    throw Object.assign(new Error('secret content in the message'), { code: 'EACCES' });
  },
};

const replaced = (text: string) => interpolate(text, surroundings).value;
const problems = (document: unknown) => interpolate(document, surroundings).problems;

test.each([
  ['${env:NAME}', 'value'],
  ['a ${env:NAME}-${env:NAME} b', 'a value-value b'],
  ['${env:NUMBER}', '00123'],
  ['${env:TRUE}', 'true'],
  ['${env:EMPTY}', ''],
  ['${env:MISSING:-default}', 'default'],
  ['${env:EMPTY:-default}', 'default'],
  ['${env:NAME:-default}', 'value'],
  ['${env:MISSING:-}', ''],
  ['${env:MISSING:-a:-b $x}', 'a:-b $x'],
  ['$${env:NAME}', '${env:NAME}'],
  ['$$${env:NAME}', '$${env:NAME}'],
  ['${env:TRICKY}', '${env:NAME}: [x]\n# $&'],
  ['${file:/run/secrets/two}', 'two lines\n'],
  ["$[?(@.status == 'X')] $ {x} $x", "$[?(@.status == 'X')] $ {x} $x"],
])('%s becomes %j', (text, expected) => {
  expect(replaced(text)).toBe(expected);
});

test('only strings are touched, at any depth, and keys never', () => {
  expect(interpolate({ '${env:NAME}': [1, true, null, { deep: '${env:NAME}' }] }, surroundings)).toEqual({
    value: { '${env:NAME}': [1, true, null, { deep: 'value' }] },
    problems: [],
  });
});

test('every reference that leads nowhere is named with its path, and no content is shown', () => {
  expect(problems({ list: ['${env:MISSING}', { key: '${vault:x} ${file:/etc/shadow} ${env:NAME' }] })).toEqual([
    {
      path: ['list', 0],
      message: 'the environment has no MISSING',
      remedy: 'set MISSING, or write ${env:MISSING:-default}',
    },
    {
      path: ['list', 1, 'key'],
      message: '${vault:…} is no reference',
      remedy: 'write ${env:NAME}, ${env:NAME:-default} or ${file:/path}; $${ stands for a literal ${',
    },
    {
      path: ['list', 1, 'key'],
      message: '/etc/shadow cannot be read (EACCES)',
      remedy: 'mount the file, or correct the path',
    },
    {
      path: ['list', 1, 'key'],
      message: '${ is not closed',
      remedy: 'end the reference with }, or write $${ for a literal ${',
    },
  ]);
});

test.each(['${evn:NAME:-hunter2}', 'pa${hunter2}ss', '${env:NA ME:-hunter2}', '${hunter2hunter2:x}'])(
  'what is no reference is not repeated, because it may be a secret: %s',
  (text) => {
    expect(problems(text)).toHaveLength(1);
    expect(JSON.stringify(problems(text))).not.toContain('hunter2');
  },
);

test('what every object has is not in the environment', () => {
  expect(problems('${env:constructor}')).toHaveLength(1);
});

test('references cannot fill the memory', () => {
  const large = { ...surroundings, env: { LARGE: 'x'.repeat(1_000_000) } };
  const texts = Array.from({ length: 100 }, () => '${env:LARGE}');
  const { value, problems: found } = interpolate(texts, large);
  expect(JSON.stringify(value).length).toBeLessThan(70_000_000);
  expect(found[0]).toMatchObject({ path: [67], message: 'references stand for more than 64 MB by now' });
});
