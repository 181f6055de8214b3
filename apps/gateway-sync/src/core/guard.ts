import type { Action } from './action.js';
import { globMatcher } from './glob.js';
import type { TenantMemory } from './memory.js';
import { sortedSet } from './order.js';
import type { Plan } from './plan.js';
import { eventKey, isSubscribed, type DesiredTenant, type Observation, type Owned } from './state.js';

export const GUARDS = [
  'empty-desired',
  'prune-percent',
  'protected-event',
  'incomplete-read',
  'not-converging',
] as const;
export type Guard = (typeof GUARDS)[number];

/** Why a plan is withheld, and what to write or do to let it through. */
export interface Verdict {
  readonly guard: Guard;
  /** With the counts it was decided on. */
  readonly message: string;
  /** The exact way to allow it. */
  readonly allow: string;
}

/** After this many reconciles whose accepted writes were not there afterwards, the same plan is not sent again. */
export const MAX_UNCONVERGED = 3;

export interface GuardInput {
  readonly tenant: DesiredTenant;
  readonly plan: Plan;
  readonly observation: Observation;
  readonly owned?: Owned;
  readonly memory: TenantMemory;
}

/** Every guard that withholds the plan; none when it may be applied. */
export function judge(input: GuardInput): Verdict[] {
  const removals = input.plan.actions.filter(({ type }) => type === 'delete');
  const verdicts = [notConverging(input)];
  if (removals.length > 0) {
    verdicts.push(
      incompleteRead(input, removals.length),
      emptyDesired(input, removals.length),
      prunePercent(input, removals.length),
      protectedEvent(input, removals),
    );
  }
  return verdicts.filter((verdict) => verdict !== undefined);
}

function incompleteRead({ observation, owned }: GuardInput, removals: number): Verdict | undefined {
  const why = whyIncomplete(observation, owned);
  return why === undefined
    ? undefined
    : {
        guard: 'incomplete-read',
        message: `${subscriptions(removals)} would be removed on the strength of an incomplete reading: ${why}`,
        allow: 'nothing to allow: the next complete reading is planned anew',
      };
}

/** What tells that a reading lacks something; the tenant itself cannot be asked. */
function whyIncomplete({ subscriptions: rows, incomplete }: Observation, owned: Owned | undefined): string | undefined {
  if (incomplete !== undefined) return incomplete;
  const keys = new Set(rows.map(({ eventType }) => eventKey(eventType)));
  if (keys.size < rows.length) return `${rows.length - keys.size} event types are listed more than once`;
  const lost = sortedSet([...(owned?.keys() ?? [])].filter((key) => !keys.has(key)));
  return lost.length > 0 ? `it lacks ${list(lost)}, which the ledger says we subscribed` : undefined;
}

function emptyDesired({ tenant, plan }: GuardInput, removals: number): Verdict | undefined {
  if (plan.managed > 0 || tenant.guards.allowEmpty) return undefined;
  return {
    guard: 'empty-desired',
    message: `the file names no event type that ${tenant.tenant} has, so all ${subscriptions(removals)} that may be removed would be`,
    allow: yaml(tenant, 'allowEmpty: true'),
  };
}

function prunePercent({ tenant, plan, observation }: GuardInput, removals: number): Verdict | undefined {
  const { maxPrunePercent, minSubscriptions, allowEmpty } = tenant.guards;
  const subscribed = observation.subscriptions.filter(isSubscribed).length;
  const allowedAsEmpty = plan.managed === 0 && allowEmpty;
  if (allowedAsEmpty || subscribed < minSubscriptions || removals * 100 <= maxPrunePercent * subscribed)
    return undefined;
  const percent = (removals * 100) / subscribed;
  return {
    guard: 'prune-percent',
    message: `${removals} of ${subscriptions(subscribed)} (${percent.toFixed(1)} %) would be removed, more than ${maxPrunePercent} %`,
    allow: yaml(tenant, `maxPrunePercent: ${Math.ceil(percent)}`),
  };
}

function protectedEvent({ tenant }: GuardInput, removals: readonly Action[]): Verdict | undefined {
  const protectedBy = (eventType: string) => tenant.guards.protect.filter((pattern) => globMatcher(pattern)(eventType));
  const hit = removals.filter(({ eventType }) => protectedBy(eventType).length > 0).map(({ eventType }) => eventType);
  if (hit.length === 0) return undefined;
  const responsible = new Set(hit.flatMap(protectedBy));
  const rest = tenant.guards.protect.filter((pattern) => !responsible.has(pattern));
  return {
    guard: 'protected-event',
    message: `${list(hit)} would be removed and ${hit.length === 1 ? 'is' : 'are'} protected`,
    allow: yaml(tenant, `protect: [${rest.map((pattern) => JSON.stringify(pattern)).join(', ')}]`),
  };
}

function notConverging({ tenant, plan, memory }: GuardInput): Verdict | undefined {
  const { unconverged } = memory;
  if (!unconverged || unconverged.checksum !== plan.checksum || unconverged.times < MAX_UNCONVERGED) return undefined;
  return {
    guard: 'not-converging',
    message: `the same plan was accepted ${unconverged.times} times and each time nothing had changed afterwards`,
    allow: `it is tried again when the file or the tenant changes, or by hand: gateway-sync apply --tenant ${tenant.tenant}`,
  };
}

function yaml(tenant: DesiredTenant, line: string): string {
  return `write under tenant ${tenant.tenant}:  guards: { ${line} }`;
}

function subscriptions(count: number): string {
  return `${count} subscription${count === 1 ? '' : 's'}`;
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
