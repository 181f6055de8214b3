import type { Action, ConfigAction } from './action.js';
import type { ObservedConfig } from './delivery.js';
import type { DesiredTenant } from './state.js';

/** Why a plan would leave a tenant without an active delivery config, and how to go about it; `undefined` when it does not. */
export function lastActiveConfig(
  { tenant }: DesiredTenant,
  observed: readonly ObservedConfig[],
  actions: readonly Action[],
): { readonly message: string; readonly allow: string } | undefined {
  const before = observed.filter(({ active }) => active);
  const after = activeAfter(before, actions);
  if (before.length === 0 || after.size > 0) return undefined;
  const names = before.map(({ code, provider }) => `${code} (${provider})`).join(' and ');
  return {
    message: `after this plan no delivery config would be active, so nothing would be delivered; ${names} is now`,
    allow: `nothing to allow: the service keeps one active. Write under tenant ${tenant}:  delivery: { active: true }, or activate another config first`,
  };
}

/** Codes of the configs that are active when all actions have taken. */
function activeAfter(before: readonly ObservedConfig[], actions: readonly Action[]): ReadonlySet<string> {
  const active = new Set(before.map(({ code }) => code));
  for (const action of actions) {
    if (action.resource !== 'config') continue;
    const state = stateAfter(action);
    if (state === 'active') active.add(action.code);
    if (state === 'inactive') active.delete(action.code);
  }
  return active;
}

function stateAfter({ write }: ConfigAction): 'active' | 'inactive' | undefined {
  switch (write.type) {
    case 'delete':
      return 'inactive';
    case 'create':
    case 'replace':
      return write.active ? 'active' : 'inactive';
    case 'patch': {
      const last = write.operations.findLast(({ path }) => path === '/active');
      return last && (last.value === true ? 'active' : 'inactive');
    }
    default:
      return write satisfies never;
  }
}
