import type { SubscriptionAction } from './action.js';
import type { Wanted } from './desired.js';
import type { JsonObject } from './json.js';
import type { OwnedThing } from './ledger.js';
import { sortedSet } from './order.js';
import type { Knowledge } from './part.js';
import type { Problem } from './problem.js';
import { monthAfter, monthBounds } from './quota-month.js';
import type { ShedState } from './quota-state.js';
import { DWELL_MS, type Hold, holdOf, isShed, restoredBy } from './shedding.js';
import { isSubscribed, type DesiredTenant } from './state.js';
import { unsubscribing } from './unsubscribing.js';

/** What a plan does without because the quota runs out. */
export interface GivenUp {
  readonly state: ShedState;
  /** False: it is said what should be given up, and nothing is. */
  readonly enforced: boolean;
  /** Event types as the catalogue spells them; sorted. */
  readonly eventTypes: readonly string[];
  /** Those of them that the tenant does not get now because of it. */
  readonly unsubscribed: number;
}

/** What the quota makes of what the file wants. */
export interface QuotaOverlay {
  /** Keys of what is not to be subscribed although the file wants it. */
  readonly keys: ReadonlySet<string>;
  /** Absent while the quota asks for nothing. */
  readonly givenUp?: GivenUp;
  readonly problems: readonly Problem[];
}

/**
 * | shed | event types of the rung | not subscribed | subscribed |
 * |---|---|---|---|
 * | enforce | given up | as desired | to be unsubscribed; not while something cannot be read, as nothing is removed then |
 * | advise | should be given up | to be subscribed | as desired |
 */
export function quotaOverlay(
  tenant: DesiredTenant,
  wanted: readonly (readonly [key: string, wish: Wanted])[],
  { shed: state, unread, ledgerLost, rest }: Knowledge,
): QuotaOverlay {
  if (!state) return { keys: new Set(), problems: [] };
  const enforced = tenant.quota.shed === 'enforce';
  const rung = wanted.filter(([, wish]) => isShed(wish, state, tenant));
  const held = unread === undefined && ledgerLost === undefined ? [] : rung.filter(([, wish]) => isLive(wish));
  const given = enforced ? rung.filter((one) => !held.includes(one)) : [];
  const hold = holdOf(state, rest?.usage.month === state.month ? rest.usage.percent : undefined);
  const groups = held.length === 0 || !enforced ? [rung] : [given, held].filter((group) => group.length > 0);
  return {
    keys: new Set(given.map(([key]) => key)),
    givenUp: {
      state,
      enforced,
      eventTypes: namesOf(rung),
      unsubscribed: given.filter(([, wish]) => !isLive(wish)).length,
    },
    problems: groups.map((group) => remark(tenant, { state, hold }, group, group === held)),
  };
}

/** The settings of a row of the ledger, for something given up: the file's wish with the mark of its priority. */
export function givenUpSettings(settings: JsonObject, { priority = 0 }: Wanted): JsonObject {
  return { ...settings, shed: priority };
}

/** Whether the ledger knows that it was us who gave it up. */
export function isGivenUp({ settings }: OwnedThing): boolean {
  return settings['shed'] !== undefined;
}

/** Unsubscribes what the file wants, until the quota allows it again. */
export function giveUp(
  key: string,
  { observed }: Wanted,
  settings: JsonObject,
  known: OwnedThing | undefined,
): SubscriptionAction {
  const wasGivenUp = known !== undefined && isGivenUp(known);
  return unsubscribing(observed, { reason: 'shed', row: { key, settings }, ...(wasGivenUp && { undone: true }) });
}

type Group = readonly (readonly [key: string, wish: Wanted])[];

/** It has to stay the same from run to run, or the log would tell it each time. */
function remark(tenant: DesiredTenant, { state, hold }: Held, group: Group, waits: boolean): Problem {
  const { at, priority, month } = state;
  const are = hold.type === 'reached' ? 'are' : 'were';
  const why = `${at} % of the events of ${month} ${are} used (quota.ladder: priority ${priority} and higher numbers)`;
  const names = namesOf(group).join(', ');
  const about = { kind: 'shed', places: [], nearest: [] } as const;
  if (group.length === 0) {
    return { ...about, severity: 'note', message: `nothing is given up although ${why}: no entry has such a priority` };
  }
  if (waits) {
    const message = `stays until everything can be read, although it is to be given up: ${names}`;
    return { ...about, severity: 'warning', message };
  }
  const told = `given up ${untilText(tenant, { state, hold })}, because ${why}`;
  const rest =
    hold.type === 'dwelling' ? `, and a rung holds for ${DWELL_MS / 3_600_000} hours: ${names}` : `: ${names}`;
  if (tenant.quota.shed === 'enforce') return { ...about, severity: 'note', message: `${told}${rest}` };
  return { ...about, severity: 'warning', message: `to be ${told}${rest}` };
}

interface Held {
  readonly state: ShedState;
  readonly hold: Hold;
}

function untilText({ quota }: DesiredTenant, { state, hold }: Held): string {
  const { from: end } = monthBounds(monthAfter(state.month), quota.timeZone);
  const back = `${minute(restoredBy(state.month, quota.timeZone))} at the latest`;
  switch (hold.type) {
    case 'reached':
      return `until ${back}`;
    case 'near':
      return `until ${hold.percent} % are used at most, or until ${back}`;
    case 'dwelling':
      return hold.until < end ? `until ${minute(hold.until)} at least` : `until ${back}`;
    default:
      return hold satisfies never;
  }
}

function minute(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16)}Z`;
}

function namesOf(group: Group): string[] {
  return sortedSet(group.map(([, { observed }]) => observed.eventType));
}

function isLive({ observed }: Wanted): boolean {
  return isSubscribed(observed);
}
