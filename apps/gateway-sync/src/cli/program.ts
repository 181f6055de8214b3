import { Command, CommanderError } from 'commander';
import { VERSION } from '../version.js';
import { apply } from './apply.js';
import { attempt } from './attempt.js';
import type { Cli } from './cli.js';
import { EXIT, type ExitCode } from './exit-code.js';
import { type CommonOptions, EXIT_CODES_HELP, withCommonOptions } from './options.js';
import { plan } from './plan.js';
import { errorJson, jsonText } from './render/json.js';
import { validate } from './validate.js';

/** Understands the arguments (without `node` and script), runs the command and answers its exit code. */
export async function run(args: readonly string[], cli: Cli): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  const program = createProgram(cli, (result) => {
    code = result;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return EXIT.ok;
    if (args.includes('--json')) {
      cli.stdout.write(jsonText({ command: args[0] ?? '', exitCode: EXIT.error, error: errorJson(error) }));
    }
    return EXIT.error;
  }
}

type CommandRun = (cli: Cli, options: CommonOptions) => Promise<ExitCode>;

function createProgram(cli: Cli, finish: (code: ExitCode) => void): Command {
  const program = new Command('gateway-sync')
    .description('Keeps the webhook gateway of every Emporix tenant equal to a file in Git.')
    .version(VERSION)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void cli.stdout.write(text),
      writeErr: (text) => void cli.stderr.write(text),
    })
    .showHelpAfterError('(gateway-sync --help shows the commands and options)')
    .addHelpText('after', EXIT_CODES_HELP);

  const add = (name: string, description: string, examples: string, execute: CommandRun) =>
    withCommonOptions(program.command(name).description(description))
      .addHelpText('after', `\nExamples:\n${examples}${EXIT_CODES_HELP}`)
      .action(async (options: CommonOptions) =>
        finish(await attempt(cli, name, options.json, () => execute(cli, options))),
      );

  add('validate', 'Check the desired-state file; no tenant is asked.', VALIDATE_EXAMPLES, validate);
  add('plan', 'Show what apply would do, with the reason of each action; nothing is written.', PLAN_EXAMPLES, plan);
  add('apply', 'Bring the tenants in line with the file, once, and verify it by reading again.', APPLY_EXAMPLES, apply);
  add('serve', 'Keep the tenants in line with the file until stopped.', SERVE_EXAMPLES, async (...parameters) => {
    // Only here, so that the other commands do not load the web framework.
    const { serve } = await import('./serve.js');
    return serve(...parameters);
  });
  return program;
}

const VALIDATE_EXAMPLES = `  gateway-sync validate --config gateway-sync.yaml
  gateway-sync validate --json | jq '.error.problems'
`;

const PLAN_EXAMPLES = `  gateway-sync plan                          all tenants of ./gateway-sync.yaml
  gateway-sync plan -t acme -t beta          two of them
  gateway-sync plan --json | jq '.tenants[].plan.actions'
`;

const APPLY_EXAMPLES = `  gateway-sync apply --config gateway-sync.yaml
  gateway-sync apply -t acme --quiet
`;

const SERVE_EXAMPLES = `  gateway-sync serve --config gateway-sync.yaml
  PORT=9090 HOST=0.0.0.0 gateway-sync serve
`;
