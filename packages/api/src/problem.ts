import { isRecord } from './is-record.js';
import { preview } from './preview.js';

/** Why a call was refused, the same for every body that a service or the gateway in front of it may send. */
export interface Problem {
  /** A sentence for people. */
  readonly message: string;
  /** A word for programs, such as `oauth.v2.InvalidAccessToken` or `Conflict`. */
  readonly code?: string;
  /** Further sentences, usually one for each field that is wrong. */
  readonly details: readonly string[];
}

const MAX_DETAILS = 20;

/**
 * Reads the body of an error: `{code, status, message, details}` of a service, `{fault}` of the gateway,
 * `{ErrorCode, Error}` and `{error, error_description}` of an OAuth server, or any text.
 */
export function readProblem(body: unknown, redact: (text: string) => string): Problem {
  if (typeof body === 'string') return problem(text(body, redact));
  if (!isRecord(body)) return problem(undefined);
  const clean = (value: unknown): string | undefined => (typeof value === 'string' ? text(value, redact) : undefined);
  if (isRecord(body['fault'])) {
    const { faultstring, detail } = body['fault'];
    return problem(clean(faultstring), isRecord(detail) ? clean(detail['errorcode']) : undefined);
  }
  const details = Array.isArray(body['details']) ? body['details'].slice(0, MAX_DETAILS).map(clean) : [];
  return problem(
    clean(body['message']) ?? clean(body['Error']) ?? clean(body['error_description']) ?? clean(body['status']),
    clean(body['errorCode']) ?? clean(body['ErrorCode']) ?? clean(body['error']) ?? clean(body['status']),
    details.filter((detail) => detail !== undefined),
  );
}

function problem(message: string | undefined, code?: string, details: readonly string[] = []): Problem {
  return { message: message ?? 'no reason given', ...(code !== undefined && { code }), details };
}

function text(value: string, redact: (text: string) => string): string | undefined {
  return preview(redact(value)) || undefined;
}
