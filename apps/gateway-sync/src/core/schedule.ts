import type { Trigger } from './result.js';
import type { TenantName } from './state.js';

/** What a schedule is for; each has its own. */
export const PURPOSES = ['reconcile', 'quota'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** Calls a job for every tenant, again and again, until stopped; with several replicas one of them runs it. */
export interface Schedule {
  /**
   * Takes up the tenants and runs what is due. Tenants that have no place yet are due soon, one
   * after the other, by the trigger `config`. May be repeated after a failure; after a stop it does nothing.
   */
  start(tenants: readonly TenantName[], pace: Pace, job: Job): Promise<void>;
  /** From now on these: new ones are due soon, gone ones are never due again. Runs in flight finish. */
  setTenants(tenants: readonly TenantName[], pace: Pace): Promise<void>;
  /**
   * One run outside the rhythm. Requests for a tenant that wait already are joined; one that arrives during a run leads
   * to exactly one more run after it. While held it is for the other replicas. False: nobody runs the tenant, so nothing
   * came of it.
   */
  request(tenant: TenantName, wish: RunWish): Promise<boolean>;
  /** While held no run starts here; other replicas go on. */
  hold(held: boolean): Promise<void>;
  /** Starts no further run and waits for those in flight; after `graceMs` it aborts them and waits for their end. */
  stop(graceMs: number): Promise<void>;
  pulse(): Pulse;
}

/** How much is done at a time. */
export interface Pace {
  /** Runs at the same time, of this process. */
  readonly concurrency: number;
  /** See {@link spacing}. */
  readonly spacingMs: (count: number) => number;
  /** Wait after a run that never told when the next one is due. */
  readonly intervalMs: number;
}

export interface RunWish {
  readonly trigger: 'config' | 'manual' | 'quota';
  /** Milliseconds until it is due; absent: now. */
  readonly afterMs?: number;
}

/** One run. A job that throws is a bug: it is reported, and the tenant comes up again as if it had failed. */
export type Job = (run: Run) => Promise<Next>;

export interface Run {
  readonly tenant: TenantName;
  /** When the run was meant to start; the difference to now is the lag. */
  readonly dueAt: number;
  readonly trigger: Trigger;
  readonly signal: AbortSignal;
}

export interface Next {
  /** Milliseconds from the start of this run to the start of the next one. */
  readonly afterMs: number;
  /** What the next run is for. */
  readonly trigger: 'interval' | 'retry';
  /** Runs of tenants that fail share a few slots of their own, so that they cannot hold up the others. */
  readonly failing: boolean;
}

/** What tells a schedule that works from one that is stuck. */
export interface Pulse {
  /** Time of the last heartbeat: something other than a timer of this process went round. */
  readonly beatAt: number;
  /** Start of the longest run in flight; absent when none is. */
  readonly oldestRunAt?: number;
}

export interface Cadence {
  readonly intervalMs: number;
  /** Where the interval stops doubling while nothing changes; equal to `intervalMs` it never grows. */
  readonly maxIntervalMs: number;
  /** Share of the interval by which each wait may differ, up or down; 0.1 = 10 %. */
  readonly jitter: number;
}

/** Spreads `intervalMs` by the jitter; `random` in [0, 1). */
export function jittered(intervalMs: number, jitter: number, random: number): number {
  return Math.round(intervalMs * (1 + jitter * (2 * random - 1)));
}

/** Requests that the first run of a tenant is reckoned with. */
const FIRST_REQUESTS = 2;

/**
 * Milliseconds between the first runs of `count` tenants, so that ten thousand do not start together: what the request
 * budget allows, within one interval.
 */
export function spacing(
  count: number,
  { intervalMs, requestsPerSecond }: { intervalMs: number; requestsPerSecond: number },
): number {
  if (count <= 1) return 0;
  return Math.min(intervalMs / count, (1000 * FIRST_REQUESTS) / requestsPerSecond);
}
