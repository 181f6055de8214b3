import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkCommand } from './check-command.ts';
import { commitAll } from '../testing/commit-all.ts';
import { documentServer } from '../testing/document-server.ts';
import { runScript } from '../testing/run-script.ts';
import { smallSpec } from '../testing/small-spec.ts';
import { temporaryProject, type TemporaryProject } from '../testing/temporary-project.ts';

async function check({ config }: TemporaryProject, ...args: readonly string[]) {
  let output = '';
  const exitCode = await checkCommand(['--config', config, ...args], (text) => {
    output += `${text}\n`;
  });
  return { exitCode, output };
}

/** A project that knows the document `theirs.yaml` within it. */
async function recorded(): Promise<TemporaryProject> {
  const project = temporaryProject();
  project.write('theirs.yaml', smallSpec());
  const { exitCode } = await check(project, '--upstream', join(project.folder, 'theirs.yaml'), '--accept');
  expect(exitCode).toBe(0);
  return project;
}

const wording = { 'summary: Read an order': 'summary: Get one' };
const risky = { "        '204':\n": "        '202':\n          description: Later.\n        '204':\n" };
const breaking = { '[orders.read]\n': '[orders.all]\n' };
const optional = { '        number:\n': '        note:\n          type: string\n        number:\n' };

test('what was recorded is sorted facts without a sentence, and where they are from', async () => {
  const { folder } = await recorded();
  const facts = readFileSync(join(folder, 'specs/upstream/orders.facts'), 'utf8');
  const lines = facts.trimEnd().split('\n');
  expect(lines).toEqual(lines.toSorted());
  expect(lines).toContain('GET /orders/{id} [200 application/json] $.state :: enum="OPEN"');
  expect(facts).not.toMatch(/Read an order|There is no such order/);
  expect(JSON.parse(readFileSync(join(folder, 'specs/upstream/lock.json'), 'utf8'))).toEqual({
    orders: { source: 'theirs.yaml', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
  });
});

test('the exit code tells the class, and --fail-on from which one on it counts', async () => {
  const project = await recorded();
  const codes = [];
  for (const change of [{}, wording, optional, risky, breaking]) {
    project.write('theirs.yaml', smallSpec(change));
    codes.push((await check(project)).exitCode);
  }
  expect(codes).toEqual([0, 0, 10, 20, 30]);
  project.write('theirs.yaml', smallSpec(risky));
  expect((await check(project, '--fail-on', 'breaking')).exitCode).toBe(0);
  expect((await check(project, '--fail-on', 'risky')).exitCode).toBe(20);
  expect(await check(project, '--fail-on', 'wording')).toMatchObject({
    exitCode: 2,
    output: expect.stringContaining('--fail-on takes additive, risky, breaking'),
  });
});

test('the command ends with that code', { timeout: 60_000 }, async () => {
  const project = await recorded();
  project.write('theirs.yaml', smallSpec(breaking));
  const run = await runScript('specs-check.ts', ['--config', project.config, '--json']);
  expect([run.exitCode, JSON.parse(run.output)]).toMatchObject([30, { severity: 'breaking', level: 'major' }]);
});

test('a change is shown with its class, its place and the reason', async () => {
  const project = await recorded();
  project.write('theirs.yaml', smallSpec(breaking));
  const { output } = await check(project, '--spec', 'orders');
  expect(output.split('\n')).toEqual([
    'orders (theirs.yaml)',
    '  upstream moved: 1 breaking, 1 additive',
    '    breaking - GET /orders/{id} :: security=oauth2 orders.read',
    '             security, request: who came in this way is refused',
    '    additive + GET /orders/{id} :: security=oauth2 orders.all',
    '             security, request: it takes the place of a way that is gone',
    '  we disagree: 1 breaking, 1 additive',
    '    breaking - GET /orders/{id} :: security=oauth2 orders.read',
    '             security, request: who came in this way is refused',
    '    additive + GET /orders/{id} :: security=oauth2 orders.all',
    '             security, request: it takes the place of a way that is gone',
    '',
  ]);
});

test('what is accepted has not moved any more, and what a deviation explains is no disagreement', async () => {
  const project = await recorded();
  project.write('theirs.yaml', smallSpec(optional));
  const { exitCode, output } = await check(project, '--accept', '--json', '--report', join(project.folder, 'report'));
  expect(exitCode).toBe(10);
  const report: unknown = JSON.parse(output);
  expect(report).toMatchObject({ severity: 'additive', level: 'minor', exitCode: 10 });
  expect(report).toHaveProperty('specs.0.moved.0', {
    severity: 'additive',
    reason: 'one more value comes',
    area: 'response',
    direction: 'response',
    change: 'added',
    operation: 'GET /orders/{id}',
    text: 'GET /orders/{id} [200 application/json] $.note',
  });
  expect(JSON.parse(readFileSync(join(project.folder, 'report/report.json'), 'utf8'))).toEqual(report);
  expect(readFileSync(join(project.folder, 'report/report.md'), 'utf8')).toContain('### Upstream moved: 2 additive');

  const pattern = 'theirs-only * $.note';
  const entry = `  - id: note\n    spec: orders\n    what: a\n    why: b\n    evidence: c\n    match: ['${pattern}']\n`;
  project.write('specs/deviations.yaml', `deviations:\n${entry}`);
  expect(await check(project)).toMatchObject({ exitCode: 0, output: expect.stringContaining('2 explained') });

  project.write('theirs.yaml', smallSpec());
  await check(project, '--accept');
  const idle = await check(project);
  expect(idle).toMatchObject({ exitCode: 20, output: expect.stringContaining(`note explains nothing any more`) });
});

test('the name of a path parameter never goes over the wire: it costs nobody but generated code anything', async () => {
  const project = await recorded();
  const renamed = smallSpec({ '/orders/{id}': '/orders/{orderId}', 'name: id': 'name: orderId' });
  project.write('theirs.yaml', renamed);
  const { exitCode, output } = await check(project);
  expect(exitCode).toBe(20);
  const difference = [
    '    risky    ~ GET /orders/{id} [path id] :: name=id -> orderId in 2 operations',
    '             parameter, request: path parameter renamed: the input of generated code changes',
  ];
  expect(output.split('\n')).toEqual([
    'orders (theirs.yaml)',
    '  upstream moved: 1 risky',
    ...difference,
    '  we disagree: 1 risky',
    ...difference,
    '',
  ]);
  await check(project, '--accept');
  expect(await check(project)).toMatchObject({ output: expect.not.stringContaining('upstream moved') });
});

test('--markdown is a table for a pull request', async () => {
  const project = await recorded();
  project.write('theirs.yaml', smallSpec({ 'enum: [PAID, OPEN]': 'enum: [PAID, OPEN, "a|`b"]' }));
  const { exitCode, output } = await check(project, '--markdown');
  expect(exitCode).toBe(20);
  expect(output).toContain('**risky**, release level: minor');
  expect(output).toContain(
    String.raw`| risky | response | added | ` +
      '`` GET /orders/{id} [200 application/json] $.state :: enum="a\\|`b" ``',
  );
});

test('git:REVISION says what our own documents have become since, without anything of others', async () => {
  const project = temporaryProject();
  commitAll(project.folder);
  expect(await check(project, '--upstream', 'git:HEAD')).toEqual({
    exitCode: 0,
    output: 'orders (git:HEAD:specs/orders.yaml)\n  no change\n',
  });
  project.write('specs/orders.yaml', smallSpec(breaking));
  const { exitCode, output } = await check(project, '--upstream', 'git:HEAD', '--spec', 'orders');
  expect(exitCode).toBe(30);
  expect(output.split('\n').slice(0, 3)).toEqual([
    'orders (git:HEAD:specs/orders.yaml)',
    '  we moved: 1 breaking, 1 additive',
    '    breaking - GET /orders/{id} :: security=oauth2 orders.read',
  ]);
  expect(output).not.toContain('we disagree');
  const json: unknown = JSON.parse((await check(project, '--upstream', 'git:HEAD', '--json')).output);
  expect(json).toMatchObject({ level: 'major', specs: [{ subject: 'ours', disagreements: [], idle: [] }] });
  expect(await check(project, '--upstream', 'git:HEAD', '--markdown')).toMatchObject({
    output: expect.stringContaining('### We moved: 1 breaking, 1 additive'),
  });
});

test('a document that was not there at the revision is new; a revision that is not there leaves a doubt', async () => {
  const project = temporaryProject();
  renameSync(project.spec, `${project.spec}.later`);
  commitAll(project.folder);
  renameSync(`${project.spec}.later`, project.spec);
  expect(await check(project, '--upstream', 'git:HEAD')).toMatchObject({
    exitCode: 10,
    output: expect.stringContaining('additive + GET /orders/{id}\n'),
  });
  const doubts: readonly (readonly [args: readonly string[], message: string])[] = [
    [['--upstream', 'git:gone'], 'git:gone: fatal: Not a valid object name gone'],
    [['--upstream', 'git:HEAD', '--accept'], 'there is nothing to --accept'],
    [['--upstream', 'git:HEAD', '--repository', join(project.folder, 'gone')], 'there is no folder'],
    [['--upstream', 'git:-x'], 'say git:REVISION:PATH'],
  ];
  for (const [args, message] of doubts) {
    expect(await check(project, ...args)).toMatchObject({ exitCode: 2, output: expect.stringContaining(message) });
  }
});

test('an address is asked again only for what changed since', async () => {
  const project = temporaryProject();
  const asked: (string | undefined)[] = [];
  const { url } = await documentServer((request, response) => {
    asked.push(request.headers['if-none-match']);
    if (request.headers['if-none-match'] === '"7"') response.writeHead(304).end();
    else response.setHeader('etag', '"7"').end(smallSpec());
  });
  expect((await check(project, '--spec', 'orders', '--upstream', url, '--accept')).exitCode).toBe(0);
  expect(await check(project)).toMatchObject({ exitCode: 0, output: expect.stringContaining('no change') });
  expect(asked).toEqual([undefined, '"7"']);
});

test('whatever leaves a doubt ends with 2, records nothing and says what to do', async () => {
  const project = await recorded();
  const lock = join(project.folder, 'specs/upstream/lock.json');
  const before = readFileSync(lock, 'utf8');
  const { url } = await documentServer((_request, response) => response.writeHead(302, { location: '/login' }).end());
  const doubts: readonly (readonly [args: readonly string[], message: string])[] = [
    [['--upstream', url, '--spec', 'orders', '--accept'], '/login, which is not followed'],
    [['--upstream', 'http://127.0.0.1:1/a.yml', '--spec', 'orders', '--json'], 'try again later'],
    [['--upstream', 'gone.yaml'], 'there is no such file'],
    [['--spec', 'sales'], 'its source is not known'],
    [['--spec', 'sales', '--upstream', 'theirs.yaml'], 'there is no spec sales: orders'],
    [['--json', '--markdown'], 'exclude each other'],
    [['--timeout', 'soon'], '--timeout takes seconds'],
    [['--unknown'], '--unknown'],
  ];
  for (const [args, message] of doubts) {
    expect(await check(project, ...args)).toMatchObject({ exitCode: 2, output: expect.stringContaining(message) });
  }
  project.write('theirs.yaml', smallSpec().replace('/orders/{id}', '/sales/{id}'));
  const other = await check(project, '--accept');
  expect(other).toMatchObject({ exitCode: 2, output: expect.stringContaining('not one operation of orders') });
  expect(readFileSync(lock, 'utf8')).toBe(before);
});

test('facts that are missing or changed by hand are no base, until they are recorded anew', async () => {
  const project = await recorded();
  const file = join(project.folder, 'specs/upstream/orders.facts');
  writeFileSync(file, readFileSync(file, 'utf8').replace('orders.read', 'orders.all'));
  const { exitCode, output } = await check(project);
  expect([exitCode, output]).toEqual([2, expect.stringContaining('is not what lock.json says; restore it from Git')]);
  expect((await check(project, '--accept')).exitCode).toBe(0);
  expect((await check(project)).exitCode).toBe(0);
});

test('a document of which nothing is recorded cannot be told of', async () => {
  const project = temporaryProject();
  const one = await check(project);
  expect(one).toMatchObject({ exitCode: 2, output: expect.stringContaining('record a document with --accept') });
  const two = await check(project, '--upstream', project.spec);
  expect(two).toMatchObject({ exitCode: 2, output: expect.stringContaining('nothing is recorded of orders') });
  expect(existsSync(join(project.folder, 'specs/upstream'))).toBe(false);
});
