import { conceal, ConcealedDashboardAccess } from './concealed-dashboard-access.js';
import type { OperationId } from './generated/emporix-webhook/operations.js';
import { isRecord } from './is-record.js';
import type { SuccessBody } from './operation-types.js';
import { formatError, jsonBody, type Reading } from './reading.js';

/** Thrown by a reader; the message says what was expected. */
class Misfit extends Error {}

/**
 * Only the outermost shape is looked at, enough that callers do not trip over a login page or a wrapped list. More would
 * make every harmless change of the service an error.
 */
const readers: Readonly<Record<OperationId, (json: unknown) => unknown>> = {
  createConfig: object,
  deleteConfig: nothing,
  getConfig: object,
  getDashboardAccess: dashboardAccess,
  getStatistics: object,
  listConfigs: (json) => array(isRecord(json) ? json['configs'] : json),
  listSubscriptions: array,
  patchConfig: nothing,
  replaceConfig: nothing,
  updateSubscriptions: array,
};

/** The body of an operation's success, whatever 2xx status it has. Throws a `ResponseFormatError`. */
export function successBody<Op extends OperationId>(operationId: Op, reading: Reading): SuccessBody<Op> {
  try {
    // oxlint-disable-next-line no-unsafe-type-assertion -- about the inside of a body the API document is believed
    return readers[operationId](jsonBody(reading)) as SuccessBody<Op>;
  } catch (error) {
    throw error instanceof Misfit ? formatError(reading, error.message) : error;
  }
}

function nothing(): undefined {
  return undefined;
}

function array(json: unknown): readonly unknown[] {
  if (!Array.isArray(json)) throw new Misfit('a JSON array');
  return json;
}

function object(json: unknown): Record<string, unknown> {
  if (!isRecord(json)) throw new Misfit('a JSON object');
  return json;
}

function dashboardAccess(json: unknown): ConcealedDashboardAccess {
  const access = conceal(json);
  if (!(access instanceof ConcealedDashboardAccess)) throw new Misfit('url and token');
  return access;
}
