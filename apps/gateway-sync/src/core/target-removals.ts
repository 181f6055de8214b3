import type { TargetAction } from './action.js';
import type { ConfigOperation } from './delivery.js';
import { whyKept } from './kept.js';
import { compareText } from './order.js';
import type { Foreign, KeptReason, Knowledge } from './part.js';
import type { DesiredTenant } from './state.js';
import { ENTRY, foundSettings } from './target-diff.js';
import { keyOfFound, targetName } from './target-key.js';
import { isOurs, type FoundTarget, type Matching } from './target-match.js';
import type { WantedTargets } from './wanted-targets.js';
import { hasErrors } from './problem.js';

export interface RemovalInput {
  readonly tenant: DesiredTenant;
  /** Of the config. */
  readonly code: string;
  readonly resolved: WantedTargets;
  readonly knowledge: Knowledge;
}

/** What becomes of the entries that the file does not name. */
export function planLeft(
  matching: Matching,
  creates: readonly TargetAction[],
  input: RemovalInput,
): { deletes: TargetAction[]; foreign: Foreign[] } {
  const deletes: TargetAction[] = [];
  const foreign: Foreign[] = [];
  for (const entry of matching.left) {
    const reason = reasonToKeep(entry, matching, input);
    if (reason) foreign.push({ resource: 'target', name: targetName(keyOfFound(entry.found)), reason });
    else deletes.push(remove(entry, creates, input));
  }
  return { deletes, foreign: foreign.toSorted((a, b) => compareText(a.name, b.name)) };
}

function reasonToKeep(
  entry: FoundTarget,
  { left, pairs }: Matching,
  { tenant: { prune }, knowledge, resolved }: RemovalInput,
): KeptReason | undefined {
  const kept = whyKept(prune, knowledge, entry.row, isOurs(entry, left, pairs, knowledge));
  if (kept) return kept;
  return hasErrors(resolved.problems) ? 'unresolved' : undefined;
}

function remove(
  { found, row }: FoundTarget,
  creates: readonly TargetAction[],
  { code, knowledge }: RemovalInput,
): TargetAction {
  const knowsNothing = knowledge.owned === undefined && knowledge.seen === undefined;
  const operation: ConfigOperation = { op: 'REMOVE', path: `${ENTRY}/${found.id}` };
  return {
    resource: 'target',
    type: 'delete',
    id: `target:${found.id}`,
    name: targetName(keyOfFound(found)),
    code,
    reason: knowsNothing || row ? 'removed' : 'drift',
    step: 'remove',
    ...(creates.length > 0 && { needs: creates.map(({ id }) => id).toSorted(compareText) }),
    before: foundSettings(found),
    after: null,
    operations: [operation],
  };
}
