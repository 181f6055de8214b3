import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { controlRoutes } from '../src/control/control.js';
import { describeQuirks } from '../src/control/quirk-routes.js';
import { faultSchema } from '../src/faults/fault.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** The table without its padding, row by row. */
function tableBetween(start: string, end: string): string[] {
  const part = readme.slice(readme.indexOf(start), readme.indexOf(end));
  return part
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.replaceAll(/ +/g, ' '));
}

/** The initial value first, then what else it takes. */
function showValues(initial: unknown, values: unknown): string {
  const all: readonly unknown[] =
    typeof initial === 'boolean' ? [initial, !initial] : Array.isArray(values) ? values : [initial];
  return all.map((value) => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``).join(', ');
}

test('the README lists every quirk with its values and reason', () => {
  const rows = describeQuirks().map(({ name, initial, values, why }) => {
    return `| \`${name}\` | ${showValues(initial, values)} | ${why} |`;
  });
  expect(tableBetween('<!-- quirks -->', '<!-- /quirks -->')).toEqual(rows);
});

test('the README lists every control route', () => {
  const listed = tableBetween('## Control API', '## Faults').map((line) => /^\| `([^`]+)`/.exec(line)?.[1]);
  expect(listed).toEqual(controlRoutes.map(({ method, path }) => `${method} /_emulator${path}`));
});

test('the README lists every kind of fault', () => {
  const kinds = faultSchema.options.map((option) => option.shape.kind.value);
  expect(tableBetween('## Faults', '## Quirks').map((line) => /^\| `([^`]+)`/.exec(line)?.[1])).toEqual(kinds);
});
