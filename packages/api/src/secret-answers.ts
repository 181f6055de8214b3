import { concealDashboardAccess } from './concealed-dashboard-access.js';
import { concealEndpointSecret } from './concealed-endpoint-secret.js';
import type { OperationDescription } from './generated/operation.js';

type Conceal = (body: unknown) => unknown;

const asItIs: Conceal = (body) => body;

/** Operations whose answers hold secrets that nobody knows yet, and what hides them from careless printing. */
const CONCEALERS: ReadonlyMap<string, Conceal> = new Map([
  ['createAppPortalAccess', concealDashboardAccess],
  ['getDashboardAccess', concealDashboardAccess],
  ['getEndpointHeaders', asItIs],
  ['getEndpointSecret', concealEndpointSecret],
  ['requestToken', asItIs],
]);

/** Whether the body of an operation's answer must never be quoted. */
export function bringsSecrets({ operationId }: OperationDescription): boolean {
  return CONCEALERS.has(operationId);
}

/** The body of an answer, its secrets hidden where the operation is known to bring some. */
export function concealed({ operationId }: OperationDescription, body: unknown): unknown {
  return (CONCEALERS.get(operationId) ?? asItIs)(body);
}
