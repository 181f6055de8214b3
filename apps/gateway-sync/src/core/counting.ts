import type { Provider } from './delivery.js';
import type { Counting } from './quota-state.js';
import type { DesiredTenant } from './state.js';

const DAY_MS = 86_400_000;

/** The statistics are documented to count this one. Whether they count others is not said: a count that rises shows it. */
const COUNTED: Provider = 'SVIX_SHARED';

/** Time for events that an earlier provider sent to be counted; until it is over a rise proves nothing. */
const SETTLES_MS = DAY_MS;

/** How the tenant delivers as far as the file says it; `undefined`: it leaves that to others, or writes nothing. */
export function providerInFile({ mode, delivery, endpoints }: DesiredTenant): Provider | undefined {
  if (mode !== 'enforce') return undefined;
  if (delivery) return delivery.active ? delivery.provider : undefined;
  return endpoints && endpoints.length > 0 ? COUNTED : undefined;
}

/** What the statistics said of the month that runs. */
export interface Counted {
  readonly month: string;
  /** Start of the month, milliseconds since the epoch. */
  readonly from: number;
  readonly count: number;
  /** The last count of the month that was known. */
  readonly before?: number;
  readonly now: number;
}

/**
 * Whether to ask the tenant how it delivers: once a day at most, and only where the count leaves it open. One that rises is
 * counted, and a month's first day may well have no events.
 */
export function needsAsking(known: Counting | undefined, { from, count, before, now }: Counted): boolean {
  if (known?.askedAt !== undefined && now - known.askedAt < DAY_MS) return false;
  if (now - from < DAY_MS) return false;
  return before === undefined ? count === 0 : count <= before;
}

/** Where the provider is known from. */
export interface Delivers {
  /** Absent: no config is active. */
  readonly provider?: Provider;
  readonly askedAt?: number;
}

/** What is known after a reading. `delivers` absent: nothing new of the provider. */
export function countingAfter(
  known: Counting | undefined,
  delivers: Delivers | undefined,
  { month, count, now }: Counted,
): Counting | undefined {
  if (!delivers && !known) return undefined;
  const { provider, askedAt } = delivers ?? known ?? {};
  const told = { ...(provider && { provider }), ...(askedAt !== undefined && { askedAt }) };
  if (!known || known.provider !== provider) return { ...told, since: now, month, count };
  const { since } = known;
  const unproven = known.month === month ? known.count : 0;
  if (now - since < SETTLES_MS) return { ...told, since, month, count: Math.max(unproven, count) };
  const isProven = known.isProven ?? count > unproven;
  return { ...told, since, month, count: unproven, ...(isProven && { isProven: true }) };
}

/** Why the count says nothing about what the tenant sends; absent: as far as is known it does. */
export function whyUncounted(counting: Counting | undefined): string | undefined {
  const provider = counting?.provider;
  if (provider === undefined || provider === COUNTED || counting?.isProven) return undefined;
  // The file says what is to be: it may not be applied yet, and from then on it is not counted.
  const how = counting?.askedAt === undefined ? 'the file has this tenant deliver' : 'this tenant delivers';
  return `the statistics count what the shared account (${COUNTED}) delivers, and ${how} by ${provider}`;
}
