import { STATUS_CODES } from 'node:http';
import type { ServicePlacedProblem, ServiceProblem, ServiceProblemCode } from '@gateway-sync/api';

/** Ends a request with a problem document. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError' as const;

  constructor(
    readonly problem: ServiceProblem,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(problem.detail);
  }
}

export const PROBLEM_TYPE = 'application/problem+json';

interface Extras {
  readonly remedy?: string;
  readonly problems?: readonly ServicePlacedProblem[];
}

function describe(status: number, code: ServiceProblemCode, detail: string, { remedy, problems }: Extras = {}) {
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail,
    ...(remedy !== undefined && { remedy }),
    ...(problems && { problems: [...problems] }),
  } satisfies ServiceProblem;
}

export function invalidRequest(problems: readonly ServicePlacedProblem[]): ProblemError {
  return new ProblemError(describe(400, 'invalid-request', 'the request is not valid', { problems }));
}

export function unreadableRequest(what: string): ProblemError {
  return new ProblemError(describe(400, 'invalid-request', what));
}

export function unauthorized(given: boolean): ProblemError {
  const remedy = 'send the header Authorization with Bearer and the token of GATEWAY_SYNC_API_TOKEN';
  return new ProblemError(
    describe(401, 'unauthorized', given ? 'the token is wrong' : 'this needs a token', { remedy }),
    {
      'www-authenticate': `Bearer realm="gateway-sync"${given ? ', error="invalid_token"' : ''}`,
    },
  );
}

export function apiClosed(): ProblemError {
  const remedy = 'start it with GATEWAY_SYNC_API_TOKEN to allow them';
  return new ProblemError(describe(403, 'api-closed', 'this service takes no requests over HTTP', { remedy }));
}

export function unknownTenant(tenant: string): ProblemError {
  const remedy = 'GET /api/v1/tenants lists those that it has';
  return new ProblemError(
    describe(404, 'unknown-tenant', `this service does not look after a tenant ${tenant}`, { remedy }),
  );
}

/** This replica's file names it, and that of the replica which runs the tenants does not. */
export function letGo(tenant: string): ProblemError {
  const detail = `${tenant} is not looked after: another replica has a newer file, which does not name it`;
  const remedy = 'ask a replica with the newer file which tenants it has';
  return new ProblemError(describe(404, 'tenant-gone', detail, { remedy }));
}

export function unknownPath(): ProblemError {
  return new ProblemError(describe(404, 'unknown-path', 'there is nothing at this path'));
}

export function noRunYet(tenant: string): ProblemError {
  const remedy = 'ask again after its first run';
  return new ProblemError(describe(404, 'no-run-yet', `${tenant} was not looked at yet`, { remedy }));
}

export function noLedger(): ProblemError {
  const remedy = 'start it with a database: see DATABASE_URL';
  return new ProblemError(describe(404, 'no-ledger', 'this service keeps no history', { remedy }));
}

export function methodNotAllowed(allow: readonly string[]): ProblemError {
  const allowed = allow.join(', ');
  return new ProblemError(describe(405, 'method-not-allowed', `this path takes ${allowed} only`), { allow: allowed });
}

export function requestTimeout(): ProblemError {
  return new ProblemError(describe(408, 'request-timeout', 'the request did not arrive in time'));
}

export function paused(tenant: string, since: string): ProblemError {
  const remedy = `POST /api/v1/tenants/${tenant}/resume first`;
  return new ProblemError(describe(409, 'paused', `${tenant} is paused since ${since}`, { remedy }));
}

export function withheld(message: string, allow: string): ProblemError {
  return new ProblemError(describe(409, 'withheld', message, { remedy: allow }));
}

export function tooLarge(bytes: number): ProblemError {
  return new ProblemError(describe(413, 'too-large', `the body has more than ${bytes / 1024} KB`), {
    connection: 'close',
  });
}

export function wrongMediaType(): ProblemError {
  const remedy = 'send the header content-type with application/json, and the body in UTF-8, not compressed';
  return new ProblemError(describe(415, 'unsupported-media-type', 'the body has to be JSON', { remedy }), {
    connection: 'close',
  });
}

export function invalidFile(problems: readonly ServicePlacedProblem[]): ProblemError {
  const found = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  return new ProblemError(
    describe(422, 'invalid-file', `the file has ${found}; the one before stays in force`, { problems }),
  );
}

export function tooManyRequests(detail: string, waitMs: number): ProblemError {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  const remedy = `try again in ${seconds === 1 ? '1 second' : `${seconds} seconds`}`;
  return new ProblemError(describe(429, 'too-many-requests', detail, { remedy }), { 'retry-after': String(seconds) });
}

export function headersTooLarge(bytes: number): ProblemError {
  return new ProblemError(describe(431, 'headers-too-large', `the headers have more than ${bytes / 1024} KB`));
}

export function internalError(): ProblemError {
  const remedy = 'the log of the service says more; this is a bug';
  return new ProblemError(describe(500, 'internal-error', 'the service failed', { remedy }));
}

const DATABASE_WAIT_S = 5;

/** What the database said is for the log: it names hosts. */
export function databaseLost(): ProblemError {
  const remedy = `try again in ${DATABASE_WAIT_S} seconds; the log of the service says why`;
  return new ProblemError(describe(503, 'database-lost', 'the database does not answer', { remedy }), {
    'retry-after': String(DATABASE_WAIT_S),
  });
}
