import type { Action } from '../../core/action.js';
import type { QuotaEffect } from '../../core/quota-effect.js';
import { aboutSigned, endOf } from '../../core/quota-words.js';

/** `about +1,200 events until the end of November (observed)`; empty where nothing is known of any action. */
export function effectText({ id }: Pick<Action, 'id'>, effect: QuotaEffect | undefined): string {
  const own = effect?.actions.find((one) => one.id === id);
  if (!effect || !own || !isKnown(effect)) return '';
  if (own.events === undefined) return 'events unknown';
  return `${aboutSigned(own.events)} events until ${endOf(effect.month)} (${own.source})`;
}

/** `about +1,200 events until the end of November (1 unknown)`; empty where nothing is known. */
export function effectSum(effect: QuotaEffect): string {
  if (!isKnown(effect)) return '';
  const { events, unknown, month } = effect;
  const without = unknown > 0 ? ` (${unknown} unknown)` : '';
  return `${aboutSigned(events)} events until ${endOf(month)}${without}`;
}

/** Whether anything is known of what the actions do. */
export function isKnown({ actions, unknown }: QuotaEffect): boolean {
  return unknown < actions.length;
}
