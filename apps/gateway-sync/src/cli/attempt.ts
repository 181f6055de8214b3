import { ConfigError } from '../core/errors.js';
import { type Cli, UsageError } from './cli.js';
import { EXIT, type ExitCode } from './exit-code.js';
import { errorJson, jsonText } from './render/json.js';
import { createPaint, printable, wantsColor } from './render/paint.js';
import { problemsText } from './render/problems-text.js';

/**
 * Runs a command and turns what it throws into an answer: text on stderr, or with `json` the one document on stdout.
 * An error that nobody foresaw is a bug and is logged with its stack as well.
 */
export async function attempt(
  cli: Cli,
  command: string,
  json: boolean,
  run: () => Promise<ExitCode>,
): Promise<ExitCode> {
  try {
    return await run();
  } catch (error) {
    const code = error instanceof ConfigError ? EXIT.invalid : EXIT.error;
    if (!(error instanceof ConfigError || error instanceof UsageError)) cli.logger.error({ err: error }, 'unforeseen');
    if (json) cli.stdout.write(jsonText({ command, exitCode: code, error: errorJson(error) }));
    else cli.stderr.write(errorText(cli, error));
    return code;
  }
}

function errorText(cli: Cli, error: unknown): string {
  const paint = createPaint(wantsColor(cli.env.color, cli.stderr.isTTY === true));
  if (error instanceof ConfigError) return problemsText(error, paint);
  const message = error instanceof Error ? error.message : String(error);
  return message
    .split('\n')
    .map((line) => `${paint.bad('✗')} ${printable(line)}\n`)
    .join('');
}
