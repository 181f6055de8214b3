import type { QuotaEffect } from './quota-effect.js';
import type { Problem } from './problem.js';

/** `12,345`. */
export function grouped(events: number): string {
  return GROUPED.format(events);
}

/** `about +1,200`: two digits of an estimate are more than it is worth already. */
export function aboutSigned(events: number): string {
  return `about ${ABOUT.format(events)}`;
}

/** `the end of November`. */
export function endOf(month: string): string {
  return `the end of ${nameOf(month)}`;
}

/** Says that more would come than is left; nothing while it is not known that any of the changes does something. */
export function quotaProblems(effect: QuotaEffect): Problem[] {
  const { month, actions, unknown, used, limit, projectedBefore, projected } = effect;
  if (limit === undefined || unknown === actions.length || projected <= limit) return [];
  const left = Math.max(0, limit - used);
  const without = projectedBefore > limit ? `, ${grouped(projectedBefore)} without them` : '';
  const message = [
    `with these changes about ${grouped(projected)} events are to be expected in ${nameOf(month)}${without},`,
    `and the limit is ${grouped(limit)}: ${grouped(left)} are left, and about ${grouped(projected - used)} would come.`,
    'Name fewer event types, give the less important ones a priority (quota.shed), or have the limit raised',
  ].join(' ');
  return [{ severity: 'warning', kind: 'over-quota', message, places: [], nearest: [] }];
}

const GROUPED = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const ABOUT = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 2, signDisplay: 'exceptZero' });
const MONTH = new Intl.DateTimeFormat('en-US', { month: 'long', timeZone: 'UTC' });

function nameOf(month: string): string {
  return MONTH.format(Date.parse(`${month}-01T00:00:00Z`));
}
