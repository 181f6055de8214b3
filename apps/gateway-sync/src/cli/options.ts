import type { Command } from 'commander';

/** Options that every command takes. */
export interface CommonOptions {
  /** Path of the desired-state file; absent: what the environment says. */
  readonly config?: string;
  /** Tenants to restrict the command to; empty: all. */
  readonly tenant: readonly string[];
  readonly json: boolean;
  /** Leaves out what needs nobody's attention. */
  readonly quiet: boolean;
}

export function withCommonOptions(command: Command): Command {
  return command
    .option('-c, --config <file>', 'desired-state file (default: GATEWAY_SYNC_CONFIG or ./gateway-sync.yaml)')
    .option<readonly string[]>(
      '-t, --tenant <name>',
      'only this tenant; may be repeated',
      (name, earlier) => [...earlier, name],
      [],
    )
    .option('--json', 'answer with one JSON document on stdout', false)
    .option('-q, --quiet', 'leave out tenants that are in sync', false);
}

/** The end of every `--help`. */
export const EXIT_CODES_HELP = `
Exit codes:
    0  in sync, or done
    1  error: a tenant failed, or the command was not understood
    2  plan found changes
    3  partly applied
    4  withheld by a guard
    5  the desired-state file is not valid
  130  interrupted
  Over several tenants the most severe one counts: 0 < 2 < 3 < 4 < 1 < 5 < 130.
`;
