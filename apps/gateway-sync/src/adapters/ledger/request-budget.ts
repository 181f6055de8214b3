import { sql } from 'drizzle-orm';
import type { BudgetWish, RequestBudget, Upstream } from '../../core/replica-ports.js';
import { Outage } from '../outage.js';
import type { Database } from './database.js';
import type { LedgerLog } from './ledger-log.js';
import { requestBudget } from './schema.js';
import { SlotQueue } from './slot-queue.js';

/**
 * What was not used in this time before may be used at once. A leased slot is good for as long, so no second has more than
 * its share and a fifth of it.
 */
const BURST_S = 0.1;
/** How far ahead slots may be given away, in leases of the largest size: more processes than anybody has. */
const MAX_LEASES_AHEAD = 100;
/** A database that takes longer is held to be lost. */
const ANSWER_MS = 2_000;

/**
 * One row for each upstream says when the next request is due (GCRA). A statement moves it by as many slots as a process
 * needs now, by the clock of the database alone.
 *
 * Not a limiter of windows such as rate-limiter-flexible's for PostgreSQL: that counts in windows which every process
 * begins by its own clock, lets twice the rate through around the end of each, and costs a statement for every request.
 */
export class PostgresRequestBudget implements RequestBudget {
  readonly #queues: Readonly<Record<Upstream, SlotQueue>>;

  constructor(database: Database, { origin, rates }: BudgetWish, log: LedgerLog) {
    const queueOf = (upstream: Upstream) => {
      const outage = new Outage(log, {
        begins: `the shared budget of requests to ${upstream} cannot be asked: each process keeps to its own`,
        ends: `the shared budget of requests to ${upstream} is kept to again`,
      });
      return new SlotQueue({
        perSecond: rates[upstream],
        lease: (slots, maxSlots) =>
          lease(database, keyOf(upstream, origin), { slots, maxSlots, perSecond: rates[upstream] }),
        onLost: (error) => outage.begin({ err: error }),
        onFound: () => outage.end(),
      });
    };
    this.#queues = { emporix: queueOf('emporix'), svix: queueOf('svix') };
  }

  take(upstream: Upstream, signal?: AbortSignal): Promise<void> {
    return this.#queues[upstream].take(signal);
  }
}

/** Programs of before know one row for each upstream, and nearly all of them ask this one: they share it with us. */
const FIRST_ORIGIN = 'https://api.emporix.io';

function keyOf(upstream: Upstream, origin: string): string {
  return origin === FIRST_ORIGIN ? upstream : `${upstream} ${origin}`;
}

interface Wish {
  readonly slots: number;
  readonly maxSlots: number;
  readonly perSecond: number;
}

/** Takes the next free slots; answers in how many milliseconds the first one is due, below 0 when it was already. */
async function lease(database: Database, key: string, { slots, maxSlots, perSecond }: Wish): Promise<number> {
  const length = seconds(slots / perSecond);
  const credited = sql`clock_timestamp() - ${seconds(BURST_S)}`;
  // A clock of the database that was put back must not stop everybody until it is there again.
  const furthest = sql`clock_timestamp() + ${seconds((MAX_LEASES_AHEAD * maxSlots) / perSecond)}`;
  const free = sql`least(greatest(budget.free_at, ${credited}), ${furthest})`;
  const answer = database.run('share the budget of requests', (db) =>
    // Not worth a wait for the disk: what a crash of the server loses of it is less than a second old.
    db.execute<{ due: number }>(sql`
      insert into ${requestBudget} as budget (upstream, free_at)
      values (${key}, ${credited} + ${length})
      on conflict (upstream) do update set free_at = ${free} + ${length}
      returning extract(epoch from free_at - ${length} - clock_timestamp())::float8 * 1000 as due,
        set_config('synchronous_commit', 'off', true)`),
  );
  const { rows } = await within(ANSWER_MS, answer);
  return rows[0]?.due ?? 0;
}

const seconds = (value: number) => sql`make_interval(secs => ${value}::float8)`;

async function within<Value>(ms: number, work: Promise<Value>): Promise<Value> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`no answer within ${ms} ms`)), ms);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
