import { UsageError } from './cli.js';

/** What becomes of an error of a file that is written as a whole or not at all. */
export function notWritten(path: string): (error: unknown) => never {
  return (error) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new UsageError(`${path} cannot be written (${code}); nothing was changed`, { cause: error });
  };
}
