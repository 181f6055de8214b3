import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { temporaryProject } from './testing/temporary-project.ts';

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
}

const root = new URL('../../../', import.meta.url);
const workflow = parse(readFileSync(new URL('examples/workflows/specs.yml', root), 'utf8'), { uniqueKeys: true }) as {
  readonly on: { readonly schedule: readonly { readonly cron: string }[] };
  readonly permissions: object;
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
};
const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

function script(name: string): string {
  const run = steps.find((step) => step.name === name)?.run;
  if (run === undefined) throw new Error(`the workflow has no step ${name}`);
  return run;
}

test('it runs once a day, with actions of GitHub alone, and hands no expression to a shell', () => {
  expect(workflow.on.schedule).toEqual([{ cron: expect.stringMatching(/^\d+ \d+ \* \* \*$/) }]);
  expect(workflow.permissions).toEqual({});
  expect(steps.filter(({ uses = 'actions/x@v1' }) => !/^actions\/[\w-]+@v\d+$/.test(uses))).toEqual([]);
  expect(steps.filter(({ run = '' }) => run.includes('${{'))).toEqual([]);
});

test('it uses commands that there are, in scripts that a shell can read', () => {
  const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { scripts: object };
  const used = steps.flatMap(({ run = '' }) =>
    [...run.matchAll(/pnpm@\S+ (?:-s )?([\w:-]+)/g)].map(([, name]) => name),
  );
  expect(new Set(used)).toEqual(new Set(['api-reports', 'install', 'generate', 'specs:changeset', 'specs:check']));
  for (const name of ['api-reports', 'generate', 'specs:changeset', 'specs:check'])
    expect(scripts).toHaveProperty([name]);
  for (const { run = '' } of steps) execFileSync('bash', ['-n', '-c', run]);
});

/** Runs a step where `npx` does as the text says; `gh` notes what it was called with. */
function runStep(name: string, npx: string) {
  const { folder, write } = temporaryProject();
  for (const [command, text] of [
    ['npx', npx],
    ['gh', 'echo "$*" >> calls'],
  ] as const) {
    chmodSync(write(`bin/${command}`, `#!/bin/sh\n${text}\n`), 0o755);
  }
  mkdirSync(join(folder, 'specs'), { recursive: true });
  const { status, stdout } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', script(name)], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      PATH: `${join(folder, 'bin')}:${join(process.execPath, '..')}:/usr/bin:/bin`,
      RUNNER_TEMP: folder,
      GITHUB_OUTPUT: join(folder, 'output'),
      GITHUB_STEP_SUMMARY: join(folder, 'summary'),
      GITHUB_REPOSITORY: 'acme/shop',
      HEAD: 'abc',
    },
  });
  const read = (file: string) => (existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : '');
  return { status, stdout, read };
}

const reporting = (code: number) =>
  `echo '{"exitCode": ${code}}' > "$RUNNER_TEMP/specs/report.json"; echo Moved > "$RUNNER_TEMP/specs/report.md"; exit ${code === 0 ? 0 : 1}`;

test.each([0, 10, 20, 30])('a check that ends with %i goes on to the next step', (code) => {
  const { status, read } = runStep('Check', reporting(code));
  expect([status, read('output'), read('summary')]).toEqual([0, `code=${code}\n`, 'Moved\n']);
});

test.each([
  ['could not tell', reporting(2)],
  ['did not run', 'exit 0'],
])('a check that %s fails, and is never taken for "no change"', (_what, npx) => {
  const { status, stdout } = runStep('Check', npx);
  expect([status, stdout]).toEqual([1, expect.stringContaining('::error::could not tell')]);
});

test('a breaking change fails until a person has edited its changeset', () => {
  const refused = runStep('Verify', 'exit 1');
  expect([refused.status, refused.read('calls')]).toEqual([1, expect.stringContaining('state=failure')]);
  const reviewed = runStep('Verify', 'exit 0');
  expect([reviewed.status, reviewed.read('calls')]).toEqual([
    0,
    expect.stringContaining('statuses/abc -f state=success'),
  ]);
});
