import type { Action, Reason, SubscriptionAction } from './action.js';
import { planChecksum } from './checksum.js';
import type { Resolution, Wanted } from './desired.js';
import { compareText, sameSet, sortedSet } from './order.js';
import type { Problem } from './problem.js';
import {
  eventKey,
  isSubscribed,
  type DesiredTenant,
  type ObservedSubscription,
  type Owned,
  type Prune,
  type TenantName,
} from './state.js';

/** What turns the observed state into the desired one, and what was seen on the way. A pure value. */
export interface Plan {
  readonly tenant: TenantName;
  /** In the order of applying: creates and updates by event type, then deletes. */
  readonly actions: readonly Action[];
  /** Subscribed, not named by the file, and left alone. */
  readonly foreign: readonly ForeignSubscription[];
  readonly problems: readonly Problem[];
  /** Event types the file names and the catalogue has. */
  readonly managed: number;
  /** Those of `managed` that are as desired. */
  readonly unchanged: number;
  /** SHA-256 of what the actions do; the same for equal inputs in any order. */
  readonly checksum: string;
}

/**
 * | reason | the subscription stays because |
 * |---|---|
 * | prune-none | the tenant says `prune: none` |
 * | no-ledger | `prune: owned`, and without a ledger nothing is known to be ours |
 * | not-owned | `prune: owned`, and the ledger does not say we subscribed it |
 * | unresolved | an entry of the file is unclear, so what is not named is not certain |
 */
export interface ForeignSubscription {
  readonly eventType: string;
  readonly reason: 'prune-none' | 'no-ledger' | 'not-owned' | 'unresolved';
}

/** What we knew before this reading. */
export interface Knowledge {
  /** From the ledger; absent without one. */
  readonly owned?: Owned;
  /** As desired in an earlier reading; tells drift from change where there is no ledger. */
  readonly seen?: Owned;
}

/** The actions that turn `observed` into what `resolution` wants; none when there is no drift. */
export function makePlan(
  tenant: DesiredTenant,
  resolution: Resolution,
  observed: readonly ObservedSubscription[],
  knowledge: Knowledge = {},
): Plan {
  const upserts = [...resolution.wanted].flatMap(([key, wanted]) => upsert(wanted, knownAs(key, knowledge)));
  const unnamed = observed.filter((row) => {
    const key = eventKey(row.eventType);
    return isSubscribed(row) && !resolution.wanted.has(key) && !resolution.withheld.has(key);
  });
  const unresolved = resolution.problems.some(({ severity }) => severity === 'error');
  const deletes: SubscriptionAction[] = [];
  const foreign: ForeignSubscription[] = [];
  for (const row of unnamed) {
    const kept = whyKept(row, tenant.prune, unresolved, knowledge.owned);
    if (kept) foreign.push({ eventType: row.eventType, reason: kept });
    else deletes.push(remove(row, knowledge));
  }
  const actions = [...upserts, ...deletes.toSorted(byEventType)];
  return {
    tenant: tenant.tenant,
    actions,
    foreign: foreign.toSorted(byEventType),
    problems: [...resolution.problems, ...remarks(foreign), ...withoutEffect(tenant)],
    managed: resolution.wanted.size,
    unchanged: resolution.wanted.size - upserts.length,
    checksum: planChecksum(tenant.tenant, actions),
  };
}

function upsert(
  wanted: Wanted,
  known: { readonly excludedFields?: readonly string[] } | undefined,
): SubscriptionAction[] {
  const { observed } = wanted;
  const now = sortedSet(observed.excludedFields);
  const goal = wanted.excludedFields ?? now;
  const subscribed = isSubscribed(observed);
  if (subscribed && sameSet(now, goal)) return [];
  const sameWish = known !== undefined && sameSet(known.excludedFields ?? goal, goal);
  const reason: Reason = subscribed ? (sameWish ? 'drift' : 'changed') : known ? 'drift' : 'missing';
  return [
    {
      resource: 'subscription',
      type: subscribed ? 'update' : 'create',
      eventType: observed.eventType,
      reason,
      before: { state: subscribed ? 'SUBSCRIBED' : 'UNSUBSCRIBED', excludedFields: now },
      after: { state: 'SUBSCRIBED', excludedFields: goal },
      ...(observed.version !== undefined && { version: observed.version }),
      fieldsToUnsubscribe: goal.filter((field) => !now.includes(field)),
      fieldsToSubscribe: now.filter((field) => !goal.includes(field)),
    },
  ];
}

function remove(row: ObservedSubscription, knowledge: Knowledge): SubscriptionAction {
  const excludedFields = sortedSet(row.excludedFields);
  const knowsNothing = knowledge.owned === undefined && knowledge.seen === undefined;
  return {
    resource: 'subscription',
    type: 'delete',
    eventType: row.eventType,
    reason: knowsNothing || knownAs(eventKey(row.eventType), knowledge) ? 'removed' : 'drift',
    before: { state: 'SUBSCRIBED', excludedFields },
    after: { state: 'UNSUBSCRIBED', excludedFields },
    ...(row.version !== undefined && { version: row.version }),
    fieldsToUnsubscribe: [],
    fieldsToSubscribe: [],
  };
}

function knownAs(key: string, { owned, seen }: Knowledge) {
  return owned?.get(key) ?? seen?.get(key);
}

function whyKept(
  row: ObservedSubscription,
  prune: Prune,
  unresolved: boolean,
  owned: Owned | undefined,
): ForeignSubscription['reason'] | undefined {
  if (prune === 'none') return 'prune-none';
  if (prune === 'owned' && !owned) return 'no-ledger';
  if (prune === 'owned' && !owned?.has(eventKey(row.eventType))) return 'not-owned';
  return unresolved ? 'unresolved' : undefined;
}

function remarks(foreign: readonly ForeignSubscription[]): Problem[] {
  const count = (reason: ForeignSubscription['reason']) => foreign.filter((kept) => kept.reason === reason).length;
  const problems: Problem[] = [];
  if (count('no-ledger') > 0) {
    problems.push({
      severity: 'note',
      kind: 'nothing-owned',
      message: `prune: owned removes nothing here: without a ledger none of the ${count('no-ledger')} subscriptions that the file does not name is known to be ours`,
      places: [],
      nearest: [],
    });
  }
  if (count('unresolved') > 0) {
    problems.push({
      severity: 'warning',
      kind: 'removals-kept',
      message: `${count('unresolved')} removals wait until the errors above are corrected`,
      places: [],
      nearest: [],
    });
  }
  return problems;
}

/** What the file may say already and nothing acts on yet. */
function withoutEffect({ subscriptions }: DesiredTenant): Problem[] {
  const places = subscriptions.filter(({ priority }) => priority !== undefined).map(({ place }) => place);
  if (places.length === 0) return [];
  const message = 'priority has no effect yet: events are not shed when the monthly quota runs out';
  return [{ severity: 'note', kind: 'no-effect', message, places, nearest: [] }];
}

function byEventType(a: { readonly eventType: string }, b: { readonly eventType: string }): number {
  return compareText(eventKey(a.eventType), eventKey(b.eventType));
}
