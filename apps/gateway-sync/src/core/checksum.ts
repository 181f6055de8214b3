import { createHash } from 'node:crypto';
import type { Action } from './action.js';
import { canonicalJson, type Json } from './json.js';
import { compareText } from './order.js';

/**
 * SHA-256 of what a plan does, in hexadecimal; the actions in the order of the plan. Versions are left out: a reviewed
 * plan stays the same plan when somebody touched a subscription and put it back. (Hashing is a function of its input, so
 * the core may do it.)
 */
export function planChecksum(tenant: string, actions: readonly Action[]): string {
  return sha256([tenant, ...actions.map(actionEffect)]);
}

/** One checksum for the plans of several tenants, in any order. */
export function fleetChecksum(checksums: readonly string[]): string {
  return sha256(checksums.toSorted(compareText));
}

/** What an action does, as one comparable text: without the version, and without the reason. */
export function actionEffect({ id, type, before, after, secrets = [], fingerprints = {} }: Action): string {
  return canonicalJson([id, type, before, after, secrets, fingerprints]);
}

/** SHA-256 of everything the API would judge: a rejected action is not sent again while this stays the same. */
export function actionInput(action: Action): string {
  const version = action.resource === 'subscription' ? action.version : undefined;
  return sha256([actionEffect(action), version ?? null]);
}

function sha256(value: Json): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
