import { createHash } from 'node:crypto';
import type { Action } from './action.js';
import { eventKey } from './state.js';

/**
 * SHA-256 of what a plan does, in hexadecimal; the actions in the order of the plan. Versions are left out: a reviewed
 * plan stays the same plan when somebody touched a subscription and put it back. (Hashing is a function of its input, so
 * the core may do it.)
 */
export function planChecksum(tenant: string, actions: readonly Action[]): string {
  return sha256([tenant, ...actions.map(actionEffect)]);
}

/** What an action does, as one comparable text: without the version, and without the reason. */
export function actionEffect(action: Action): string {
  return JSON.stringify([
    action.resource,
    action.type,
    eventKey(action.eventType),
    action.before.excludedFields,
    action.after.excludedFields,
  ]);
}

/** SHA-256 of everything the API would judge: a rejected action is not sent again while this stays the same. */
export function actionInput(action: Action): string {
  return sha256([actionEffect(action), action.version ?? null]);
}

function sha256(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
