import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { commandLine, server, tenantLine, wanting } from './support/command-line.js';
import { row } from './support/values.js';

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

interface Job {
  readonly if: string;
  readonly environment: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly concurrency: { readonly group: string; readonly 'cancel-in-progress': boolean };
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: { readonly plan: Job; readonly apply: Job };
}

const example = (name: string) =>
  readFile(new URL(`../../../examples/github-actions/${name}`, import.meta.url), 'utf8');

const { file, command } = commandLine();
let workflow: Workflow;
let steps: readonly Step[];
beforeEach(async () => {
  workflow = parse(await example('gateway-sync.yml'), { uniqueKeys: true }) as Workflow;
  steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
});

function stepCalled(name: string): Step & { readonly run: string } {
  const found = steps.find((step) => step.name === name);
  if (found?.run === undefined) throw new Error(`the workflow has no step ${name}`);
  return { ...found, run: found.run };
}

const secretsOf = ({ env = {} }: Step) => Object.keys(env).filter((name) => env[name]?.includes('secrets.'));

describe('the GitHub Actions example', () => {
  test('uses commands and options that there are', async () => {
    const used = steps.flatMap(({ run = '' }) => [
      ...run.matchAll(/^ *gateway-sync (\w+)((?: +--[\w-]+(?: "\$\w+")?)*)/gm),
    ]);
    const told = used.map(([, name = '', options = '']) => ({ name, options: options.match(/--[\w-]+/g) ?? [] }));
    expect(told).toEqual([
      { name: 'plan', options: ['--markdown'] },
      { name: 'apply', options: ['--plan-checksum'] },
    ]);
    for (const { name, options } of told) {
      const { code, stdout } = await command([name, '--help']);
      expect([code, options.filter((option) => !new RegExp(`^ +(-\\w, )?${option}\\b`, 'm').test(stdout))]).toEqual([
        0,
        [],
      ]);
    }
  });

  test('may do no more than it needs, and never runs with secrets what a stranger wrote', () => {
    const { plan, apply } = workflow.jobs;
    expect(Object.keys(workflow.on)).toEqual(['pull_request', 'push', 'workflow_dispatch']);
    expect([workflow.permissions, plan.permissions, apply.permissions]).toEqual([
      {},
      { contents: 'read', 'pull-requests': 'write' },
      { contents: 'read', 'pull-requests': 'read' },
    ]);
    expect(plan.if).toContain('head.repo.full_name == github.repository');
    expect(apply.if).toContain("github.ref == 'refs/heads/main'");
    expect(plan.environment).not.toBe(apply.environment);
  });

  test('applies one after the other, and never cuts an apply short', () => {
    const { plan, apply } = workflow.jobs;
    expect([plan.concurrency['cancel-in-progress'], apply.concurrency]).toEqual([
      true,
      { group: 'gateway-sync-apply', 'cancel-in-progress': false },
    ]);
  });

  test('uses actions of GitHub alone, by major version, which keep no credentials in the folder', () => {
    const actions = steps.flatMap((step) => (step.uses === undefined ? [] : [step]));
    expect(actions.filter(({ uses = '' }) => !/^actions\/[\w-]+@v\d+$/.test(uses))).toEqual([]);
    const checkouts = actions.filter(({ uses = '' }) => uses.startsWith('actions/checkout@'));
    expect(checkouts.map((step) => step.with?.['persist-credentials'])).toEqual([false, false, false, false]);
  });

  test('hands values to scripts as environment variables, and secrets to the two steps that need them', () => {
    expect(steps.filter(({ run = '' }) => run.includes('${{'))).toEqual([]);
    const withSecrets = steps.filter((step) => JSON.stringify(step).includes('secrets.'));
    expect(withSecrets.map(({ name }) => name)).toEqual(['Plan', 'Apply']);
    expect(secretsOf(stepCalled('Plan'))).toEqual(secretsOf(stepCalled('Apply')));
    expect(secretsOf(stepCalled('Plan'))).toContain('DATABASE_URL');
  });

  test('has a README that names every secret, variable and environment', async () => {
    const readme = await example('README.md');
    const names = [...(await example('gateway-sync.yml')).matchAll(/(?:secrets|vars)\.(\w+)|environment: (\S+)/g)];
    const unnamed = names
      .flatMap(([, name, environment]) => name ?? environment ?? [])
      .filter((name) => !readme.includes(name));
    expect(unnamed).toEqual([]);
  });
});

const SHA = '1'.repeat(40);
const HEAD = '2'.repeat(40);

interface GitHub {
  /** `number head` of the pull request that was merged; empty when there was none. */
  readonly pull?: string;
  /** Id of the comment with the plan. */
  readonly comment?: string;
  readonly body?: string;
}

/** Runs the script of a step; `gh` answers as the queries of the script would have it. */
async function runStep(name: string, { pull = '', comment = '', body = '' }: GitHub, env: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-sync-actions-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const at = (path: string) => join(folder, path);
  await Promise.all([
    writeFile(at('pull'), pull),
    writeFile(at('comment'), comment),
    writeFile(at('body'), body),
    writeFile(at('output'), ''),
    writeFile(at('summary'), ''),
    writeFile(
      at('gh'),
      `#!/bin/sh
echo "$@" | tr '\\n' ' ' >> calls; echo >> calls
case "$*" in
  *--method*) ;;
  *"/commits/${SHA}/pulls "*) cat pull ;;
  *"/issues/7/comments "*) cat comment ;;
  *"/issues/comments/99 "*) cat body ;;
  *) exit 1 ;;
esac
`,
    ),
    writeFile(at('gateway-sync'), `#!/bin/sh\necho "$@" >> calls\necho told\nexit "$CODE"\n`),
  ]);
  await Promise.all([chmod(at('gh'), 0o755), chmod(at('gateway-sync'), 0o755)]);
  const surroundings = {
    PATH: `${folder}:/usr/bin:/bin`,
    GITHUB_OUTPUT: at('output'),
    GITHUB_STEP_SUMMARY: at('summary'),
    GITHUB_REPOSITORY: 'shop/webhooks',
    GITHUB_SHA: SHA,
    ...env,
  };
  // As the runner starts `shell: bash`.
  const args = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', stepCalled(name).run];
  const finished = await new Promise<{ code: number; stdout: string }>((resolve) => {
    const child = execFile('bash', args, { cwd: folder, env: surroundings }, (_, stdout) =>
      resolve({ code: child.exitCode ?? -1, stdout }),
    );
  });
  const read = (path: string) => readFile(at(path), 'utf8').catch(() => '');
  return { ...finished, output: await read('output'), summary: await read('summary'), calls: await read('calls') };
}

/** A comment as the step "Comment on the pull request" makes it of what `plan --markdown` writes. */
async function commented(head: string): Promise<{ checksum: string; body: string }> {
  await file(tenantLine('acme', wanting('a.x')));
  const servers = { acme: server([row('a.x')]) };
  const { checksum } = JSON.parse((await command(['plan', '--json'], servers)).stdout) as { checksum: string };
  const { stdout } = await command(['plan', '--markdown'], servers);
  return { checksum, body: `${stdout}\n<!-- gateway-sync head ${head} -->\n` };
}

describe('finding the reviewed plan', () => {
  const NAME = 'Find the reviewed plan';
  const merged = { pull: `7 ${HEAD}\n`, comment: '99\n' };

  test('takes the checksum out of the comment', async () => {
    const { checksum, body } = await commented(HEAD);
    const { code, output } = await runStep(NAME, { ...merged, body: body.replaceAll('\n', '\r\n') });
    expect([code, output]).toEqual([0, `checksum=${checksum}\n`]);
  });

  test.each([
    ['nothing was merged', {}],
    ['there is no comment', { pull: merged.pull }],
    [
      'the plan could not be made',
      { ...merged, body: `<!-- gateway-sync plan none -->\n<!-- gateway-sync head ${HEAD} -->\n` },
    ],
  ])('refuses when %s', async (_, github) => {
    const { code, output, stdout } = await runStep(NAME, github);
    expect([code, output, stdout]).toEqual([4, '', expect.stringMatching(/^::error::.*Run workflow/)]);
  });

  test('refuses a plan that is older than what was merged', async () => {
    const { body } = await commented('3'.repeat(40));
    expect(await runStep(NAME, { ...merged, body })).toMatchObject({
      code: 4,
      output: '',
      stdout: expect.stringContaining('older than what was merged'),
    });
  });

  test('takes the checksum that somebody gives by hand, and asks nobody', async () => {
    const { code, output, calls } = await runStep(NAME, {}, { GIVEN: 'abc' });
    expect([code, output, calls]).toEqual([0, 'checksum=abc\n', '']);
  });
});

describe('commenting', () => {
  const env = { NUMBER: '7', HEAD };

  test('adds a comment the first time', async () => {
    const { code, calls } = await runStep('Comment on the pull request', {}, env);
    expect([code, calls]).toEqual([0, expect.stringContaining('--method POST repos/shop/webhooks/issues/7/comments')]);
  });

  test('updates that comment from then on', async () => {
    const { code, calls } = await runStep('Comment on the pull request', { comment: '99\n' }, env);
    expect([code, calls]).toEqual([
      0,
      expect.stringContaining('--method PATCH repos/shop/webhooks/issues/comments/99'),
    ]);
    expect(calls).not.toContain('POST');
  });
});

describe('planning and applying', () => {
  test.each([0, 1, 2, 4, 5])('hands on exit code %i of the plan', async (code) => {
    const planned = await runStep('Plan', {}, { CODE: `${code}` });
    expect([planned.code, planned.output, planned.summary]).toEqual([0, `code=${code}\n`, 'told\n']);
    const judged = await runStep('Judge', {}, { CODE: `${code}` });
    expect(judged.code).toBe(code === 2 ? 0 : code);
  });

  test.each([0, 3, 4])('ends with exit code %i of the apply, and shows what it said', async (code) => {
    const applied = await runStep('Apply', {}, { CODE: `${code}`, CHECKSUM: 'abc' });
    expect([applied.code, applied.calls, applied.summary]).toEqual([
      code,
      'apply --plan-checksum abc\n',
      '~~~~\ntold\n~~~~\n',
    ]);
    expect(applied.stdout.includes('::error::')).toBe(code === 4);
  });
});
