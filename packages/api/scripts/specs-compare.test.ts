import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runScript } from './testing/run-script.ts';
import { smallSpec } from './testing/small-spec.ts';
import { temporaryProject, type TemporaryProject } from './testing/temporary-project.ts';

const timeout = 30_000;

function compare({ config, folder }: TemporaryProject, ...args: readonly string[]) {
  return runScript('specs-compare.ts', ['--config', config, join(folder, 'theirs.yaml'), ...args]);
}

function differing(deviations?: readonly string[]): TemporaryProject {
  const project = temporaryProject();
  project.write(
    'theirs.yaml',
    smallSpec({ 'enum: [PAID, OPEN]': 'enum: [PAID]', '[orders.read]\n': '[orders.all]\n' }),
  );
  if (deviations !== undefined) {
    const match = deviations.map((pattern) => `      - '${pattern}'\n`).join('');
    const text = `deviations:\n  - id: open\n    spec: orders\n    what: a\n    why: b\n    evidence: c\n    match:\n${match}`;
    project.write('specs/deviations.yaml', text);
  }
  return project;
}

test('a document of equal structure leaves nothing to say', { timeout }, async () => {
  const project = temporaryProject();
  project.write('theirs.yaml', smallSpec({ 'summary: Read an order': 'summary: Get one' }));
  const { exitCode, output } = await compare(project);
  expect(exitCode).toBe(0);
  expect(output).toMatch(/\n\n0 differences, 0 explained by 0 deviations, 0 unexplained\n$/);
});

test('every difference is printed under its operation', { timeout }, async () => {
  const { exitCode, output } = await compare(differing());
  expect(exitCode).toBe(1);
  expect(output.split('\n').slice(2)).toEqual([
    'GET /orders/{id}',
    '  - ours-only   :: security=oauth2 orders.read',
    '  + theirs-only :: security=oauth2 orders.all',
    '  - ours-only   [200 application/json] $.state :: enum="OPEN"',
    '',
    'PUT /orders/{id}',
    '  - ours-only   [body application/json] $.state :: enum="OPEN"',
    '',
    '4 differences, 0 explained by 0 deviations, 4 unexplained',
    '',
  ]);
});

const all = ['ours-only * :: enum="OPEN"', 'ours-only GET /orders/{id} :: security=*', 'theirs-only * orders.all'];

test('a path parameter with another name is one difference', { timeout }, async () => {
  const project = temporaryProject();
  project.write('theirs.yaml', smallSpec({ '/orders/{id}': '/orders/{orderId}', 'name: id': 'name: orderId' }));
  const { output } = await compare(project);
  expect(output.split('\n').slice(2)).toEqual([
    'GET /orders/{id}',
    '  ~ changed     [path id] :: name=id -> orderId in 2 operations',
    '',
    '1 difference, 0 explained by 0 deviations, 1 unexplained',
    '',
  ]);
});

test('differences that are all explained are only counted', { timeout }, async () => {
  const { exitCode, output } = await compare(differing(all));
  expect(exitCode).toBe(0);
  expect(output).toMatch(/\n\n4 differences, 4 explained by 1 deviation, 0 unexplained\n$/);
});

test('with --verbose explained differences are shown with their reason', { timeout }, async () => {
  const { output } = await compare(differing(all), '--verbose');
  expect(output).toContain('  + theirs-only :: security=oauth2 orders.all (open)\n');
});

test('a pattern that matches nothing is an error', { timeout }, async () => {
  const { exitCode, output } = await compare(differing([...all, 'changed * :: type=*']));
  expect(exitCode).toBe(1);
  expect(output).toMatch(/deviations\.yaml:2:5 open matches nothing any more: changed \* :: type=\*/);
  expect(output).toMatch(/0 unexplained, 1 idle pattern\n$/);
});

test('--json prints one document and nothing else', { timeout }, async () => {
  const { exitCode, output } = await compare(differing(all.slice(0, 1)), '--json');
  expect(exitCode).toBe(1);
  const report: unknown = JSON.parse(output);
  expect(report).toMatchObject({ spec: 'orders', unexplained: 2, idle: [] });
  expect(report).toHaveProperty('differences.2', {
    direction: 'ours-only',
    operation: 'GET /orders/{id}',
    text: 'GET /orders/{id} [200 application/json] $.state :: enum="OPEN"',
    deviation: 'open',
  });
});

test('a document that cannot be read or compared ends with 2, never with success', { timeout }, async () => {
  const project = temporaryProject();
  expect(await compare(project)).toMatchObject({
    exitCode: 2,
    output: expect.stringContaining('theirs.yaml:1:1 readable'),
  });
  project.write('theirs.yaml', 'openapi: [');
  expect(await compare(project)).toMatchObject({ exitCode: 2 });
  project.write('theirs.yaml', 'swagger: "2.0"\n');
  expect(await compare(project)).toMatchObject({
    exitCode: 2,
    output: expect.stringContaining('not an OpenAPI 3 document'),
  });
  project.write('theirs.yaml', 'openapi: 3.1.0\npaths: {}\n');
  expect(await compare(project)).toMatchObject({ exitCode: 2, output: expect.stringContaining('--spec: orders') });
});

test('a document in JSON that shares no path is compared with the spec named', { timeout }, async () => {
  const project = temporaryProject();
  project.write('theirs.yaml', '{"openapi": "3.0.1", "paths": {}}');
  const { exitCode, output } = await compare(project, '--spec', 'orders');
  expect(exitCode).toBe(1);
  expect(output).toContain('GET /orders/{id}\n  - ours-only   operation\n');
  expect(readFileSync(project.spec, 'utf8')).toBe(smallSpec());
});

test('--help prints how to use it', { timeout }, async () => {
  expect(await compare(temporaryProject(), '--help')).toEqual({
    exitCode: 0,
    output: expect.stringMatching(/^Usage: pnpm specs:compare <file>/),
  });
});
