import { expect, test } from 'vitest';
import { runScript } from './testing/run-script.ts';
import { smallSpec } from './testing/small-spec.ts';
import { temporaryProject } from './testing/temporary-project.ts';

const timeout = 30_000;

function lint(replace: Readonly<Record<string, string>>) {
  return runScript('lint-specs.ts', ['--config', temporaryProject(smallSpec(replace)).config]);
}

test('a good document passes', { timeout }, async () => {
  expect(await lint({})).toMatchObject({ exitCode: 0, output: expect.stringMatching(/orders\.yaml: no problems\n$/) });
});

test.each([
  ['of a success answer', { 'number: 7': 'number: seven' }],
  ['of an error answer', { 'message: no order 9': 'text: no order 9' }],
  ['of a request', { 'state: OPEN': 'state: LOST' }],
])('a wrong example %s fails and is shown in its lines', { timeout }, async (_where, replace) => {
  const { exitCode, output } = await lint(replace);
  expect(exitCode).toBe(1);
  expect(output).toContain('no-invalid-media-type-examples');
  expect(output).toMatch(new RegExp(String.raw`\d+ \| +${Object.values(replace)[0] ?? ''}`));
});

test('a warning of the ruleset fails too', { timeout }, async () => {
  const { exitCode, output } = await lint({ '      summary: Read an order\n': '' });
  expect(exitCode).toBe(1);
  expect(output).toContain('operation-summary');
});

test('a schema that nothing uses fails', { timeout }, async () => {
  const { exitCode, output } = await lint({ '    Problem:\n': '    Idle:\n      type: string\n    Problem:\n' });
  expect(exitCode).toBe(1);
  expect(output).toContain('no-unused-components');
});

test('a broken house rule fails', { timeout }, async () => {
  const { exitCode, output } = await lint({ 'x-retry: safe': 'x-retry: always' });
  expect(exitCode).toBe(1);
  expect(output).toMatch(/orders\.yaml:21:7 house\/retry-class.*\n.*: 1 problem\n$/);
});
