import { bodies } from './body-readers.js';
import type { ApiDocument } from './document-client.js';
import { operations, type OperationId } from './generated/emporix-webhook/operations.js';
import type { operations as Operations } from './generated/emporix-webhook/types.js';
import { isRecord } from './is-record.js';
import type { BodyOf, InputOf, StatusOf } from './operation-types.js';
import type { OutcomeOf, StatusOutcome } from './outcome.js';

/** The Webhook Service. */
export const webhookDocument: ApiDocument<Operations> = {
  operations,
  readers: {
    createConfig: bodies.object,
    deleteConfig: bodies.nothing,
    getConfig: bodies.object,
    getDashboardAccess: bodies.dashboardAccess,
    getStatistics: bodies.object,
    listConfigs: (json) => bodies.array(isRecord(json) ? json['configs'] : json),
    listSubscriptions: bodies.array,
    patchConfig: bodies.nothing,
    replaceConfig: bodies.nothing,
    updateSubscriptions: bodies.array,
  },
};

/** What an operation takes, by place; the tenant is the client's. */
export type OperationInput<Op extends OperationId> = InputOf<Operations, Op, 'tenant'>;

/** The statuses that the API document lists for an operation. */
export type DocumentedStatus<Op extends OperationId> = StatusOf<Operations, Op>;

/** The body that an operation's answer has with a documented status; undefined where it has none. */
export type ResponseBody<Op extends OperationId, Status extends DocumentedStatus<Op>> = BodyOf<Operations, Op, Status>;

/** An answer with a status that the API document lists. */
export type DocumentedOutcome<Op extends OperationId, Status extends DocumentedStatus<Op>> = StatusOutcome<
  Status,
  ResponseBody<Op, Status>
>;

/**
 * What became of a call, told apart by `status`: `outcome.status === 207` leaves the one member with that status, and
 * any status that is not documented leaves `UndocumentedOutcome`.
 */
export type Outcome<Op extends OperationId> = OutcomeOf<Operations, Op>;
