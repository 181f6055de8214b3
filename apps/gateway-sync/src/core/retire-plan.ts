import type { ConfigAction } from './action.js';
import type { ObservedConfig } from './delivery.js';
import { whyKept } from './kept.js';
import { compareText } from './order.js';
import { knownOf, ownedOf } from './owned.js';
import type { Foreign, KeptReason, Knowledge } from './part.js';
import type { DesiredTenant } from './state.js';

export interface OthersInput {
  readonly tenant: DesiredTenant;
  /** Configs that the file does not describe. */
  readonly others: readonly ObservedConfig[];
  readonly knowledge: Knowledge;
  /** The config of the file is the active one, or is to be. */
  readonly succeeded: boolean;
  /** Ids of the actions that make it so. */
  readonly needs: readonly string[];
}

/** What becomes of the configs beside the one of the file, once that one delivers. */
export function planOthers(input: OthersInput): { actions: ConfigAction[]; foreign: Foreign[] } {
  const { others, succeeded } = input;
  const actions: ConfigAction[] = [];
  const foreign: Foreign[] = [];
  for (const other of others.toSorted((a, b) => compareText(a.code, b.code))) {
    const deactivation = other.active && succeeded ? [deactivate(other, input)] : [];
    actions.push(...deactivation);
    const reason = reasonToKeep(other, input);
    if (reason) foreign.push({ resource: 'config', name: configName(other), reason });
    else actions.push(remove(other, deactivation, input));
  }
  return { actions, foreign };
}

/** The name of a config in plans. */
export function configName({ code, provider }: Pick<ObservedConfig, 'code' | 'provider'>): string {
  return `${code} (${provider})`;
}

function reasonToKeep(
  { active, code }: ObservedConfig,
  { tenant: { prune }, knowledge, succeeded }: OthersInput,
): KeptReason | undefined {
  const owner = ownedOf(knowledge.owned, 'config').get(code);
  const kept = whyKept(prune, knowledge, owner, owner !== undefined);
  return kept ?? (active && !succeeded ? 'still-active' : undefined);
}

/** The service switches it off with the activation of another one, as far as is known. */
function deactivate(other: ObservedConfig, { needs }: OthersInput): ConfigAction {
  const { code } = other;
  return {
    resource: 'config',
    type: 'update',
    id: `config:${code}/active`,
    name: configName(other),
    code,
    reason: 'changed',
    step: 'retire',
    ...(needs.length > 0 && { needs }),
    before: { active: true },
    after: { active: false },
    write: { type: 'patch', code, operations: [{ op: 'UPSERT', path: '/active', value: false }] },
  };
}

function remove(
  other: ObservedConfig,
  deactivation: readonly ConfigAction[],
  { needs, knowledge }: OthersInput,
): ConfigAction {
  const { code, provider, active } = other;
  const knowsNothing = knowledge.owned === undefined && knowledge.seen === undefined;
  const waits = [...needs, ...deactivation.map(({ id }) => id)];
  return {
    resource: 'config',
    type: 'delete',
    id: `config:${code}`,
    name: configName(other),
    code,
    reason: knowsNothing || knownOf(knowledge, 'config').has(code) ? 'removed' : 'drift',
    step: 'retire',
    ...(waits.length > 0 && { needs: waits }),
    before: { provider, active },
    after: null,
    // An active config is never deleted by force: the one that succeeds it is active first.
    write: { type: 'delete', code, force: false },
  };
}
