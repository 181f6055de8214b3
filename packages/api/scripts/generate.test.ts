import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runScript, startScript } from './testing/run-script.ts';
import { smallSpec } from './testing/small-spec.ts';
import { temporaryProject, type TemporaryProject } from './testing/temporary-project.ts';

const timeout = 30_000;

async function generated(): Promise<TemporaryProject> {
  const project = temporaryProject();
  expect(await runScript('generate.ts', ['--config', project.config])).toMatchObject({ exitCode: 0 });
  return project;
}

function check({ config }: TemporaryProject) {
  return runScript('generate.ts', ['--check', '--config', config]);
}

test('a check passes right after a run, and a second run writes nothing', { timeout }, async () => {
  const project = await generated();
  expect(await check(project)).toEqual({ exitCode: 0, output: 'Generated code is up to date.\n' });
  expect(await runScript('generate.ts', ['--config', project.config])).toEqual({
    exitCode: 0,
    output: 'Generated code is up to date.\n',
  });
});

test('a changed document makes the check fail with a diff and the command that helps', { timeout }, async () => {
  const project = await generated();
  writeFileSync(project.spec, smallSpec({ 'x-retry: safe': 'x-retry: idempotent' }));

  const { exitCode, output } = await check(project);
  expect(exitCode).toBe(1);
  expect(output).toContain("-    retry: 'safe',\n+    retry: 'idempotent',\n");
  expect(output).toContain('Run `pnpm generate` and commit the result.');
});

test('a file edited by hand, one too many and another generator make the check fail', { timeout }, async () => {
  const project = await generated();
  const types = join(project.output, 'orders/types.ts');
  writeFileSync(types, `${readFileSync(types, 'utf8')}// mine\n`);
  project.write('generated/surplus.ts', '');
  const manifest = join(project.output, 'manifest.json');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"7.13.0"', '"7.12.0"'));

  const { exitCode, output } = await check(project);
  expect(exitCode).toBe(1);
  expect(output).toMatch(/orders\/types\.ts was edited by hand/);
  expect(output).toMatch(/surplus\.ts is not made by the generator any more/);
  expect(output).toMatch(/manifest\.json names another generator: openapi-typescript 7\.12\.0 -> 7\.13\.0/);
});

test('a run deletes what it did not make', { timeout }, async () => {
  const project = await generated();
  project.write('generated/gone/old.ts', '');
  const { output } = await runScript('generate.ts', ['--config', project.config]);
  expect(output).toMatch(/^deleted .*gone\/old\.ts\n$/);
});

test('a document that breaks a rule makes the check fail and names the line', { timeout }, async () => {
  const project = await generated();
  writeFileSync(project.spec, smallSpec({ 'x-retry: safe': 'x-retry: always' }));
  const { exitCode, output } = await check(project);
  expect(exitCode).toBe(1);
  expect(output).toMatch(/orders\.yaml:21:7 house\/retry-class/);
});

test('watching follows edits, survives a broken document and ends on SIGINT', { timeout }, async () => {
  const project = temporaryProject();
  const run = startScript('generate.ts', ['--watch', '--config', project.config]);
  const operations = join(project.output, 'orders/operations.ts');
  await run.prints('Watching');
  expect(readFileSync(operations, 'utf8')).toContain('getOrder');

  writeFileSync(project.spec, 'openapi: [');
  await run.prints('Nothing was generated: correct the document first.');
  expect(readFileSync(operations, 'utf8')).toContain('getOrder');

  // Editors replace a file by renaming another one over it.
  const replacement = project.write(
    'specs/orders.yaml.new',
    smallSpec({ 'operationId: getOrder': 'operationId: fetchOrder' }),
  );
  renameSync(replacement, project.spec);
  const before = run.output().length;
  await expect.poll(() => readFileSync(operations, 'utf8'), { timeout: 10_000 }).toContain('fetchOrder');
  await expect.poll(() => run.output().slice(before), { timeout: 10_000 }).toMatch(/wrote .*operations\.ts/);

  run.process.kill('SIGINT');
  expect(await run.exitCode).toBe(0);
});
