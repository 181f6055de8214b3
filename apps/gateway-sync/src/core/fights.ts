import type { Action } from './action.js';
import { actionEffect } from './checksum.js';
import { canonicalJson } from './json.js';
import type { ItemResult } from './result.js';

/** Corrections of the same drift, by the id of their action: how often they followed each other. */
export type Fights = ReadonlyMap<Action['id'], Fight>;

export interface Fight {
  readonly effect: string;
  readonly times: number;
  /** Of the last correction, milliseconds since the epoch. */
  readonly at: number;
}

/** So many corrections of the same drift in a row are a fight: somebody else writes what we write. */
const FIGHT_TIMES = 3;
/** Corrections further apart than this are not one fight. */
const FIGHT_WINDOW_MS = 2 * 60 * 60_000;
const FIRST_PAUSE_MS = 60 * 60_000;
const LONGEST_PAUSE_MS = 24 * 60 * 60_000;

/** Until when an action is left alone because somebody keeps undoing it; `undefined` when it may be sent. */
export function pausedUntil(action: Action, fights: Fights, now: number): number | undefined {
  const fight = fights.get(action.id);
  if (!fight || fight.times < FIGHT_TIMES || !isCorrection(action) || fight.effect !== actionEffect(action)) {
    return undefined;
  }
  const until = fight.at + pauseMs(fight);
  return now < until ? until : undefined;
}

/** The fights after a run. */
export function nextFights(before: Fights, results: readonly ItemResult[], now: number): Fights {
  const after = new Map([...before].filter(([, fight]) => now - fight.at <= pauseMs(fight) + FIGHT_WINDOW_MS));
  for (const { action, status } of results) {
    if (!isCorrection(action) || (status !== 'applied' && status !== 'unverified')) continue;
    const effect = actionEffect(action);
    const fight = after.get(action.id);
    after.set(action.id, { effect, times: fight?.effect === effect ? fight.times + 1 : 1, at: now });
  }
  return after;
}

function isCorrection({ reason, undone }: Action): boolean {
  return reason === 'drift' || undone === true;
}

/** The settings that a correction puts back. */
export function contestedFields({ before, after }: Action): string[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names].filter((name) => canonicalJson(before?.[name]) !== canonicalJson(after?.[name])).toSorted();
}

function pauseMs({ times }: Fight): number {
  return times < FIGHT_TIMES ? 0 : Math.min(FIRST_PAUSE_MS * 2 ** (times - FIGHT_TIMES), LONGEST_PAUSE_MS);
}
