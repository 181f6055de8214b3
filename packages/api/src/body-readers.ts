import { concealDashboardAccess, ConcealedDashboardAccess } from './concealed-dashboard-access.js';
import { concealEndpointSecret, ConcealedEndpointSecret } from './concealed-endpoint-secret.js';
import { isRecord } from './is-record.js';
import { formatError, jsonBody, type Reading } from './reading.js';

/**
 * Takes the JSON of a success, undefined where there is none, and the text that it was, and returns the body if it has the
 * shape that callers rely on.
 */
export type BodyReader = (json: unknown, text: string) => unknown;

/** Thrown by a reader; the message says what was expected. */
class Misfit extends Error {}

/**
 * Only the outermost shape is looked at, enough that callers do not trip over a login page or a wrapped list. More would
 * make every harmless change of the service an error.
 */
export const bodies = {
  nothing: () => undefined,
  text: (_json, text) => text,
  array,
  object,
  page: (json) => {
    const { data, done } = isRecord(json) ? json : {};
    if (!Array.isArray(data) || typeof done !== 'boolean') throw new Misfit('data and done');
    return json;
  },
  tenantPage: (json) => {
    if (!isRecord(json) || !Array.isArray(json['tenants'])) throw new Misfit('tenants');
    return json;
  },
  /** What the service says of one tenant. */
  tenantAnswer: (json) => {
    const body = object(json);
    if (typeof body['tenant'] !== 'string') throw new Misfit('tenant');
    return body;
  },
  reloadReport: (json) => {
    const body = object(json);
    if (typeof body['changed'] !== 'boolean') throw new Misfit('changed');
    return body;
  },
  headers: (json) => {
    const { headers, sensitive } = isRecord(json) ? json : {};
    if (!isRecord(headers) || !Array.isArray(sensitive)) throw new Misfit('headers and sensitive');
    return json;
  },
  dashboardAccess: (json) => {
    const access = concealDashboardAccess(json);
    if (!(access instanceof ConcealedDashboardAccess)) throw new Misfit('url and token');
    return access;
  },
  endpointSecret: (json) => {
    const secret = concealEndpointSecret(json);
    if (!(secret instanceof ConcealedEndpointSecret)) throw new Misfit('key');
    return secret;
  },
} as const satisfies Readonly<Record<string, BodyReader>>;

/** The body of a success, whatever 2xx status it has. Throws a `ResponseFormatError`. */
export function readSuccess(reader: BodyReader, reading: Reading): unknown {
  try {
    return reader(jsonBody(reading), reading.answer.body.text);
  } catch (error) {
    throw error instanceof Misfit ? formatError(reading, error.message) : error;
  }
}

function array(json: unknown): readonly unknown[] {
  if (!Array.isArray(json)) throw new Misfit('a JSON array');
  return json;
}

function object(json: unknown): Record<string, unknown> {
  if (!isRecord(json)) throw new Misfit('a JSON object');
  return json;
}
