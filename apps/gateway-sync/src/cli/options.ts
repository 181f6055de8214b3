import { type Command, Option } from 'commander';

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

export interface PlanOptions extends CommonOptions {
  /** Answer in Markdown, for a comment on a pull request. */
  readonly markdown: boolean;
}

export function withPlanOptions(command: Command): Command {
  const markdown = new Option('--markdown', 'answer in Markdown, for a comment on a pull request');
  return command.addOption(markdown.default(false).conflicts('json'));
}

export interface ApplyOptions extends CommonOptions {
  /** Checksum of the plan that was reviewed; absent: none was. */
  readonly planChecksum?: string;
  readonly despitePause: boolean;
}

export function withApplyOptions(command: Command): Command {
  return withDespitePause(
    command.option('--plan-checksum <sha256>', 'apply only if the plan still is the one that plan showed'),
  );
}

/** For commands that write. */
export function withDespitePause(command: Command): Command {
  return command.option('--despite-pause', 'write to paused tenants, too, for this once', false);
}

/** Options of commands that ask a running service. */
export interface ServerOptions {
  /** File with the token of the service; absent: what the environment says. */
  readonly tokenFile?: string;
}

export interface StatusOptions extends CommonOptions, ServerOptions {
  /** Where a service runs that is asked instead of the tenants. */
  readonly server?: string;
}

const SERVER = 'where gateway-sync serve listens, such as http://127.0.0.1:8080';
const TOKEN_FILE = 'file with the token of the service (default: GATEWAY_SYNC_API_TOKEN)';

export function withStatusOptions(command: Command): Command {
  const server = new Option('--server <url>', `ask a running service instead of the tenants: ${SERVER}`);
  return command.addOption(server.conflicts('config')).option('--token-file <file>', TOKEN_FILE);
}

/** Options of a request to a running service. */
export interface RequestOptions extends ServerOptions {
  readonly server: string;
  readonly tenant: readonly string[];
  readonly json: boolean;
  readonly reason?: string;
}

export function withRequestOptions(command: Command): Command {
  return command
    .requiredOption('--server <url>', SERVER)
    .option('--token-file <file>', TOKEN_FILE)
    .option('--json', 'answer with one JSON document on stdout', false);
}

export function withPauseOptions(command: Command): Command {
  return withTenants(command).option('--reason <text>', 'for those who wonder later; one line');
}

export function withTenants(command: Command): Command {
  return command.requiredOption<readonly string[]>(
    '-t, --tenant <name>',
    'this tenant; may be repeated',
    (name, earlier) => [...earlier, name],
    [],
  );
}

export interface HistoryOptions extends CommonOptions {
  readonly limit: string;
  readonly before?: string;
}

export function withHistoryOptions(command: Command): Command {
  return command
    .option('-n, --limit <number>', 'at most this many changes', '20')
    .option('--before <id>', 'only changes older than this one');
}

export interface PortalOptions extends CommonOptions {
  /** Show the link although nobody may be looking at a terminal. */
  readonly print: boolean;
}

export function withPortalOptions(command: Command): Command {
  return command.option('--print', 'write the link although stdout is not a terminal', false);
}

/** The end of every `--help`. */
export const EXIT_CODES_HELP = `
Exit codes:
    0  in sync, or done
    1  error: a tenant failed, or the command was not understood
    2  plan, status, lock --check or catalog diff found changes
    3  partly applied
    4  withheld by a guard
    5  the desired-state file is not valid
  130  interrupted
  Over several tenants the most severe one counts: 0 < 2 < 3 < 4 < 1 < 5 < 130.
`;
