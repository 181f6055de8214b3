import { z } from 'zod';
import { ConfigError, type ConfigProblem } from './core/errors.js';
import { Secret } from './core/secret.js';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Where the ledger is kept; `none`: commands work without one, and nothing is removed. */
export type DatabaseChoice =
  { readonly type: 'bundled' } | { readonly type: 'url'; readonly url: Secret } | { readonly type: 'none' };

/** The environment, checked. This file alone reads `process.env`. */
export interface Env {
  /** Path of the desired-state file where the command line names none. */
  readonly config: string;
  readonly port: number;
  /** `::` is every address of the machine. */
  readonly host: string;
  readonly logLevel: LogLevel;
  /** How long `serve` goes on answering after the signal to stop. */
  readonly drainMs: number;
  /** Bearer token of the writing routes of the HTTP API; absent: they are closed. */
  readonly apiToken?: Secret;
  /** Whether reading needs the token too; probes and metrics never do. */
  readonly protectReads: boolean;
  readonly database: DatabaseChoice;
  /** What the program keeps itself, such as the data of the bundled PostgreSQL. */
  readonly dataDir: string;
  /** Key of the fingerprints of secrets; absent: one is made and kept in the database. */
  readonly fingerprintKey?: Secret;
  /** Commit that the build was made from, for `build_info`. */
  readonly revision: string;
  /** `NO_COLOR`, `FORCE_COLOR` and `TERM`: see `wantsColor`. */
  readonly color: { readonly never: boolean; readonly always: boolean };
  /** Everything, for `${env:…}` in the desired-state file. */
  readonly raw: Readonly<Record<string, string | undefined>>;
}

const MAX_DRAIN_SECONDS = 300;

const schema = z.object({
  GATEWAY_SYNC_CONFIG: z.string().default('./gateway-sync.yaml'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .refine((port) => port <= 65_535)
    .default(8080),
  HOST: z.string().regex(/^\S+$/).optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
  // What does not fit into a header could never be sent.
  GATEWAY_SYNC_API_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/)
    .optional(),
  GATEWAY_SYNC_DRAIN_SECONDS: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .refine((seconds) => seconds <= MAX_DRAIN_SECONDS)
    .default(0),
  GATEWAY_SYNC_API_PROTECT_READS: z.enum(['true', 'false']).default('false'),
  // No `/`, `?`, `#` or `@` that belongs to the password: what follows it would be taken for host and database, and be shown.
  DATABASE_URL: z
    .union([z.literal('none'), z.string().regex(/^postgres(ql)?:\/\/[^\s/?#]*([/?][^\s#@]*)?$/)])
    .optional(),
  GATEWAY_SYNC_DATA_DIR: z.string().default('.data'),
  GATEWAY_SYNC_FINGERPRINT_KEY: z.string().min(16).optional(),
  GATEWAY_SYNC_REVISION: z
    .string()
    .regex(/^[\w.-]{1,64}$/)
    .default('unknown'),
  NO_COLOR: z.string().optional(),
  FORCE_COLOR: z.string().optional(),
  TERM: z.string().optional(),
});

const EXPECTED: Readonly<Record<string, string>> = {
  PORT: 'must be a port, 0 to 65535 (0: any free one)',
  HOST: 'must be an address or a host name',
  LOG_LEVEL: `must be ${LOG_LEVELS.join(', ')}`,
  GATEWAY_SYNC_API_TOKEN: 'must have at least 16 characters: letters, digits and signs of ASCII, no blanks',
  GATEWAY_SYNC_DRAIN_SECONDS: `must be a whole number of seconds, 0 to ${MAX_DRAIN_SECONDS}`,
  GATEWAY_SYNC_API_PROTECT_READS: 'must be true or false',
  DATABASE_URL:
    'must be an address such as postgresql://user:password@host:5432/database (in the password / as %2F, ? as %3F, # as %23, @ as %40), or none',
  GATEWAY_SYNC_FINGERPRINT_KEY: 'must have at least 16 characters',
  GATEWAY_SYNC_REVISION: 'must be a commit: at most 64 letters, digits, dots and dashes',
};

/**
 * Reads and checks the environment; an empty variable counts as absent, but for the token: where that is empty, a secret is
 * missing. Throws a {@link ConfigError} with every problem.
 */
export function readEnv(raw: Env['raw'] = process.env): Env {
  const present = Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(present);
  const missing = tokenProblems(raw);
  if (!parsed.success || missing.length > 0) {
    const names = new Set((parsed.error?.issues ?? []).map(({ path }) => String(path[0])));
    const invalid = [...names].map((name) => problem(name, EXPECTED[name] ?? 'is not valid'));
    throw new ConfigError('environment', [...invalid, ...missing]);
  }
  const { GATEWAY_SYNC_CONFIG, PORT, HOST, LOG_LEVEL, GATEWAY_SYNC_API_TOKEN, GATEWAY_SYNC_REVISION } = parsed.data;
  const { DATABASE_URL, GATEWAY_SYNC_API_PROTECT_READS, GATEWAY_SYNC_DATA_DIR, GATEWAY_SYNC_FINGERPRINT_KEY } =
    parsed.data;
  const { NO_COLOR, FORCE_COLOR, TERM, GATEWAY_SYNC_DRAIN_SECONDS } = parsed.data;
  const unforced = FORCE_COLOR === '0' || FORCE_COLOR === 'false';
  return {
    config: GATEWAY_SYNC_CONFIG,
    port: PORT,
    host: HOST ?? (GATEWAY_SYNC_API_TOKEN === undefined ? '127.0.0.1' : '::'),
    drainMs: GATEWAY_SYNC_DRAIN_SECONDS * 1000,
    logLevel: LOG_LEVEL,
    ...(GATEWAY_SYNC_API_TOKEN !== undefined && { apiToken: new Secret(GATEWAY_SYNC_API_TOKEN) }),
    protectReads: GATEWAY_SYNC_API_PROTECT_READS === 'true',
    database: databaseChoice(DATABASE_URL),
    dataDir: GATEWAY_SYNC_DATA_DIR,
    ...(GATEWAY_SYNC_FINGERPRINT_KEY !== undefined && { fingerprintKey: new Secret(GATEWAY_SYNC_FINGERPRINT_KEY) }),
    revision: GATEWAY_SYNC_REVISION,
    color: {
      never: NO_COLOR !== undefined || unforced || (TERM === 'dumb' && FORCE_COLOR === undefined),
      always: FORCE_COLOR !== undefined && !unforced,
    },
    raw,
  };
}

function tokenProblems(raw: Env['raw']): ConfigProblem[] {
  const { GATEWAY_SYNC_API_TOKEN: token, GATEWAY_SYNC_API_PROTECT_READS: protectReads } = raw;
  if (token === '') {
    const message = 'is empty, as if its secret were missing; give it the token, or unset it to do without one';
    return [problem('GATEWAY_SYNC_API_TOKEN', message)];
  }
  if (token !== undefined || protectReads !== 'true') return [];
  return [problem('GATEWAY_SYNC_API_PROTECT_READS', 'needs a token to protect them with: set GATEWAY_SYNC_API_TOKEN')];
}

function problem(name: string, message: string): ConfigProblem {
  return { place: name, path: '', message };
}

function databaseChoice(url: string | undefined): DatabaseChoice {
  if (url === undefined) return { type: 'bundled' };
  return url === 'none' ? { type: 'none' } : { type: 'url', url: new Secret(url) };
}
