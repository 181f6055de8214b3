import type { ConfigAction, TargetAction } from './action.js';
import type { ConfigOperation, ConfigWrite } from './delivery.js';
import { ENTRY } from './target-diff.js';

export interface ConfigRequest {
  readonly write: ConfigWrite;
  /** What it carries. */
  readonly actions: readonly (ConfigAction | TargetAction)[];
}

/**
 * The requests for the actions of one step. Operations on one config share a PATCH, except those that make an entry: whether
 * the service takes a PATCH wholly or up to its first bad operation is not documented, and sending the creation of an
 * entry again would double it.
 */
export function configRequests(actions: readonly (ConfigAction | TargetAction)[]): readonly ConfigRequest[] {
  const requests: ConfigRequest[] = [];
  const shared = new Map<string, number>();
  for (const action of actions) {
    const { code } = action;
    const operations = operationsOf(action);
    if (!operations) {
      if (action.resource === 'config') requests.push({ write: action.write, actions: [action] });
      continue;
    }
    const index = operations.some(makesEntry) ? undefined : shared.get(code);
    const request = index === undefined ? undefined : requests[index];
    if (index === undefined || !request) {
      if (!operations.some(makesEntry)) shared.set(code, requests.length);
      requests.push({ write: { type: 'patch', code, operations }, actions: [action] });
    } else requests[index] = joined(request, action, operations);
  }
  return requests;
}

/** `undefined`: not a PATCH. */
function operationsOf(action: ConfigAction | TargetAction): readonly ConfigOperation[] | undefined {
  if (action.resource === 'target') return action.operations;
  return action.write.type === 'patch' ? action.write.operations : undefined;
}

function makesEntry({ op, path }: ConfigOperation): boolean {
  return op === 'UPSERT' && path === ENTRY;
}

function joined(
  { write, actions }: ConfigRequest,
  action: ConfigAction | TargetAction,
  operations: readonly ConfigOperation[],
): ConfigRequest {
  const before = write.type === 'patch' ? write.operations : [];
  return {
    write: { type: 'patch', code: action.code, operations: [...before, ...operations] },
    actions: [...actions, action],
  };
}
