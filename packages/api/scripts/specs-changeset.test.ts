import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runScript } from './testing/run-script.ts';
import { temporaryProject } from './testing/temporary-project.ts';

function project() {
  const { folder, write } = temporaryProject();
  const changesets = join(folder, '.changeset');
  const run = (...args: readonly string[]) => runScript('specs-changeset.ts', ['--folder', changesets, ...args]);
  const report = (level: string, exitCode: number) =>
    write(
      'report.json',
      JSON.stringify({ level, exitCode, specs: [{ spec: 'orders', moved: [{}] }, { spec: 'sales' }] }),
    );
  return { run, report, write, file: join(changesets, 'upstream.md') };
}

test('a changeset has the level of the report, and a breaking one waits for a person', async () => {
  const { run, report, file } = project();
  expect((await run(report('minor', 10))).exitCode).toBe(0);
  const minor = `---\n'@gateway-sync/api': minor\n---\n\nThe documents of others have changed: orders.\n`;
  expect(readFileSync(file, 'utf8')).toBe(minor);
  expect((await run('--verify')).exitCode).toBe(0);

  await run(report('major', 30));
  expect(await run('--verify')).toMatchObject({
    exitCode: 1,
    output: expect.stringContaining('upstream.md: UNREVIEWED'),
  });
  const text = readFileSync(file, 'utf8');
  expect(text).toMatch(/^---\n'@gateway-sync\/api': major\n---\n/);
  writeFileSync(file, text.replace(/^UNREVIEWED.*$/m, 'Answers carry one field less.'));
  expect((await run('--verify')).exitCode).toBe(0);
});

test('wording asks for no release, and a doubt for none either', async () => {
  const { run, report, write, file } = project();
  expect(await run(report('none', 0))).toEqual({ exitCode: 0, output: 'No release is needed.\n' });
  expect((await run(report('minor', 2))).exitCode).toBe(2);
  expect((await run()).exitCode).toBe(2);
  const ours = write(
    'report.json',
    JSON.stringify({ level: 'minor', exitCode: 10, specs: [{ spec: 'a', subject: 'ours' }] }),
  );
  expect(await run(ours)).toMatchObject({
    exitCode: 2,
    output: expect.stringContaining('pnpm changeset, at the level minor'),
  });
  expect((await run('--verify')).exitCode).toBe(0);
  expect(await run('gone.json')).toEqual({
    exitCode: 2,
    output: expect.stringMatching(/^gone\.json: is no report of pnpm specs:check: .*ENOENT.*\n$/),
  });
  expect(() => readFileSync(file)).toThrow('ENOENT');
});

test('--help prints how to use it, and an option that is unknown is named without a stack', async () => {
  const { run } = project();
  expect(await run('--help')).toEqual({
    exitCode: 0,
    output: expect.stringMatching(/^Usage: pnpm specs:changeset <report\.json> \| --verify\n/),
  });
  const unknown = await run('--unknown');
  expect(unknown).toEqual({ exitCode: 2, output: expect.stringContaining("Unknown option '--unknown'") });
  expect(unknown.output).not.toContain('    at ');
});
