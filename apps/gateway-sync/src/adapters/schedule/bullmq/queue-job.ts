import type { RepeatStrategy } from 'bullmq';
import { z } from 'zod';
import { TRIGGERS, type Trigger } from '../../../core/result.js';
import type { TenantName } from '../../../core/state.js';
import type { RunJob } from './queue-backend.js';

/** When a tenant is due, and for what. */
export interface Turn {
  readonly trigger: Trigger;
  /** When it was meant to start. */
  readonly dueAt: number;
  /** Whether the last run failed. */
  readonly failing: boolean;
  /** How often it was due and put off since. */
  readonly putOff: number;
}

/** What is kept of a turn. Never anything secret: it lies in the tables of BullMQ, and its errors quote it. */
export interface JobData extends Turn {
  readonly tenant: TenantName;
  readonly version: 1;
}

export function jobData(tenant: TenantName, turn: Turn): JobData {
  return { tenant, ...turn, version: 1 };
}

const UNKNOWN = { failing: false, putOff: 0 };
/** Every part of a job may be of a release older or newer than this one. */
const dataSchema = z
  .object({
    tenant: z.string().optional().catch(undefined),
    trigger: z.enum(TRIGGERS).optional().catch(undefined),
    dueAt: z.number().optional().catch(undefined),
    failing: z.boolean().catch(UNKNOWN.failing),
    putOff: z.number().catch(UNKNOWN.putOff),
  })
  .catch(UNKNOWN);
/** BullMQ counts the jobs that it made by itself, and says so in options that its types leave out. */
const madeByBullSchema = z.object({ repeat: z.object({ count: z.number().min(2) }) });

/** `kind`: from the rhythm of the tenant, or asked for. */
export type QueuedTurn = Turn & { readonly kind: 'rhythm' | 'request'; readonly tenant: TenantName };

/** Undefined when the job names no tenant. */
export function turnOf(job: RunJob): QueuedTurn | undefined {
  const data = dataSchema.parse(job.data);
  const { tenant = job.repeatJobKey ?? job.deduplicationId, trigger, dueAt, failing, putOff } = data;
  if (tenant === undefined) return undefined;
  if (job.repeatJobKey === undefined) {
    return { kind: 'request', tenant, trigger: trigger ?? 'manual', dueAt: dueAt ?? job.timestamp, failing, putOff };
  }
  const madeAt = job.opts.prevMillis ?? job.timestamp;
  // It copies the data of the job before; that one is due when no run told better.
  if (madeByBullSchema.safeParse(job.opts).success)
    return { kind: 'rhythm', tenant, trigger: 'interval', dueAt: madeAt, failing, putOff: 0 };
  return { kind: 'rhythm', tenant, trigger: trigger ?? 'interval', dueAt: dueAt ?? madeAt, failing, putOff };
}

/** Where a tenant stands in its rhythm, as the text that BullMQ keeps and calls a pattern. */
export interface Beat {
  readonly nextAt: number;
  /** From a start to the next one, should nothing else be said until then. */
  readonly everyMs: number;
}

export function patternOf({ nextAt, everyMs }: Beat): string {
  return `${nextAt} ${everyMs}`;
}

export function beatOf(pattern: string): Beat | undefined {
  const [nextAt, everyMs] = pattern.split(' ').map(Number);
  if (!Number.isFinite(nextAt) || !Number.isFinite(everyMs)) return undefined;
  return { nextAt: nextAt ?? 0, everyMs: everyMs ?? 0 };
}

/**
 * BullMQ makes the next job when the current one starts, so that a process that dies meanwhile breaks no chain; that one
 * is due an interval later. Whatever is set is due when it says.
 */
export const repeatStrategy: RepeatStrategy = (_, { pattern = '', count }) => {
  const beat = beatOf(pattern);
  if (!beat) return Date.now() + UNREADABLE_MS;
  return count === undefined ? beat.nextAt : Date.now() + beat.everyMs;
};

/** For a pattern of another release. */
const UNREADABLE_MS = 300_000;
