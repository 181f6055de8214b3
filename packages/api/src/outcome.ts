import { conceal } from './concealed-dashboard-access.js';
import type { OperationId } from './generated/emporix-webhook/operations.js';
import type { DocumentedStatus, IsSuccess, ResponseBody } from './operation-types.js';
import { formatError, isSuccess, jsonBody, metaOf, type CallMeta, type Reading } from './reading.js';
import { successBody } from './success-body.js';

/** An answer with a status that the API document lists. */
export interface DocumentedOutcome<Op extends OperationId, Status extends DocumentedStatus<Op>> {
  readonly undocumented: false;
  readonly status: Status;
  /** Whether the status is 2xx. */
  readonly ok: IsSuccess<Status>;
  readonly body: ResponseBody<Op, Status>;
  readonly meta: CallMeta;
}

/** An answer with any other status, such as 429 or 502. */
export interface UndocumentedOutcome<Status extends number = number> {
  readonly undocumented: true;
  readonly status: Status;
  /** Whether the status is 2xx. */
  readonly ok: boolean;
  /** JSON when the body is JSON, else its text; undefined when it is empty. */
  readonly body: unknown;
  readonly meta: CallMeta;
}

/**
 * What became of a call, told apart by `status`: `outcome.status === 207` leaves the one member with that status, and
 * any status that is not documented leaves `UndocumentedOutcome`.
 */
export type Outcome<Op extends OperationId> = Op extends OperationId
  ? | { [Status in DocumentedStatus<Op>]: DocumentedOutcome<Op, Status> }[DocumentedStatus<Op>]
    | UndocumentedOutcome<Exclude<HttpStatus, DocumentedStatus<Op>>>
  : never;

type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
type ToNumber<Text extends string> = Text extends `${infer Value extends number}` ? Value : never;

/** 100 to 599. Spelled out, because a plain `number` would stay in the union whatever status is compared. */
export type HttpStatus = ToNumber<`${1 | 2 | 3 | 4 | 5}${Digit}${Digit}`>;

/** Sorts an answer into its member. Throws a `ResponseFormatError` when a documented status has no fitting body. */
export function outcomeOf<Op extends OperationId>(operationId: Op, reading: Reading): Outcome<Op> {
  const { status } = reading.answer;
  const { successStatuses, errorStatuses } = reading.operation;
  const undocumented = !successStatuses.includes(status) && !errorStatuses.includes(status);
  const body = undocumented ? looseBody(operationId, reading) : documentedBody(operationId, reading);
  // oxlint-disable-next-line no-unsafe-type-assertion -- types and manifest are of one document: the status tells the member
  return { undocumented, status, ok: isSuccess(reading), body, meta: metaOf(reading) } as Outcome<Op>;
}

function documentedBody(operationId: OperationId, reading: Reading): unknown {
  if (isSuccess(reading)) return successBody(operationId, reading);
  const json = jsonBody(reading);
  if (typeof json !== 'object' || json === null) throw formatError(reading, 'a JSON object');
  return json;
}

function looseBody(operationId: OperationId, reading: Reading): unknown {
  const body = jsonBody(reading) ?? (reading.answer.text || undefined);
  return operationId === 'getDashboardAccess' ? conceal(body) : body;
}
