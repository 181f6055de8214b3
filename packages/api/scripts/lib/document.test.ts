import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryProject } from '../testing/temporary-project.ts';
import { readDocument } from './document.ts';
import { InvalidSpecError } from './problem.ts';

function problemsOf(file: string) {
  try {
    readDocument(file);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidSpecError)) throw error;
    return error.problems.map(({ line, column, rule }) => ({ line, column, rule }));
  }
}

test('a value is found by the line and column of its key, and a list item by its own', () => {
  const { write } = temporaryProject();
  const document = readDocument(write('a.yaml', 'one:\n  two: 2\nlist:\n  - x\n  - deep: y\n'));

  expect(document.root).toEqual({ one: { two: 2 }, list: ['x', { deep: 'y' }] });
  expect(document.locate(['one', 'two'])).toEqual({ line: 2, column: 3 });
  expect(document.locate(['list', 1])).toEqual({ line: 5, column: 5 });
  expect(document.locate(['list', 1, 'deep', 'deeper'])).toEqual({ line: 5, column: 5 });
  expect(document.locate(['one', 'absent'])).toEqual({ line: 1, column: 1 });
});

test('JSON is read like YAML, tabs included', () => {
  const { write } = temporaryProject();
  expect(readDocument(write('a.json', '{\n\t"one": [1, 2]\n}\n')).root).toEqual({ one: [1, 2] });
});

test('broken YAML is reported with its place', () => {
  const { write } = temporaryProject();
  expect(problemsOf(write('a.yaml', 'one: 1\none: 2\n'))).toEqual([{ line: 2, column: 1, rule: 'yaml' }]);
});

test('a document that is no mapping, or no file, is reported', () => {
  const { folder } = temporaryProject();
  writeFileSync(join(folder, 'a.yaml'), '- 1\n');
  expect(problemsOf(join(folder, 'a.yaml'))).toEqual([{ line: 1, column: 1, rule: 'yaml' }]);
  expect(problemsOf(join(folder, 'absent.yaml'))).toEqual([{ line: 1, column: 1, rule: 'readable' }]);
});
