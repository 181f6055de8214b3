import type { EndpointAction, Resource } from './action.js';
import { resolveDesired } from './desired.js';
import { hasBothMarks, metadataOwner, ownName } from './endpoint-marks.js';
import type { OwnedThing, OwnedThings } from './ledger.js';
import { settle, type OwnPart } from './ownership.js';
import type { Knowledge, Match } from './part.js';
import { hasErrors, type Problem } from './problem.js';
import { planTenant } from './plan-tenant.js';
import { eventKey, isSubscribed, type DesiredTenant, type Observation } from './state.js';
import { keyOfSettings, targetName } from './target-key.js';

/**
 * How a thing becomes ours:
 *
 * | way | what is done |
 * |---|---|
 * | taken-over | its row in the ledger, which names another installation, is rewritten |
 * | recorded | it is as the file says, and gets a row |
 * | unnamed | a subscription that the file does not name gets a row, or its row is rewritten |
 * | marked | an endpoint is brought in line with the file and gets our marks |
 */
export const ADOPTION_WAYS = ['taken-over', 'recorded', 'unnamed', 'marked'] as const;
export type AdoptionWay = (typeof ADOPTION_WAYS)[number];

export interface Adopted {
  readonly resource: Resource;
  /** What a person calls the thing. */
  readonly name: string;
  readonly way: AdoptionWay;
  /** The installation that owned it. */
  readonly from?: string;
  /** The row that it gets; absent where a write comes first. */
  readonly row?: OwnedThing;
  /** The write. */
  readonly action?: EndpointAction;
}

export interface Adoption {
  readonly items: readonly Adopted[];
  /** Rows of other installations that stay theirs, because the file names nothing that they are about. */
  readonly left: OwnedThings;
  readonly problems: readonly Problem[];
}

export interface AdoptionWish {
  /** Whether subscriptions that the file does not name become ours too. */
  readonly unnamed: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The tenant as it is looked at for an adoption: endpoints of others may be ours, and nothing is removed. */
export function adopting(tenant: DesiredTenant): DesiredTenant {
  const { endpoints } = tenant;
  return {
    ...tenant,
    prune: 'none',
    ...(endpoints && { endpoints: endpoints.map((endpoint) => ({ ...endpoint, adopt: true })) }),
  };
}

/** What of a tenant becomes ours, and how. A pure value; `knowledge.owned` is what the ledger says. */
export function decideAdoption(
  tenant: DesiredTenant,
  observation: Observation,
  knowledge: Knowledge & { readonly owned: OwnedThings },
  { unnamed, now }: AdoptionWish,
): Adoption {
  const { instance, owned } = knowledge;
  const mine = owned.map((row) => ({ ...row, instance }));
  const { parts, plan } = planTenant(adopting(tenant), observation, { ...knowledge, owned: mine });
  const fitting = settle([], mine, parts, { instance, now });
  const marks = endpointsToMark(parts, observation, instance);
  const observes = tenant.mode === 'observe';
  const items = [
    ...parts.flatMap(({ part }) => part.claims.matched).flatMap((match) => adopt(match, owned, fitting, instance)),
    ...(observes ? [] : marks),
    ...(unnamed ? unnamedOnes(tenant, observation, owned, { instance, now }) : []),
  ];
  const moved = new Set(items.flatMap(({ row }) => (row ? [idOf(row)] : [])));
  return {
    items,
    left: owned.filter((row) => row.instance !== instance && !moved.has(idOf(row))),
    problems: [
      ...plan.problems.filter(({ severity }) => severity === 'error'),
      ...(unnamed ? withheldUnnamed(tenant, observation) : []),
      ...(observes ? unmarkable(marks.length) : []),
    ],
  };
}

/** By the ledger alone. What differs from the file and has no row is left to `apply`, which writes it and owns it then. */
function adopt(match: Match, owned: OwnedThings, fitting: OwnedThings, instance: string): Adopted[] {
  const row =
    owned.find((one) => idOf(one) === idOf(match)) ??
    owned.find((one) => one.resource === match.resource && one.key === match.row);
  const described = { resource: match.resource, name: nameOf(match, instance) };
  if (row) {
    if (row.instance === instance) return [];
    return [{ ...described, way: 'taken-over', from: row.instance, row: { ...row, instance } }];
  }
  const fresh = fitting.find((one) => idOf(one) === idOf(match));
  return fresh ? [{ ...described, way: 'recorded', row: fresh }] : [];
}

/** Endpoints that are the wanted ones by their URL and not ours yet. */
function endpointsToMark(parts: readonly OwnPart[], { endpoints }: Observation, instance: string): Adopted[] {
  const unmarked = new Map(
    (endpoints?.endpoints ?? []).filter((live) => !hasBothMarks(live, instance)).map((live) => [live.id, live]),
  );
  return parts
    .flatMap(({ part }) => part.actions)
    .flatMap((action): Adopted[] => {
      if (action.resource !== 'endpoint' || action.write.type !== 'update') return [];
      const live = unmarked.get(action.write.endpointId);
      if (!live) return [];
      const from = metadataOwner(live);
      return [{ resource: 'endpoint', name: action.name, way: 'marked', action, ...(from !== undefined && { from }) }];
    });
}

function unnamedOnes(
  tenant: DesiredTenant,
  { subscriptions }: Observation,
  owned: OwnedThings,
  { instance, now }: { readonly instance: string; readonly now: number },
): Adopted[] {
  const { wanted, withheld, problems } = resolveDesired(tenant.subscriptions, subscriptions, tenant);
  if (hasErrors(problems)) return [];
  return subscriptions.filter(isSubscribed).flatMap(({ eventType, version }): Adopted[] => {
    const key = eventKey(eventType);
    const row = owned.find((one) => one.resource === 'subscription' && one.key === key);
    const ours = row?.instance === instance && row.pending !== true;
    if (wanted.has(key) || withheld.has(key) || ours) return [];
    const adopted: OwnedThing = {
      resource: 'subscription',
      key,
      instance,
      firstOwnedAt: row?.firstOwnedAt ?? now,
      writtenAt: now,
      ...(version !== undefined && { version }),
      settings: {},
      fingerprints: {},
    };
    const from = row && row.instance !== instance ? { from: row.instance } : {};
    return [{ resource: 'subscription', name: eventType, way: 'unnamed', ...from, row: adopted }];
  });
}

/** A name that was misspelt must not turn what it meant into something to be removed. */
function withheldUnnamed(tenant: DesiredTenant, { subscriptions }: Observation): Problem[] {
  const { problems } = resolveDesired(tenant.subscriptions, subscriptions, tenant);
  if (!hasErrors(problems)) return [];
  return [
    {
      severity: 'warning',
      kind: 'removals-kept',
      message: 'no unnamed subscription is adopted until the errors above are corrected',
      places: [],
      nearest: [],
    },
  ];
}

function unmarkable(amount: number): Problem[] {
  if (amount === 0) return [];
  const message = `${amount} endpoint${amount === 1 ? ' does' : 's do'} not get our marks: mode is observe, so nothing is written to the tenant`;
  return [{ severity: 'warning', kind: 'no-effect', message, places: [], nearest: [] }];
}

function nameOf({ resource, key, settings }: Match, instance: string): string {
  if (resource === 'target') return targetName(keyOfSettings(settings));
  const uid = settings['uid'];
  return (resource === 'endpoint' && typeof uid === 'string' ? ownName(instance, uid) : undefined) ?? key;
}

function idOf({ resource, key }: Pick<OwnedThing, 'resource' | 'key'>): string {
  return `${resource} ${key}`;
}
