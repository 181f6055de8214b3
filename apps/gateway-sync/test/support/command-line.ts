import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { createProbe } from '../../src/adapters/probe/probe.js';
import type { Cli } from '../../src/cli/cli.js';
import type { ExitCode } from '../../src/cli/exit-code.js';
import { run } from '../../src/cli/program.js';
import { UnavailableError } from '../../src/core/errors.js';
import type { Gateway, LedgerStore } from '../../src/core/ports.js';
import type { ObservedSubscription } from '../../src/core/state.js';
import { type LogLevel, readEnv } from '../../src/env.js';
import { createLogger } from '../../src/logger.js';
import { alone } from '../../src/serving.js';
import { fail, ModelServer, type Script } from './model-server.js';

/** A tenant of the file, on one line; its secret starts with `hunter2`. */
export const tenantLine = (name: string, events: string, more = ''): string =>
  `  - { tenant: ${name}, credentials: { clientId: id, clientSecret: "hunter2-${name}" }, subscriptions: [${events}]${more} }\n`;

export const wanting = (event: string): string => `{ event: ${event} }`;

export const server = (rows: readonly ObservedSubscription[], script?: Script): ModelServer =>
  new ModelServer(rows, script);

/** A tenant that cannot be read. */
export const down: Script = {
  onRead: () => fail(new UnavailableError('listSubscriptions: 503', { operation: 'listSubscriptions' })),
};

type Servers = Readonly<Record<string, Gateway>>;

interface Surroundings {
  /** Of stdout and stderr. */
  readonly isTTY?: boolean;
  /** The ledger; an error when it does not answer. Absent: there is none. */
  readonly store?: LedgerStore | Error;
  /** Instead of `store`. */
  readonly openLedger?: Cli['openLedger'];
  readonly logLevel?: LogLevel;
  /** Milliseconds since the epoch. */
  readonly now?: number;
  /** Of the process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Instead of the given servers. */
  readonly connect?: Cli['connect'];
  /** What a person answers; absent: nobody is there. */
  readonly answer?: boolean;
}

export interface Answer {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandLine {
  /** Writes the desired-state file and answers its path. */
  readonly file: (tenants: string, head?: string) => Promise<string>;
  /** Runs a command in this process; the tenants are the given servers. */
  readonly command: (args: readonly string[], servers?: Servers, surroundings?: Surroundings) => Promise<Answer>;
}

/** A command line with a folder of its own for each test of the file that calls this. */
export function commandLine(): CommandLine {
  let folder = '';
  const path = () => join(folder, 'gateway-sync.yaml');
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gateway-sync-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  return {
    file: async (tenants, head = '') => {
      await writeFile(path(), `version: 1\n${head}tenants:\n${tenants}`);
      return path();
    },
    command: async (args, servers = {}, surroundings = {}) => {
      const { isTTY = false } = surroundings;
      const written = { stdout: '', stderr: '' };
      const to = (name: keyof typeof written) => ({ isTTY, write: (text: string) => void (written[name] += text) });
      const cli = createCli(path(), to('stdout'), to('stderr'), servers, surroundings);
      return { code: await run(args, cli), ...written };
    },
  };
}

function createCli(
  config: string,
  stdout: Cli['stdout'],
  stderr: Cli['stderr'],
  servers: Servers,
  { store, now = 0, openLedger, answer, connect, env, logLevel = 'info' }: Surroundings,
): Cli {
  return {
    env: readEnv({ GATEWAY_SYNC_CONFIG: config, ...env }),
    stdout,
    stderr,
    logger: createLogger(logLevel, { write: (line) => void stderr.write(line) }),
    clock: { now: () => now },
    newId: () => 'r1',
    actor: 'host:1',
    openLedger: openLedger ?? (() => (store instanceof Error ? Promise.reject(store) : Promise.resolve(store))),
    openServing: () => Promise.resolve({ parts: alone({ clock: { now: () => now } }), close: () => Promise.resolve() }),
    probe: createProbe({ timeoutMs: 1000, userAgent: 'test' }),
    ...(answer !== undefined && { confirm: () => Promise.resolve(answer) }),
    connect:
      connect ??
      (() => ({
        for: ({ tenant }) => {
          const found = servers[tenant];
          if (!found) throw new Error(`no server for ${tenant}`);
          return found;
        },
      })),
  };
}
