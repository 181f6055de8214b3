import { DrizzleQueryError } from 'drizzle-orm';
import pg from 'pg';
import { LedgerError } from '../../core/errors.js';

interface Known {
  readonly codes: RegExp;
  readonly transient: boolean;
  readonly remedy: string;
}

const LATER = 'it is tried again';

// https://www.postgresql.org/docs/18/errcodes-appendix.html
const KNOWN: readonly Known[] = [
  { codes: /^28/, transient: false, remedy: 'check user and password in DATABASE_URL' },
  { codes: /^3D000$/, transient: false, remedy: 'create the database, or name another one in DATABASE_URL' },
  {
    codes: /^42501$/,
    transient: false,
    remedy:
      'migrations need the right to create on the database, all else to read and write the tables of gateway_sync',
  },
  {
    codes: /^(42P01|42703|3F000)$/,
    transient: false,
    remedy: 'somebody changed the tables of gateway_sync: restore them',
  },
  { codes: /^53100$/, transient: true, remedy: 'the disk of the database is full: free some space' },
  { codes: /^53300$/, transient: true, remedy: 'all its connections are taken: allow more, or close others' },
  { codes: /^25006$/, transient: true, remedy: 'it can only be read: DATABASE_URL must name the primary server' },
  { codes: /^(ENOTFOUND|EAI_AGAIN)$/, transient: true, remedy: 'check the host in DATABASE_URL' },
  { codes: /^(ECONNREFUSED|ENOENT)$/, transient: true, remedy: 'check that it runs, and its place in DATABASE_URL' },
  { codes: /^(EACCES|EPERM)$/, transient: false, remedy: 'check the permissions of its socket' },
  { codes: /CERT|TLS|SSL|^UNABLE_TO/, transient: false, remedy: 'check sslmode and sslrootcert in DATABASE_URL' },
  // Connection, operator intervention, resources, system, serialisation, deadlock, lock.
  { codes: /^(08|57|53|58|40|55P03|XX)/, transient: true, remedy: LATER },
  { codes: /^(0A|22|23|26|42)/, transient: false, remedy: 'this is a defect of gateway-sync: please report it' },
];

/** Which database it was, as a message may tell it. */
export interface Place {
  readonly name: string;
  /** We run the server ourselves, and nobody chose an address. */
  readonly bundled: boolean;
}

/** What `pg` or Drizzle threw, told without anything secret: no statement, no parameter, no row, no connection string. */
export function ledgerError(error: unknown, action: string, place: Place): Error {
  const root = rootOf(error);
  if (!(root instanceof Error)) return new LedgerError(`Could not ${action} (${place.name})`, { transient: true });
  if (root instanceof LedgerError || isDefect(root)) return root;
  const code = codeOf(root);
  const known = KNOWN.find(({ codes }) => code !== undefined && codes.test(code));
  const { transient, remedy } = known ?? { transient: true, remedy: LATER };
  const advice = place.bundled && transient ? 'the bundled server is started again when it is gone' : remedy;
  // Without a cause: the details that PostgreSQL adds to an error quote rows, and Drizzle quotes every parameter.
  return new LedgerError(`Could not ${action} (${place.name}): ${root.message}; ${advice}`, {
    transient,
    ...(code !== undefined && { code }),
  });
}

function codeOf(error: Error): string | undefined {
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.message.includes('does not support SSL') ? 'SSL' : undefined;
}

/** Ours to repair, and not the database's. */
function isDefect(error: Error): boolean {
  return error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
}

/** Whether the server answered, so that the connection is still good. */
export function isAnswer(error: unknown): boolean {
  return rootOf(error) instanceof pg.DatabaseError;
}

/** Drizzle wraps what the driver threw, and Node collects what several addresses of a host said. */
function rootOf(error: unknown): unknown {
  if (error instanceof AggregateError && error.errors.length > 0) return rootOf(error.errors[0]);
  if (error instanceof DrizzleQueryError) return rootOf(error.cause);
  return error;
}
