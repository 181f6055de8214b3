import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs, styleText } from 'node:util';
import { checkExitCode, checkJson, checkMarkdown, checkText } from './check-report.ts';
import { readLock } from './committed-facts.ts';
import type { Paint } from './comparison-report.ts';
import { defaultConfigFile, readConfig, type SpecEntry } from './config.ts';
import { runCheck, type CheckOptions } from './run-check.ts';
import { severities, type Severity } from './severity.ts';
import type { SpecCheck } from './spec-check.ts';

const usage = `Usage: pnpm specs:check [--spec NAME] [--upstream SOURCE] [--accept] [--json | --markdown] [--fail-on CLASS]

Says how the documents of others have changed since their structure was committed, and where ours differ from them.

  --spec NAME        one document; without it, all that specs/upstream/lock.json lists
  --upstream SOURCE  https://…, a file or git:REVISION:PATH; without it, the source in lock.json. git:REVISION alone:
                     what has become of our own documents since that revision, whatever others did
  --source URL       where a document that is read from a copy is published; kept by --accept
  --repository DIR   the Git repository that git: means, such as a clone of somebody else's (default: this one)
  --accept           write the structure of now to specs/upstream, so that the next run compares with it
  --json, --markdown print the result for programs, or for a pull request
  --report DIR       also write report.json and report.md there
  --fail-on CLASS    additive, risky or breaking: what is milder ends with 0 (default: additive)
  --timeout SECONDS  for one download (default: 30)

Exit code 0: nothing changed; 10: additive; 20: risky; 30: breaking; 2: could not tell.`;

interface Options extends CheckOptions {
  readonly format: 'text' | 'json' | 'markdown';
  readonly report: string | undefined;
  readonly failOn: Severity;
}

/** Runs `pnpm specs:check`; returns its exit code. What goes wrong is printed, never thrown. */
export async function checkCommand(args: readonly string[], print: (text: string) => void): Promise<number> {
  try {
    return await run(args, print);
  } catch (error) {
    print(error instanceof Error ? error.message : String(error));
    return 2;
  }
}

async function run(args: readonly string[], print: (text: string) => void): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      config: { type: 'string', default: defaultConfigFile },
      spec: { type: 'string' },
      upstream: { type: 'string' },
      source: { type: 'string' },
      repository: { type: 'string' },
      accept: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      markdown: { type: 'boolean', default: false },
      report: { type: 'string' },
      'fail-on': { type: 'string', default: 'additive' },
      timeout: { type: 'string', default: '30' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    print(usage);
    return 0;
  }
  if (values.json && values.markdown) throw new Error('--json and --markdown exclude each other');
  const failOn = severities.find((severity) => severity === values['fail-on']);
  if (failOn === undefined) throw new Error(`--fail-on takes ${severities.join(', ')}, not ${values['fail-on']}`);
  const timeoutMs = Number(values.timeout) * 1000;
  if (!(timeoutMs > 0)) throw new Error(`--timeout takes seconds, not ${values.timeout}`);
  const { spec, upstream, source, repository, accept, report } = values;
  const format = values.json ? 'json' : values.markdown ? 'markdown' : 'text';
  const options: Options = { spec, upstream, source, repository, accept, format, report, failOn, timeoutMs };
  const { specs } = readConfig(values.config);
  const root = rootOf(specs);
  const folder = join(root, 'specs/upstream');
  const checks = await runCheck({ specs, root, folder, lock: readLock(folder) }, options);
  print(output(checks, { ...options, report: report === undefined ? undefined : resolve(root, report) }));
  return checkExitCode(checks, failOn);
}

// Labels are paths as seen from the workspace root, so what precedes one is the root.
function rootOf(specs: readonly SpecEntry[]): string {
  const roots = specs.map(({ file, label }) => file.slice(0, -label.length));
  return roots[0] ?? process.cwd();
}

function output(checks: readonly SpecCheck[], { format, failOn, report }: Options): string {
  const json = checkJson(checks, failOn);
  const markdown = checkMarkdown(checks);
  if (report !== undefined) {
    mkdirSync(report, { recursive: true });
    writeFileSync(join(report, 'report.json'), `${json}\n`);
    writeFileSync(join(report, 'report.md'), `${markdown}\n`);
  }
  return { json, markdown, text: checkText(checks, paint) }[format];
}

// styleText asks the stream and NO_COLOR whether colours are wanted.
function paint(colour: Parameters<Paint>[0], text: string): string {
  return styleText(colour, text, { stream: process.stdout });
}
