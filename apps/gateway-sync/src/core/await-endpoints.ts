import type { Action } from './action.js';
import type { Part } from './part.js';
import { hasErrors } from './problem.js';
import type { Observation } from './state.js';

/**
 * The delivery part of a tenant with endpoints: no config of Svix is switched to, and none that it succeeds is taken away,
 * before the endpoints stand that its events go to. Where they cannot be read or an entry has an error, everything about
 * the switch waits. An application that cannot be asked before its config is active has to be switched to first.
 */
export function awaitEndpoints(delivery: Part, endpoints: Part | undefined, reading: Observation['endpoints']): Part {
  const switching = delivery.actions.filter(isSwitch);
  if (switching.length === 0) return delivery;
  if (!endpoints || hasErrors(endpoints.problems)) {
    return {
      ...delivery,
      actions: delivery.actions.filter((action) => !isSwitch(action)),
      problems: [
        ...delivery.problems,
        {
          severity: 'warning',
          kind: 'switch-waits',
          message: `${switching.map(({ name }) => name).join(', ')}: not switched until the endpoints ${endpoints ? 'are without errors' : 'can be read'}, so that no event goes where nothing receives it`,
          places: [],
          nearest: [],
        },
      ],
    };
  }
  if (reading?.assumed) return delivery;
  const upserts = endpoints.actions.filter(({ step }) => step === 'prepare').map(({ id }) => id);
  if (upserts.length === 0) return delivery;
  return {
    ...delivery,
    actions: delivery.actions.map((action) => (isSwitch(action) ? needing(action, upserts) : action)),
  };
}

/** Switches a config on, or takes away what it succeeds. */
function isSwitch({ resource, step }: Action): boolean {
  return resource === 'config' && (step === 'activate' || step === 'retire');
}

function needing(action: Action, ids: readonly string[]): Action {
  return { ...action, needs: [...(action.needs ?? []), ...ids] };
}
