import { readSuccess, type BodyReader } from './body-readers.js';
import type {
  BodyOf,
  Described,
  GroupOf,
  HttpStatus,
  IsSuccess,
  StatusesOf,
  StatusInGroup,
  StatusOf,
} from './operation-types.js';
import { formatError, isSuccess, jsonBody, metaOf, type CallMeta, type Reading } from './reading.js';
import { concealed } from './secret-answers.js';

/** An answer with a status that the API document lists. */
export interface StatusOutcome<Status extends number, Body> {
  readonly undocumented: false;
  readonly status: Status;
  /** Whether the status is 2xx. */
  readonly ok: IsSuccess<Status>;
  readonly body: Body;
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
export type OutcomeOf<
  Operations extends Described<Operations>,
  Op extends keyof Operations,
> = Op extends keyof Operations
  ? | {
        [Status in StatusOf<Operations, Op>]: StatusOutcome<Status, BodyOf<Operations, Op, Status>>;
      }[StatusOf<Operations, Op>]
    | {
        [Group in GroupOf<Operations, Op>]: GroupOutcome<
          StatusInGroup<keyof Operations[Op]['responses'], Group>,
          BodyOf<Operations, Op, Group>
        >;
      }[GroupOf<Operations, Op>]
    | Undocumented<keyof Operations[Op]['responses']>
  : never;

/** By the keys of the answers, so that the compiler works it out once for all operations that have the same. */
type Undocumented<Key> = 'default' extends Key ? never : UndocumentedOutcome<Exclude<HttpStatus, StatusesOf<Key>>>;

type GroupOutcome<Status extends number, Body> = [Status] extends [never] ? never : StatusOutcome<Status, Body>;

export type { HttpStatus } from './operation-types.js';

/** Sorts an answer into its member. Throws a `ResponseFormatError` when a documented status has no fitting body. */
export function outcomeOf<Operations extends Described<Operations>, Op extends keyof Operations>(
  reader: BodyReader,
  reading: Reading,
): OutcomeOf<Operations, Op> {
  const { status } = reading.answer;
  const { successStatuses, errorStatuses } = reading.operation;
  const undocumented = !successStatuses.includes(status) && !errorStatuses.includes(status);
  const body = undocumented ? looseBody(reading) : documentedBody(reader, reading);
  // oxlint-disable-next-line no-unsafe-type-assertion -- types and manifest are of one document: the status tells the member
  return { undocumented, status, ok: isSuccess(reading), body, meta: metaOf(reading) } as OutcomeOf<Operations, Op>;
}

function documentedBody(reader: BodyReader, reading: Reading): unknown {
  if (isSuccess(reading)) return readSuccess(reader, reading);
  const json = jsonBody(reading);
  if (typeof json !== 'object' || json === null) throw formatError(reading, 'a JSON object');
  return json;
}

function looseBody(reading: Reading): unknown {
  return concealed(reading.operation, jsonBody(reading) ?? (reading.answer.body.text || undefined));
}
