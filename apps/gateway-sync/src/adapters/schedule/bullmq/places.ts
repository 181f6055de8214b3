import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import { z } from 'zod';
import type { Trigger } from '../../../core/result.js';
import type { Pace } from '../../../core/schedule.js';
import type { TenantName } from '../../../core/state.js';
import { queuePriority } from '../../../core/urgency.js';
import type { RunQueue } from './queue-backend.js';
import { type Beat, beatOf, jobData, patternOf, type Turn } from './queue-job.js';
import type { QueuePool } from './queue-pool.js';

/** Statements at a time, so that others get their turn at the database. */
const AT_A_TIME = 3;
/** By how much clocks of replicas may differ. */
const SLACK_MS = 1_000;
/** Failed jobs that are kept for whoever looks into it. */
export const MAX_FAILED = 100;

/** The places of tenants in one queue. What BullMQ offers one by one is read at once from its tables. */
export class Places {
  readonly #queue: RunQueue;
  readonly #pool: QueuePool;

  constructor(queue: RunQueue, pool: QueuePool) {
    this.#queue = queue;
    this.#pool = pool;
  }

  /**
   * Gives a place to every tenant that has none or a broken one, one after the other, and takes away those of other
   * tenants. One replica at a time, so that none puts back what another has just given. Rejects soon after an abort; what
   * is left is as good for others to do.
   */
  async settle(
    tenants: ReadonlySet<TenantName>,
    pace: Pace,
    { removing, signal }: { readonly removing: boolean; readonly signal: AbortSignal },
  ): Promise<void> {
    await this.#alone(signal, async () => {
      const standings = await this.#read();
      if (removing)
        await this.remove(
          [...standings.keys()].filter((tenant) => !tenants.has(tenant)),
          signal,
        );
      const missing = [...tenants].filter((tenant) => standings.get(tenant) !== 'good');
      const apartMs = pace.spacingMs(missing.length);
      const now = Date.now();
      await eachOf(missing, signal, (tenant, index) => {
        const nextAt = Math.round(now + index * apartMs);
        const trigger = standings.has(tenant) ? 'interval' : 'config';
        const turn: Turn = { trigger, dueAt: nextAt, failing: false, putOff: 0 };
        return this.put(tenant, turn, { nextAt, everyMs: Math.max(pace.intervalMs, nextAt - now) });
      });
    });
  }

  /** From now on the tenant is due at `beat.nextAt`; what was due before no longer is. */
  async put(tenant: TenantName, turn: Turn, beat: Beat): Promise<void> {
    await this.#queue.upsertJobScheduler(
      tenant,
      { pattern: patternOf(beat) },
      { name: 'run', data: jobData(tenant, turn), opts: { priority: priorityOf(turn), ...KEPT } },
    );
  }

  /** Takes away the places and all that waits. */
  async remove(tenants: readonly TenantName[], signal?: AbortSignal): Promise<void> {
    if (tenants.length === 0) return;
    for (let first = 0; first < tenants.length; first += BATCH) {
      signal?.throwIfAborted();
      await this.#pool.query(REMOVE, [this.#queue.name, tenants.slice(first, first + BATCH)]);
    }
    const { rows } = await this.#pool.query(WAITING, [this.#queue.name, tenants]);
    await eachOf(jobRows.parse(rows), signal, ({ id }) => this.#queue.remove(id));
  }

  /** Whether some replica gave the tenant a place. */
  async has(tenant: TenantName): Promise<boolean> {
    const { rows } = await this.#pool.query(HAS, [this.#queue.name, tenant]);
    return rows.length > 0;
  }

  /** One job beside the rhythm. It takes the place of one that waits for a later time when it is due `now`. */
  async request(tenant: TenantName, trigger: Trigger, afterMs: number): Promise<void> {
    const turn: Turn = { trigger, dueAt: Date.now() + afterMs, failing: false, putOff: 0 };
    await this.#queue.add('run', jobData(tenant, turn), {
      priority: priorityOf(turn),
      delay: afterMs,
      deduplication: { id: tenant, replace: afterMs === 0 },
      ...KEPT,
    });
  }

  /** BullMQ leaves a clock set back waiting for the time that it knew, and meanwhile takes over nothing from the dead. */
  async mendClock(aheadMs: number): Promise<void> {
    const backend = this.#queue.getBackend();
    const checkedAt = Number(await backend.getQueueMetaField('stalled-check'));
    if (checkedAt > Date.now() + aheadMs) await backend.removeQueueMetaFields(['stalled-check']);
  }

  /** Of every tenant that has a place. */
  async #read(): Promise<ReadonlyMap<TenantName, Standing>> {
    const { rows } = await this.#pool.query(READ, [this.#queue.name]);
    const now = Date.now();
    return new Map(placeRows.parse(rows).map((row) => [row.tenant, standing(row, now)]));
  }

  async #alone(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    const client = await this.#pool.connect();
    const values = [`gateway-sync places ${this.#queue.name}`];
    try {
      while (!(await client.query<{ got: boolean }>(TRY_LOCK, values)).rows[0]?.got) {
        await sleep(LOCK_RETRY_MS, undefined, { signal });
      }
      await work();
      await client.query(UNLOCK, values);
    } catch (error) {
      // Its end gives back the lock.
      client.release(true);
      throw error;
    }
    client.release();
  }
}

const KEPT = { removeOnComplete: true, removeOnFail: MAX_FAILED } as const;

const LOCK_RETRY_MS = 500;
const TRY_LOCK = 'select pg_try_advisory_lock(hashtextextended($1, 0)) as got';
const UNLOCK = 'select pg_advisory_unlock(hashtextextended($1, 0))';

const BATCH = 500;
const REMOVE = 'select remove_job_scheduler($1, tenant) from unnest($2::text[]) as tenant';

const READ = `
  select s.scheduler_id as tenant, s.next_run_ms::float8 as "nextAt", s.pattern,
    exists (
      select from job j
      where j.queue = s.queue and j.scheduler_id = s.scheduler_id and j.state in ('waiting', 'delayed', 'active')
    ) as live
  from scheduler s where s.queue = $1`;

const HAS = 'select from scheduler where queue = $1 and scheduler_id = $2';

const WAITING = `
  select id from job
  where queue = $1 and state in ('waiting', 'delayed') and (scheduler_id = any($2) or dedup_id = any($2))`;

type Standing = 'good' | 'broken';

const placeRows = z.array(
  z.object({ tenant: z.string(), nextAt: z.number(), pattern: z.string().nullable(), live: z.boolean() }),
);
type PlaceRow = z.infer<typeof placeRows>[number];
const jobRows = z.array(z.object({ id: z.string() }));

/** Broken when nothing will come of it, or when a clock that was set back has put it far away. */
function standing({ nextAt, pattern, live }: PlaceRow, now: number): Standing {
  const everyMs = beatOf(pattern ?? '')?.everyMs;
  return live && (everyMs === undefined || nextAt <= now + everyMs + SLACK_MS) ? 'good' : 'broken';
}

function priorityOf({ trigger, dueAt }: Turn): number {
  return queuePriority(trigger, dueAt);
}

/** Begins nothing more after an abort, waits for what has begun, and rejects. */
async function eachOf<Item>(
  items: readonly Item[],
  signal: AbortSignal | undefined,
  work: (item: Item, index: number) => Promise<unknown>,
): Promise<void> {
  await pLimit(AT_A_TIME).map(items, async (item, index) => {
    if (!signal?.aborted) await work(item, index);
  });
  signal?.throwIfAborted();
}
