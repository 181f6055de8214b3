import { ConfigError, FileWithheldError, GatewayError, LedgerError, ServiceError } from '../core/errors.js';
import { remedyFor } from '../core/remedy.js';
import { type Cli, NoLedgerError, UsageError } from './cli.js';
import { EXIT, type ExitCode } from './exit-code.js';
import { InterruptedError } from './interrupt.js';
import { errorJson, jsonText } from './render/json.js';
import { errorMarkdown } from './render/error-markdown.js';
import { createPaint, printable, wantsColor } from './render/paint.js';
import { problemsText } from './render/problems-text.js';

/** Form of the answer on stdout. */
export type Format = 'text' | 'json' | 'markdown';

/**
 * Runs a command and turns what it throws into an answer: text on stderr, or with `json` the one document on stdout; a
 * reader of Markdown gets it on stdout too. An error that nobody foresaw is a bug and is logged with its stack as well.
 */
export async function attempt(
  cli: Cli,
  command: string,
  format: Format,
  run: () => Promise<ExitCode>,
): Promise<ExitCode> {
  try {
    return await run();
  } catch (error) {
    const code = codeOf(error);
    if (!isForeseen(error)) cli.logger.error({ err: error }, 'unforeseen');
    if (format === 'json') cli.stdout.write(jsonText({ command, exitCode: code, error: errorJson(error) }));
    else cli.stderr.write(errorText(cli, error));
    if (format === 'markdown') cli.stdout.write(errorMarkdown(error, command));
    return code;
  }
}

function codeOf(error: unknown): ExitCode {
  if (error instanceof ConfigError) return EXIT.invalid;
  if (error instanceof FileWithheldError) return EXIT.withheld;
  if (error instanceof ServiceError) return codeOfRefusal(error);
  return error instanceof InterruptedError ? EXIT.interrupted : EXIT.error;
}

/** A service that refuses a file refuses it for the reasons that a command has. */
function codeOfRefusal({ code }: ServiceError): ExitCode {
  if (code === 'invalid-file') return EXIT.invalid;
  return code === 'withheld' ? EXIT.withheld : EXIT.error;
}

function isForeseen(error: unknown): boolean {
  return [
    ConfigError,
    FileWithheldError,
    UsageError,
    NoLedgerError,
    LedgerError,
    GatewayError,
    ServiceError,
    InterruptedError,
  ].some((kind) => error instanceof kind);
}

function errorText(cli: Cli, error: unknown): string {
  const paint = createPaint(wantsColor(cli.env.color, cli.stderr.isTTY === true));
  if (error instanceof ConfigError) return problemsText(error, paint);
  const message = error instanceof Error ? error.message : String(error);
  const remedy = remedyFor(error);
  return [message, ...(remedy === undefined ? [] : [remedy])]
    .join('\n')
    .split('\n')
    .map((line) => `${paint.bad('✗')} ${printable(line)}\n`)
    .join('');
}
