import type { Reason, SubscriptionAction } from './action.js';
import type { Resolution, Wanted } from './desired.js';
import { giveUp, givenUpSettings, isGivenUp, quotaOverlay } from './given-up.js';
import type { JsonObject } from './json.js';
import { whyKept } from './kept.js';
import type { OwnedThing } from './ledger.js';
import { compareText, sameSet, sortedSet } from './order.js';
import { knownOf, ownedOf } from './owned.js';
import type { Foreign, KeptReason, Knowledge, Match, Part } from './part.js';
import { hasErrors, type Problem } from './problem.js';
import { eventKey, isSubscribed, type DesiredTenant, type ObservedSubscription } from './state.js';
import { subscriptionId, unsubscribing } from './unsubscribing.js';

/** The actions that turn `observed` into what `resolution` wants; none when there is no drift. */
export function planSubscriptions(
  tenant: DesiredTenant,
  resolution: Resolution,
  observed: readonly ObservedSubscription[],
  knowledge: Knowledge,
): Part {
  const known = knownOf(knowledge, 'subscription');
  const taken = [...resolution.wanted].filter(([key]) => isElsewhere(known.get(key), knowledge));
  const wanted = [...resolution.wanted].filter(([key]) => !isElsewhere(known.get(key), knowledge));
  const overlay = quotaOverlay(tenant, wanted, knowledge);
  const rowOf = (key: string, wish: Wanted) =>
    overlay.keys.has(key) ? givenUpSettings(settingsOf(wish), wish) : settingsOf(wish);
  const changes = wanted.flatMap(([key, wish]): SubscriptionAction[] => {
    const row = known.get(key);
    if (!overlay.keys.has(key)) return upsert(wish, row);
    return isSubscribed(wish.observed) ? [giveUp(key, wish, rowOf(key, wish), row)] : [];
  });

  const unnamed = observed.filter((row) => {
    const key = eventKey(row.eventType);
    return isSubscribed(row) && !resolution.wanted.has(key) && !resolution.withheld.has(key);
  });
  const unresolved = hasErrors(resolution.problems);
  const deletes: SubscriptionAction[] = [];
  const foreign: Foreign[] = [];
  for (const row of unnamed) {
    const kept = reasonToKeep(row, tenant, unresolved, knowledge);
    if (kept) foreign.push({ resource: 'subscription', name: row.eventType, reason: kept });
    else deletes.push(unsubscribing(row, { reason: whyRemoved(known.get(eventKey(row.eventType)), knowledge) }));
  }

  const pending = new Map(changes.map((action) => [eventKey(action.eventType), action.id]));
  return {
    actions: [
      ...changes.filter(({ type }) => type !== 'delete'),
      ...[...changes.filter(({ type }) => type === 'delete'), ...deletes].toSorted((a, b) => compareText(a.id, b.id)),
    ],
    foreign: foreign.toSorted((a, b) => compareText(eventKey(a.name), eventKey(b.name))),
    problems: [...resolution.problems, ...ownedElsewhere(taken, known), ...remarks(foreign), ...overlay.problems],
    ...(overlay.givenUp && { givenUp: overlay.givenUp }),
    managed: resolution.wanted.size,
    unchanged: wanted.length - changes.length,
    claims: {
      matched: wanted.map(([key, wish]) => matchOf(key, wish, rowOf(key, wish), pending.get(key))),
      kept: new Set([
        ...resolution.wanted.keys(),
        ...resolution.withheld,
        ...observed.filter(isSubscribed).map(({ eventType }) => eventKey(eventType)),
      ]),
    },
  };
}

function settingsOf({ excludedFields }: Wanted): JsonObject {
  return excludedFields ? { excludedFields } : {};
}

function matchOf(key: string, { observed }: Wanted, settings: JsonObject, action: string | undefined): Match {
  return {
    resource: 'subscription',
    key,
    settings,
    ...(observed.version !== undefined && { version: observed.version }),
    ...(action !== undefined && { action }),
  };
}

function upsert(wanted: Wanted, known: OwnedThing | undefined): SubscriptionAction[] {
  const { observed } = wanted;
  const now = sortedSet(observed.excludedFields);
  const goal = wanted.excludedFields ?? now;
  const subscribed = isSubscribed(observed);
  if (subscribed && sameSet(now, goal)) return [];
  const sameWish = known !== undefined && sameSet(appliedFields(known) ?? goal, goal);
  const reason: Reason = subscribed ? (sameWish ? 'drift' : 'changed') : whyUnsubscribed(known);
  return [
    {
      resource: 'subscription',
      type: subscribed ? 'update' : 'create',
      id: subscriptionId(observed),
      name: observed.eventType,
      eventType: observed.eventType,
      reason,
      step: 'subscribe',
      row: { key: eventKey(observed.eventType), settings: settingsOf(wanted) },
      before: { state: subscribed ? 'SUBSCRIBED' : 'UNSUBSCRIBED', excludedFields: now },
      after: { state: 'SUBSCRIBED', excludedFields: goal },
      ...(observed.version !== undefined && { version: observed.version }),
      fieldsToUnsubscribe: goal.filter((field) => !now.includes(field)),
      fieldsToSubscribe: now.filter((field) => !goal.includes(field)),
    },
  ];
}

function whyUnsubscribed(known: OwnedThing | undefined): Reason {
  if (known && isGivenUp(known)) return 'restore';
  return known && !known.pending ? 'drift' : 'missing';
}

function appliedFields({ settings }: OwnedThing): readonly string[] | undefined {
  const fields = settings['excludedFields'];
  return Array.isArray(fields) ? fields.filter((field) => typeof field === 'string') : undefined;
}

function whyRemoved(known: OwnedThing | undefined, { owned, seen }: Knowledge): Reason {
  const knowsNothing = owned === undefined && seen === undefined;
  return knowsNothing || known ? 'removed' : 'drift';
}

function isElsewhere(row: OwnedThing | undefined, { instance }: Knowledge): boolean {
  return row !== undefined && row.instance !== instance;
}

function reasonToKeep(
  row: ObservedSubscription,
  { prune }: DesiredTenant,
  unresolved: boolean,
  knowledge: Knowledge,
): KeptReason | undefined {
  const ours = ownedOf(knowledge.owned, 'subscription').get(eventKey(row.eventType));
  const isOurs = ours !== undefined && isOurWork(ours, row);
  return whyKept(prune, knowledge, ours, isOurs) ?? (unresolved ? 'unresolved' : undefined);
}

/** A write whose answer was never recorded made the row only if the version is the one it would have led to. */
function isOurWork(ours: OwnedThing, row: ObservedSubscription): boolean {
  return ours.pending !== true || ours.version === row.version;
}

function ownedElsewhere(
  taken: readonly (readonly [string, Wanted])[],
  known: ReadonlyMap<string, OwnedThing>,
): Problem[] {
  return taken.map(([key, { observed }]) => ({
    severity: 'error',
    kind: 'owned-elsewhere',
    message: `${observed.eventType} is looked after by the installation ${known.get(key)?.instance ?? ''}; gateway-sync adopt takes it over`,
    places: [],
    nearest: [],
  }));
}

function remarks(foreign: readonly Foreign[]): Problem[] {
  const count = (reason: KeptReason) => foreign.filter((kept) => kept.reason === reason).length;
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
      message:
        count('unresolved') === 1
          ? '1 removal waits until the errors above are corrected'
          : `${count('unresolved')} removals wait until the errors above are corrected`,
      places: [],
      nearest: [],
    });
  }
  return problems;
}
