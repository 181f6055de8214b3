import { Command, CommanderError, Help, type Option, type OutputConfiguration } from 'commander';
import { VERSION } from '../version.js';
import { adopt } from './adopt.js';
import { ADOPT_EXAMPLES, withAdoptOptions } from './adopt-options.js';
import { apply } from './apply.js';
import { attempt, type Format } from './attempt.js';
import { addCatalogueCommands } from './catalog-commands.js';
import type { Cli } from './cli.js';
import { dump } from './dump.js';
import { DUMP_EXAMPLES, withDumpOptions } from './dump-options.js';
import { EXIT, type ExitCode } from './exit-code.js';
import { history } from './history.js';
import { lock } from './lock.js';
import { LOCK_EXAMPLES, withLockOptions } from './lock-options.js';
import {
  type CommonOptions,
  EXIT_CODES_HELP,
  type PlanOptions,
  type RequestOptions,
  withApplyOptions,
  withCommonOptions,
  withHistoryOptions,
  withPauseOptions,
  withPlanOptions,
  withPortalOptions,
  withRequestOptions,
  withStatusOptions,
  withTenants,
} from './options.js';
import { plan } from './plan.js';
import { portal } from './portal.js';
import { quota } from './quota.js';
import { QUOTA_EXAMPLES, withQuotaOptions } from './quota-options.js';
import { errorJson, jsonText } from './render/json.js';
import { requestForTenants, requestReload } from './server-requests.js';
import { status } from './status.js';
import { validate } from './validate.js';
import { VALIDATE_EXAMPLES, withValidateOptions } from './validate-options.js';

/** Understands the arguments (without `node` and script), runs the command and answers its exit code. */
export async function run(args: readonly string[], cli: Cli): Promise<ExitCode> {
  const json = args.includes('--json');
  let code: ExitCode = EXIT.ok;
  let help = '';
  const output = {
    writeOut: (text: string) => void (help += text),
    writeErr: (text: string) => void cli.stderr.write(text),
  };
  const program = createProgram(cli, output, (result) => {
    code = result;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const command = commandOf(args);
    if (error.exitCode === 0) {
      cli.stdout.write(json ? jsonText({ command, exitCode: EXIT.ok, help }) : help);
      return EXIT.ok;
    }
    if (json) cli.stdout.write(jsonText({ command, exitCode: EXIT.error, error: errorJson(error) }));
    return EXIT.error;
  }
}

/** The command that the arguments name first, whatever else they say; empty when they name none. */
export function commandOf(args: readonly string[]): string {
  return args.find((word) => !word.startsWith('-')) ?? '';
}

type CommandRun<Options extends CommonOptions> = (cli: Cli, options: Options) => Promise<ExitCode>;

function formatOf(options: CommonOptions & Partial<PlanOptions>): Format {
  if (options.json) return 'json';
  return options.markdown === true ? 'markdown' : 'text';
}

/** Without a default that says no more than that the option is not given. */
function optionDescription(option: Option): string {
  return typeof option.defaultValue === 'string' ? new Help().optionDescription(option) : option.description;
}

function createProgram(cli: Cli, output: OutputConfiguration, finish: (code: ExitCode) => void): Command {
  const program = new Command('gateway-sync')
    .description('Keeps the webhook gateway of every Emporix tenant equal to a file in Git.')
    .version(VERSION)
    .exitOverride()
    .configureOutput(output)
    .configureHelp({ optionDescription })
    .showHelpAfterError('(gateway-sync --help shows the commands and options)')
    .addHelpText('after', EXIT_CODES_HELP);

  const add = <Options extends CommonOptions>(
    name: string,
    description: string,
    examples: string,
    execute: CommandRun<Options>,
    withOptions: (command: Command) => Command = (command) => command,
  ) =>
    withOptions(withCommonOptions(program.command(name).description(description)))
      .addHelpText('after', `\nExamples:\n${examples}${EXIT_CODES_HELP}`)
      .action(async (options: Options) =>
        finish(await attempt(cli, name, formatOf(options), () => execute(cli, options))),
      );

  add(
    'validate',
    'Check the desired-state file; no tenant is asked, unless with --online.',
    VALIDATE_EXAMPLES,
    validate,
    withValidateOptions,
  );
  add(
    'plan',
    'Show what apply would do, with the reason of each action; nothing is written.',
    PLAN_EXAMPLES,
    plan,
    withPlanOptions,
  );
  add(
    'apply',
    'Bring the tenants in line with the file, once, and verify it by reading again.',
    APPLY_EXAMPLES,
    apply,
    withApplyOptions,
  );
  add('serve', 'Keep the tenants in line with the file until stopped.', SERVE_EXAMPLES, async (...parameters) => {
    // Only here, so that the other commands do not load the web framework.
    const { serve } = await import('./serve.js');
    return serve(...parameters);
  });
  add(
    'adopt',
    'Make ours what is there and the file names: from another installation, or from manual work.',
    ADOPT_EXAMPLES,
    adopt,
    withAdoptOptions,
  );
  add('dump', 'Write what the tenants have as a file that plans to nothing.', DUMP_EXAMPLES, dump, withDumpOptions);
  add(
    'lock',
    'Write down what the globs of tenants with lock: true mean today, for a review; no tenant is written.',
    LOCK_EXAMPLES,
    lock,
    withLockOptions,
  );
  add(
    'status',
    'Show how every tenant stands: its conditions, its quota, its last change.',
    STATUS_EXAMPLES,
    status,
    withStatusOptions,
  );
  add(
    'quota',
    "Show what every tenant has used of its month's events, and what the month comes to.",
    QUOTA_EXAMPLES,
    quota,
    withQuotaOptions,
  );
  add(
    'history',
    'Show what was written to the tenants: when, by whom, why, and what came of it.',
    HISTORY_EXAMPLES,
    history,
    withHistoryOptions,
  );
  add(
    'portal',
    'Show a login link into the Event Gateway of one tenant. Whoever has the link is logged in.',
    PORTAL_EXAMPLES,
    portal,
    withPortalOptions,
  );
  addCatalogueCommands(program, cli, finish);
  addRequests(program, cli, finish);
  return program;
}

/** Commands that only ask a running service, and need no file. */
function addRequests(program: Command, cli: Cli, finish: (code: ExitCode) => void): void {
  const add = (
    name: string,
    description: string,
    execute: (options: RequestOptions) => Promise<ExitCode>,
    withOptions: (command: Command) => Command,
  ) =>
    withOptions(withRequestOptions(program.command(name).description(description)))
      .addHelpText('after', `\nExamples:\n${REQUEST_EXAMPLES[name] ?? ''}${EXIT_CODES_HELP}`)
      .action(async (options: RequestOptions) =>
        finish(await attempt(cli, name, options.json ? 'json' : 'text', () => execute(options))),
      );

  add(
    'sync',
    'Ask a running service for a run of some tenants.',
    (options) => requestForTenants(cli, 'sync', options),
    withTenants,
  );
  add(
    'pause',
    'Ask a running service to leave some tenants alone, until they are resumed.',
    (options) => requestForTenants(cli, 'pause', options),
    withPauseOptions,
  );
  add(
    'resume',
    'Ask a running service to look after some tenants again.',
    (options) => requestForTenants(cli, 'resume', options),
    withTenants,
  );
  add(
    'reload',
    'Ask a running service to read its file again.',
    (options) => requestReload(cli, options),
    (command) => command,
  );
}

const REQUEST_EXAMPLES: Readonly<Record<string, string>> = {
  sync: `  gateway-sync sync --server http://127.0.0.1:8080 -t acme
  gateway-sync sync --server http://127.0.0.1:8080 -t acme -t beta
`,
  pause: `  gateway-sync pause --server http://127.0.0.1:8080 -t acme --reason 'moving to another ERP'
`,
  resume: `  gateway-sync resume --server http://127.0.0.1:8080 -t acme -t beta
`,
  reload: `  gateway-sync reload --server https://sync.example --token-file /run/secrets/token
`,
};

const PLAN_EXAMPLES = `  gateway-sync plan                          all tenants of ./gateway-sync.yaml
  gateway-sync plan -t acme -t beta          two of them
  gateway-sync plan --json | jq '.tenants[].plan.actions'
  gateway-sync plan --markdown > plan.md     for a comment on a pull request
`;

const APPLY_EXAMPLES = `  gateway-sync apply --config gateway-sync.yaml
  gateway-sync apply -t acme --quiet
  gateway-sync apply -t acme --despite-pause a paused tenant, for this once
  gateway-sync apply --plan-checksum "$(gateway-sync plan --json | jq -r .checksum)"
                                             only if nothing has changed since
`;

const SERVE_EXAMPLES = `  gateway-sync serve --config gateway-sync.yaml
  PORT=9090 HOST=0.0.0.0 gateway-sync serve
`;

const STATUS_EXAMPLES = `  gateway-sync status --quiet                only tenants that need attention
  gateway-sync status -t acme
  gateway-sync status --server http://127.0.0.1:8080
                                             as a running service says; needs no file
  gateway-sync status --json | jq '.tenants[] | select(.outcome == "blocked").tenant'
`;

const HISTORY_EXAMPLES = `  gateway-sync history -t acme               its last 20 changes
  gateway-sync history --limit 100 --before 4711
  gateway-sync history --json | jq '.changes[] | select(.change.status != "applied")'
`;

const PORTAL_EXAMPLES = `  gateway-sync portal -t acme                on a terminal
  open "$(gateway-sync portal -t acme --print --json | jq -r .url)"
`;
