import type { Action } from './action.js';
import type { Plan } from './plan.js';
import type { Observation } from './state.js';

/**
 * Those of `pending` that may be sent in this round: not what `needs` something that is still planned, for only a reading
 * shows that it was done; not subscriptions while the config that is to deliver them waits for its activation; not
 * endpoints of an application that could not be asked yet.
 */
export function readyActions(pending: readonly Action[], { actions }: Plan, observation: Observation): Action[] {
  const planned = new Set(actions.map(({ id }) => id));
  const sendable = new Set(pending.map(({ id }) => id));
  const activating = pending.some((action) => action.step === 'activate' && needsOneOf(action, sendable));
  return pending.filter((action) => {
    if (needsOneOf(action, planned)) return false;
    if (action.resource === 'endpoint') return observation.endpoints?.assumed !== true;
    return !(action.resource === 'subscription' && activating);
  });
}

function needsOneOf({ needs = [] }: Action, ids: ReadonlySet<string>): boolean {
  return needs.some((id) => ids.has(id));
}
