import type { Command } from 'commander';
import type { CommonOptions } from './options.js';

export interface LockOptions extends CommonOptions {
  /** Whether to say only what would be written. */
  readonly check: boolean;
}

export function withLockOptions(command: Command): Command {
  return command.option('--check', 'write nothing; answer 2 when the lock file would change', false);
}

export const LOCK_EXAMPLES = `  gateway-sync lock                          all tenants with lock: true
  gateway-sync lock -t acme                  one of them; the others stay as they are
  gateway-sync lock --check                  for a job that says when there is something to review
  gateway-sync lock --json | jq '.changes[].globs[].added[]'
`;
