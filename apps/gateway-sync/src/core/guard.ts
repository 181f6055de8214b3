import { RESOURCES, type Action, type Resource } from './action.js';
import { isGivenUp } from './given-up.js';
import { globMatcher } from './glob.js';
import { lastActiveConfig } from './guard-delivery.js';
import type { OwnedThings } from './ledger.js';
import type { TenantMemory } from './memory.js';
import { sortedSet } from './order.js';
import { ownedOf } from './owned.js';
import { pastPause, pauseText, type Pause } from './pause.js';
import type { Plan } from './plan.js';
import { eventKey, isSubscribed, type DesiredTenant, type Observation } from './state.js';

export const GUARDS = [
  'empty-desired',
  'prune-percent',
  'protected-event',
  'last-active-config',
  'incomplete-read',
  'not-converging',
  'plan-changed',
  'pause',
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
  readonly owned?: OwnedThings;
  readonly memory: TenantMemory;
  /** Of the plan that was reviewed; absent: none was. */
  readonly expectedChecksum?: string;
  /** Somebody wants the tenant left alone; absent: nobody does, or it is not to count. */
  readonly pause?: Pause;
}

/**
 * Every guard that withholds the plan; none when it may be applied. What is given up while the quota runs out (reason
 * `shed`) is not lost, so:
 *
 * | guard | what is given up |
 * |---|---|
 * | empty-desired | is no removal, and counts as named by the file |
 * | prune-percent | is no removal; what was given up earlier counts as there, and as removed when the file names it no longer |
 * | protected-event | is judged as every removal; nothing protected is ever planned to be given up |
 * | incomplete-read | is judged as every removal |
 * | not-converging, plan-changed, pause | is judged as every action |
 * | last-active-config | has nothing to do with it |
 */
export function judge(input: GuardInput): Verdict[] {
  const verdicts = [paused(input), planChanged(input), notConverging(input), lastActive(input)];
  const removals = input.plan.actions.filter(({ type }) => type === 'delete');
  if (removals.length > 0) {
    verdicts.push(incompleteRead(input, removals));
    for (const resource of RESOURCES) {
      // What is given up comes back by itself, and the file names it still.
      const same = removals.filter((action) => action.resource === resource && action.reason !== 'shed');
      if (same.length > 0)
        verdicts.push(emptyDesired(input, resource, same.length), prunePercent(input, resource, same.length));
    }
    verdicts.push(protectedEvent(input, removals));
  }
  return verdicts.filter((verdict) => verdict !== undefined);
}

function paused({ tenant: { tenant }, plan, pause }: GuardInput): Verdict | undefined {
  if (!pause || plan.actions.length === 0) return undefined;
  return { guard: 'pause', message: pauseText(pause), allow: pastPause(tenant, 'apply') };
}

function planChanged({ tenant, plan, expectedChecksum }: GuardInput): Verdict | undefined {
  if (expectedChecksum === undefined || expectedChecksum === plan.checksum) return undefined;
  return {
    guard: 'plan-changed',
    message: 'the plan is no longer the one that was reviewed: the file or the tenant has changed since',
    allow: `review it again: gateway-sync plan --tenant ${tenant.tenant}`,
  };
}

function lastActive({ tenant, plan, observation }: GuardInput): Verdict | undefined {
  const found = observation.configs && lastActiveConfig(tenant, observation.configs, plan.actions);
  return found && { guard: 'last-active-config', ...found };
}

function incompleteRead({ observation, owned }: GuardInput, removals: readonly Action[]): Verdict | undefined {
  const why = whyIncomplete(observation, owned);
  return why === undefined
    ? undefined
    : {
        guard: 'incomplete-read',
        message: `${thingsOf(removals)} would be removed on the strength of an incomplete reading: ${why}`,
        allow: 'nothing to allow: the next complete reading is planned anew',
      };
}

/** What tells that a reading lacks something; the tenant itself cannot be asked. */
function whyIncomplete(
  { subscriptions: rows, incomplete }: Observation,
  owned: OwnedThings | undefined,
): string | undefined {
  if (incomplete !== undefined) return incomplete;
  const keys = new Set(rows.map(({ eventType }) => eventKey(eventType)));
  if (keys.size < rows.length) return `${rows.length - keys.size} event types are listed more than once`;
  const lost = sortedSet([...ownedOf(owned, 'subscription').keys()].filter((key) => !keys.has(key)));
  return lost.length > 0 ? `it lacks ${list(lost)}, which the ledger says we subscribed` : undefined;
}

function emptyDesired({ tenant, plan }: GuardInput, resource: Resource, removals: number): Verdict | undefined {
  // A config without successor is the business of `last-active-config`.
  if (resource === 'config' || plan.managed[resource] > 0 || tenant.guards.allowEmpty) return undefined;
  const named =
    resource === 'subscription' ? `no event type that ${tenant.tenant} has` : `no ${resource} of ${tenant.tenant}`;
  return {
    guard: 'empty-desired',
    message: `the file names ${named}, so all ${count(removals, resource)} that may be removed would be`,
    allow: yaml(tenant, 'allowEmpty: true'),
  };
}

function prunePercent(input: GuardInput, resource: Resource, actions: number): Verdict | undefined {
  const { tenant, plan } = input;
  const { maxPrunePercent, minSubscriptions, allowEmpty } = tenant.guards;
  const absent = resource === 'subscription' ? givenUpEarlier(input) : [];
  const there = existing(input, resource) + absent.length;
  const removals = actions + absent.filter((key) => !stillNamed(plan).has(key)).length;
  const allowedAsEmpty = plan.managed[resource] === 0 && allowEmpty;
  if (allowedAsEmpty || there < minSubscriptions || removals * 100 <= maxPrunePercent * there) return undefined;
  const percent = (removals * 100) / there;
  return {
    guard: 'prune-percent',
    message: `${removals} of ${count(there, resource)} (${percent.toFixed(1)} %) would be removed, more than ${maxPrunePercent} %`,
    allow: yaml(tenant, `maxPrunePercent: ${Math.ceil(percent)}`),
  };
}

/** Keys of what we gave up while the quota ran out, and the tenant does not get yet. */
function givenUpEarlier({ owned, observation }: GuardInput): string[] {
  const live = new Set(observation.subscriptions.filter(isSubscribed).map(({ eventType }) => eventKey(eventType)));
  return [...ownedOf(owned, 'subscription').values()]
    .filter((row) => isGivenUp(row) && !live.has(row.key))
    .map(({ key }) => key);
}

/** Keys of what the plan gives up or brings back. */
function stillNamed({ actions, givenUp }: Plan): ReadonlySet<string> {
  const restored = actions.filter(({ reason }) => reason === 'restore').map(({ name }) => name);
  return new Set([...(givenUp?.eventTypes ?? []), ...restored].map(eventKey));
}

function existing({ observation }: GuardInput, resource: Resource): number {
  const { subscriptions, configs = [], endpoints } = observation;
  switch (resource) {
    case 'subscription':
      return subscriptions.filter(isSubscribed).length;
    case 'config':
      return configs.length;
    case 'target':
      return configs.reduce((sum, { http }) => sum + (http?.targets.length ?? 0), 0);
    case 'endpoint':
      return endpoints?.endpoints.length ?? 0;
    default:
      return resource satisfies never;
  }
}

function protectedEvent({ tenant }: GuardInput, removals: readonly Action[]): Verdict | undefined {
  const protectedBy = (eventType: string) => tenant.guards.protect.filter((pattern) => globMatcher(pattern)(eventType));
  const hit = sortedSet(removals.flatMap(eventOf).filter((eventType) => protectedBy(eventType).length > 0));
  if (hit.length === 0) return undefined;
  const responsible = new Set(hit.flatMap(protectedBy));
  const rest = tenant.guards.protect.filter((pattern) => !responsible.has(pattern));
  return {
    guard: 'protected-event',
    message: `${list(hit)} would be removed and ${hit.length === 1 ? 'is' : 'are'} protected`,
    allow: yaml(tenant, `protect: [${rest.map((pattern) => JSON.stringify(pattern)).join(', ')}]`),
  };
}

/** The event type that stops arriving when something is removed; a config and an endpoint are not judged by theirs. */
function eventOf(action: Action): string[] {
  if (action.resource === 'subscription') return [action.eventType];
  const event = action.resource === 'target' ? action.before?.['event'] : undefined;
  return typeof event === 'string' ? [event] : [];
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

function count(amount: number, resource: Resource): string {
  return `${amount} ${resource}${amount === 1 ? '' : 's'}`;
}

/** `2 subscriptions and 1 target`. */
function thingsOf(actions: readonly Action[]): string {
  return RESOURCES.map(
    (resource) => [actions.filter((action) => action.resource === resource).length, resource] as const,
  )
    .filter(([amount]) => amount > 0)
    .map(([amount, resource]) => count(amount, resource))
    .join(' and ');
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
