import { bodies } from '../body-readers.js';
import type { ApiDocument } from '../document-client.js';
import { operations, type OperationId } from '../generated/gateway-sync/operations.js';
import type { operations as Operations } from '../generated/gateway-sync/types.js';
import type { InputOf, SuccessOf } from '../operation-types.js';
import type { OutcomeOf } from '../outcome.js';

/** The service that keeps the tenants in line. */
export const serviceDocument: ApiDocument<Operations> = {
  operations,
  readers: {
    getHealth: bodies.object,
    getLiveness: bodies.object,
    getMetrics: bodies.text,
    getPlan: bodies.object,
    getQuota: bodies.object,
    getReadiness: bodies.object,
    getTenant: bodies.tenantAnswer,
    listHistory: bodies.object,
    listTenants: bodies.tenantPage,
    pauseTenant: bodies.tenantAnswer,
    reloadFile: bodies.reloadReport,
    resumeTenant: bodies.nothing,
    syncTenant: bodies.tenantAnswer,
  },
};

/** What an operation takes, by place. */
export type ServiceOperationInput<Op extends OperationId> = InputOf<Operations, Op, never>;

/** What became of a call, told apart by `status`. */
export type ServiceOutcome<Op extends OperationId> = OutcomeOf<Operations, Op>;

/** The body of an operation's success; undefined where it has none. */
export type ServiceAnswer<Op extends OperationId> = SuccessOf<Operations, Op>;
