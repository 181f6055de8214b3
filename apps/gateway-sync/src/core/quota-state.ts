import type { Provider } from './delivery.js';

/** What is known of a tenant's quota beside the newest count, as of the last look. Entirely JSON. */
export interface QuotaState {
  /** When the statistics were read last, milliseconds since the epoch; absent: they never were. */
  readonly at?: number;
  /** Why they were not read since; absent: the last attempt read them. */
  readonly failure?: FailedReading;
  /** What the file said of the quota then, see `policyHash`; absent in what a version of the program kept that did not. */
  readonly judgedBy?: string;
  /** Why nobody knows how much of the quota is used; absent when it is known. */
  readonly unknown?: UnknownUsage;
  readonly forecast?: Forecast;
  /** Absent in what a version of the program kept that did not keep it. */
  readonly standing?: QuotaStanding;
  /** What the log has of a month; absent in what a version of the program kept that did not keep it. */
  readonly told?: Told;
  /** Absent while nothing is given up. */
  readonly shed?: ShedState;
  readonly shares?: EventShares;
  /** When the Event Gateway was asked for them last, milliseconds since the epoch. */
  readonly sharesAskedAt?: number;
  /** Absent while nobody needed to know. */
  readonly counting?: Counting;
}

/** After a look that read something. */
export interface LookedState extends QuotaState {
  readonly at: number;
}

/** The statistics cannot be read. Times are milliseconds since the epoch. */
export interface FailedReading {
  /** When it was tried last. */
  readonly at: number;
  /** When it failed first, and how often in a row, whichever replica tried. */
  readonly since: number;
  readonly attempts: number;
  /** Whether trying again may help without anybody changing anything. */
  readonly transient: boolean;
  /** For people; quotes nothing that was answered. */
  readonly message: string;
  /** When it is tried again. */
  readonly nextAt: number;
}

/** Of the condition `QuotaOk`: its status, and when it took that on in the month of the look, milliseconds since the epoch. */
export interface QuotaStanding {
  readonly status: 'true' | 'false' | 'unknown';
  readonly since: number;
}

export interface Told {
  /** `YYYY-MM`. */
  readonly month: string;
  /** See `Notice`. */
  readonly subjects: readonly string[];
}

/**
 * | reason | means |
 * |---|---|
 * | not-counted | the tenant delivers in a way that the statistics do not count |
 * | incomplete | the statistics lack the month, or show less than before |
 */
export interface UnknownUsage {
  readonly reason: 'not-counted' | 'incomplete';
  /** For people. */
  readonly message: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** `incomplete`: the count that is doubted; 0 for a month without a row. */
  readonly shown?: number;
}

/** Whether the statistics count what a tenant sends; see `counting.ts`. */
export interface Counting {
  /** Of the active delivery config; absent: there is none. */
  readonly provider?: Provider;
  /** Since when it is known to be this one, milliseconds since the epoch. */
  readonly since: number;
  /** When the tenant was asked last; absent: the file says it. */
  readonly askedAt?: number;
  /** `YYYY-MM`, and the count of that month that is no proof: it may be of another provider's time. */
  readonly month: string;
  readonly count: number;
  /** The count rose although it is not documented to. */
  readonly isProven?: true;
}

/** What the month comes to if it goes on like this. Times are milliseconds since the epoch. */
export interface Forecast {
  /** `YYYY-MM`. */
  readonly month: string;
  /** Of the reading it starts from. */
  readonly at: number;
  /** Events a day that are to be expected for the rest of the month, on average. */
  readonly ratePerDay: number;
  /** Events at the end of the month, and the band that holds four times out of five. */
  readonly projected: number;
  readonly low: number;
  readonly high: number;
  /** When the limit is reached; absent: not this month, or there is no limit. */
  readonly exhaustedAt?: number;
  /** The same at the upper and the lower end of the band; the earliest and the latest time. */
  readonly earliest?: number;
  readonly latest?: number;
  /** What it rests on. */
  readonly basis: ForecastBasis;
}

/** `elapsed`: used / elapsed, for want of readings; `rate`: recent readings; `weekly`: the shape of days and weeks as well. */
export type ForecastBasis = 'elapsed' | 'rate' | 'weekly';

/** Which subscriptions are given up. */
export interface ShedState {
  /** `YYYY-MM`: of the quota that runs out. */
  readonly month: string;
  /** Percent of the limit at which the rung begins that holds. */
  readonly at: number;
  /** 1 … 9: event types of this priority and of higher numbers. */
  readonly priority: number;
  /** When it took on this rung, milliseconds since the epoch. */
  readonly since: number;
}

/** How the events of a tenant spread over the event types, as far as the Event Gateway tells. */
export interface EventShares {
  /** Of the events counted, milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  /** Events by key of the event type; see `eventKey`. */
  readonly counts: Readonly<Record<string, number>>;
}
