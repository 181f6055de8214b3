import type { Outcome } from './result.js';
import type { TenantName } from './state.js';

/** Calls a job for every tenant, again and again, until stopped. */
export interface Schedule {
  /** Starts at once, spread by the concurrency of the schedule. Never two runs of one tenant at the same time. */
  start(tenants: readonly TenantName[], job: Job): void;
  /** Starts no further run and waits for those in flight; after `graceMs` it aborts them and waits for their end. */
  stop(graceMs: number): Promise<void>;
  pulse(): Pulse;
}

/** One run. A job that throws is a bug: it is reported, and the tenant comes up again as if it had failed. */
export type Job = (run: Run) => Promise<Next>;

export interface Run {
  readonly tenant: TenantName;
  /** When the run was meant to start; the difference to now is the lag. */
  readonly dueAt: number;
  readonly signal: AbortSignal;
}

export interface Next {
  /** Milliseconds from the start of this run to the start of the next one. */
  readonly afterMs: number;
  /** Runs of tenants that fail share a few slots of their own, so that they cannot hold up the others. */
  readonly failing: boolean;
}

/** What tells a schedule that works from one that is stuck. */
export interface Pulse {
  /** Time of the last heartbeat. */
  readonly beatAt: number;
  /** Start of the longest run in flight; absent when none is. */
  readonly oldestRunAt?: number;
  /** Whether every tenant ran at least once. */
  readonly firstPassDone: boolean;
}

export interface Cadence {
  readonly intervalMs: number;
  /** Where the interval stops doubling while nothing changes; equal to `intervalMs` it never grows. */
  readonly maxIntervalMs: number;
  /** Share of the interval by which each wait may differ, up or down; 0.1 = 10 %. */
  readonly jitter: number;
}

/** The next interval, without jitter: doubles while nothing is to be done, back to the base on anything else. */
export function nextInterval(previousMs: number | undefined, outcome: Outcome, cadence: Cadence): number {
  if (previousMs === undefined || outcome !== 'in-sync') return cadence.intervalMs;
  return Math.min(previousMs * 2, Math.max(cadence.intervalMs, cadence.maxIntervalMs));
}

/** Spreads `intervalMs` by the jitter; `random` in [0, 1). */
export function jittered(intervalMs: number, jitter: number, random: number): number {
  return Math.round(intervalMs * (1 + jitter * (2 * random - 1)));
}
