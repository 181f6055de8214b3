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
  /** What helps, where the service says so. */
  readonly remedy?: string;
}

const MAX_DETAILS = 20;

/**
 * Reads the body of an error: `{code, status, message, details}` of a service, `{fault}` of the gateway,
 * `{ErrorCode, Error}` and `{error, error_description}` of an OAuth server, `{code, detail}` and `{detail: [findings]}` of
 * Svix, a problem document with `code`, `remedy` and `problems`, or any text.
 */
export function readProblem(body: unknown, redact: (text: string) => string): Problem {
  if (typeof body === 'string') return problem(text(body, redact));
  if (!isRecord(body)) return problem(undefined);
  const clean = (value: unknown): string | undefined => (typeof value === 'string' ? text(value, redact) : undefined);
  if (isRecord(body['fault'])) {
    const { faultstring, detail } = body['fault'];
    return problem(clean(faultstring), isRecord(detail) ? clean(detail['errorcode']) : undefined);
  }
  if (Array.isArray(body['detail'])) {
    const findings = body['detail'].slice(0, MAX_DETAILS).map((item) => clean(findingText(item)));
    const known = findings.filter((finding) => finding !== undefined);
    return problem(clean(known.join('; ')), undefined, known);
  }
  const details = [...firstOf(body['details']), ...firstOf(body['problems']).map(placedText)].map(clean);
  return problem(
    clean(body['message']) ??
      clean(body['detail']) ??
      clean(body['Error']) ??
      clean(body['error_description']) ??
      clean(body['status']),
    clean(body['errorCode']) ??
      clean(body['ErrorCode']) ??
      clean(body['error']) ??
      clean(body['status']) ??
      clean(body['code']),
    details.filter((detail) => detail !== undefined),
    clean(body['remedy']),
  );
}

function problem(
  message: string | undefined,
  code?: string,
  details: readonly string[] = [],
  remedy?: string,
): Problem {
  return {
    message: message ?? 'no reason given',
    ...(code !== undefined && { code }),
    details,
    ...(remedy !== undefined && { remedy }),
  };
}

function firstOf(list: unknown): readonly unknown[] {
  return Array.isArray(list) ? list.slice(0, MAX_DETAILS) : [];
}

/** A place of a file or of a request, what is wrong there, and what helps. */
function placedText(finding: unknown): string | undefined {
  if (!isRecord(finding) || typeof finding['message'] !== 'string') return undefined;
  const { place, path, message, remedy } = finding;
  const told = [...[place, path].filter((part) => typeof part === 'string' && part !== ''), message].join(': ');
  return typeof remedy === 'string' && remedy !== '' ? `${told} (${remedy})` : told;
}

/** Where something is wrong, and what; the place is spelled as it came. */
function findingText(finding: unknown): string | undefined {
  if (!isRecord(finding) || typeof finding['msg'] !== 'string') return undefined;
  const loc = Array.isArray(finding['loc']) ? finding['loc'] : [];
  // Nothing else: an object may refuse to become a text, and lists in lists may exhaust the stack.
  const place = loc.filter((step) => typeof step === 'string' || typeof step === 'number').join('.');
  return place === '' ? finding['msg'] : `${place}: ${finding['msg']}`;
}

function text(value: string, redact: (text: string) => string): string | undefined {
  return preview(redact(value)) || undefined;
}
