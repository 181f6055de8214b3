import type { Action } from './action.js';
import type { ItemResult } from './result.js';

/**
 * Results without the fingerprints of secrets that may not have been written: `remaining`, planned after them, still holds
 * their action, or one that shared its request. No API tells whether a secret is in place, but it comes and goes with what
 * was written together with it. The same array when there is no doubt.
 */
export function withoutLostSecrets(
  results: readonly ItemResult[],
  remaining: readonly Action[],
): readonly ItemResult[] {
  const left = new Set(remaining.map(({ id }) => id));
  const lost = new Set(results.filter(({ action }) => left.has(action.id)).map(({ action }) => requestOf(action)));
  const isDoubtful = ({ action }: ItemResult) => action.fingerprints && lost.has(requestOf(action));
  if (!results.some(isDoubtful)) return results;
  return results.map((result) =>
    isDoubtful(result) ? { ...result, action: withoutFingerprints(result.action) } : result,
  );
}

/** Changes of one config travel together. */
function requestOf(action: Action): string {
  return action.resource === 'config' || action.resource === 'target' ? `${action.step} ${action.code}` : action.id;
}

function withoutFingerprints(action: Action): Action {
  const { fingerprints: _, ...rest } = action;
  return rest;
}
