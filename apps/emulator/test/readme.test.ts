import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { controlRoutes } from '../src/control/control.js';
import { describeQuirks } from '../src/control/quirk-routes.js';
import { faultSchema } from '../src/faults/fault.js';
import { createEmulator } from '../src/index.js';
import { startReceiver } from './socket-receiver.js';
import { readSteps, toPattern } from './walk.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const walk = readme.slice(readme.indexOf('## A walk'), readme.indexOf('## In tests'));

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** The table without its padding, row by row. */
function tableBetween(start: string, end: string): string[] {
  const part = readme.slice(readme.indexOf(start), readme.indexOf(end));
  return part
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.replaceAll(/ +/g, ' '));
}

/** When a delivery was sent, as its sender says. */
function timeOf(headers: Readonly<Record<string, string>>): number {
  const seconds = headers['svix-timestamp'];
  return seconds === undefined ? Date.parse(headers['emporix-event-publish-time'] ?? '') : Number(seconds) * 1_000;
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

test('every command of the walk prints what the README says', async () => {
  const now = Date.UTC(2026, 10, 15);
  const server = await createEmulator({ autoCreateTenants: true, now: () => now }).listen();
  const receiver = await startReceiver(() => 200);
  closers.push(
    () => server.close(),
    () => receiver.close(),
  );
  const steps = readSteps(walk);
  const script = steps.map(({ command }) => `${command}\necho "@@@"`).join('\n');
  const { stdout } = await promisify(execFile)('bash', [
    '-c',
    script
      .replaceAll('http://127.0.0.1:4010', server.url)
      .replaceAll('http://127.0.0.1:4020', new URL(receiver.url).origin),
  ]);
  const outputs = stdout.replaceAll(new URL(receiver.url).origin, 'http://127.0.0.1:4020').split('@@@\n');
  expect(steps.length).toBeGreaterThan(20);
  for (const [index, { command, output }] of steps.entries()) {
    expect(outputs[index]?.replaceAll(/\s+/g, ''), command).toMatch(toPattern(output ?? '…'));
  }
  expect(receiver.received.map(({ body }) => body)).toEqual(['{"id":"o-1","total":{"amount":250}}', '{"id":"o-2"}']);
  // A receiver that looks at the time of a delivery takes all of them.
  expect(receiver.received.map(({ headers }) => timeOf(headers))).toEqual([now, now]);
});
