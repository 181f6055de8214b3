import { readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryProject } from '../testing/temporary-project.ts';
import { readOutput, writeOutput } from './output-folder.ts';

test('the folder ends up with exactly the files given', () => {
  const { output, write } = temporaryProject();
  write('generated/old/gone.ts', 'x');
  write('generated/a.ts', 'before');
  const files = new Map([
    ['a.ts', 'after'],
    ['b/c.ts', 'new'],
  ]);

  expect(writeOutput(output, files)).toEqual({ written: ['a.ts', 'b/c.ts'], deleted: ['old/gone.ts'] });
  expect(readOutput(output)).toEqual(files);
  expect(readdirSync(output).toSorted()).toEqual(['a.ts', 'b']);
});

test('a file that is right already is not touched', () => {
  const { output } = temporaryProject();
  const files = new Map([['a.ts', 'text']]);
  writeOutput(output, files);
  utimesSync(join(output, 'a.ts'), 1000, 1000);

  expect(writeOutput(output, files)).toEqual({ written: [], deleted: [] });
  expect(statSync(join(output, 'a.ts')).mtimeMs).toBe(1_000_000);
});
