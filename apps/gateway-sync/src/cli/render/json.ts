import { ConfigError } from '../../core/errors.js';
import type { ReconcileResult } from '../../core/result.js';
import type { ExitCode } from '../exit-code.js';

/** What every command answers at least. */
interface Answer {
  readonly command: string;
  readonly exitCode: ExitCode;
  readonly [key: string]: unknown;
}

/** One JSON document, as every command with `--json` writes exactly one. */
export function jsonText(document: Answer): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** A reconcile without what only the next one needs. */
export function resultJson(result: ReconcileResult) {
  const { memory: _, error, startedAt, finishedAt, trigger: __, ...rest } = result;
  return { ...rest, durationMs: finishedAt - startedAt, ...(error && { error: errorJson(error) }) };
}

/** Name, message, and what the error gathers; never a stack. */
export function errorJson(error: unknown): object {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  return {
    name: error.name,
    message: error.message,
    ...(error instanceof ConfigError && { problems: error.problems }),
    ...(error instanceof AggregateError && { errors: error.errors.map(errorJson) }),
  };
}
