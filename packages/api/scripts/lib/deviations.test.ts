import { expect, test } from 'vitest';
import { temporaryProject } from '../testing/temporary-project.ts';
import { matchesPattern, readDeviations } from './deviations.ts';

const entry = `  - id: one
    spec: orders
    match: ['changed GET /orders :: security=*']
    what: What
    why: Why
    evidence: Evidence
`;

test('entries are read with their place', () => {
  const { write } = temporaryProject();
  const file = write('deviations.yaml', `deviations:\n${entry}`);
  expect(readDeviations(file)).toEqual([
    { id: 'one', spec: 'orders', match: ['changed GET /orders :: security=*'], place: `${file}:2:5` },
  ]);
});

test('without a file there are no deviations', () => {
  expect(readDeviations('/nowhere/deviations.yaml')).toEqual([]);
});

test.each([
  ['without evidence', entry.replace('    evidence: Evidence\n', ''), /2:5 deviations: deviations\.0\.evidence/],
  ['with an empty reason', entry.replace('why: Why', "why: ' '"), /6:5 deviations: deviations\.0\.why/],
  [
    'with a pattern without a direction',
    entry.replace('changed GET', 'GET'),
    /4:13 deviations: .*begins with ours-only/,
  ],
  ['with an unknown key', `${entry}    until: later\n`, /2:5 deviations: .*until/],
  ['with an id that exists', entry + entry, /8:5 deviations: one is used twice/],
])('an entry %s is refused with its place', (_case, text, message) => {
  const { write } = temporaryProject();
  expect(() => readDeviations(write('deviations.yaml', `deviations:\n${text}`))).toThrow(message);
});

test('a star stands for any text and everything else for itself', () => {
  const line = 'ours-only GET /a/{b} [200 application/json] $[].c :: pattern=^x*$ | y';
  expect(matchesPattern('ours-only GET /a/{b} [200 *] $[].c :: pattern=*', line)).toBe(true);
  expect(matchesPattern(line, line)).toBe(true);
  expect(matchesPattern('ours-only GET /a/{b} [200 *] $[]', line)).toBe(false);
  expect(matchesPattern('ours-only GET /a/.b. [200 *', line)).toBe(false);
});
