import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useDatabase } from '../../../test/support/database.js';
import type { LedgerLog } from './ledger-log.js';

const database = useDatabase();
const ORIGIN = 'https://api.emporix.io';
const SILENT: LedgerLog = { info: () => {}, warn: () => {} };

/** As another process has it: with connections of its own. */
async function budgetOf(rates: { emporix?: number; svix?: number }, { log = SILENT, origin = ORIGIN } = {}) {
  const { budget } = await database.open({ log });
  return budget({ origin, rates: { emporix: 1_000, svix: 1_000, ...rates } });
}

const forget = () => database.query('delete from gateway_sync.request_budget');

/** The most that fell into any second. */
function busiestSecond(moments: readonly number[]): number {
  const sorted = moments.toSorted((a, b) => a - b);
  return Math.max(...sorted.map((from) => sorted.filter((at) => at >= from && at < from + 1_000).length));
}

afterEach(async () => {
  vi.useRealTimers();
  await forget();
});

describe('the budget of requests', () => {
  it('is one for all processes: no second has more than its share and a fifth, and each process gets its part', async () => {
    const budgets = await Promise.all([1, 2, 3].map(() => budgetOf({ emporix: 200 })));
    const taken: { at: number; by: number }[] = [];
    const startedAt = performance.now();
    const requesters = budgets.flatMap((budget, by) =>
      Array.from({ length: 8 }, async () => {
        while (performance.now() < startedAt + 2_500) {
          await budget.take('emporix');
          taken.push({ at: performance.now(), by });
        }
      }),
    );
    await Promise.all(requesters);
    expect(busiestSecond(taken.map(({ at }) => at))).toBeLessThanOrEqual(240);
    expect(taken.length).toBeGreaterThan(400);
    for (const process of [0, 1, 2]) {
      expect(taken.filter(({ by }) => by === process).length / taken.length).toBeGreaterThan(0.2);
    }
  });

  it('is one for each upstream', async () => {
    const budget = await budgetOf({ emporix: 1, svix: 1 });
    const startedAt = performance.now();
    await Promise.all([budget.take('emporix'), budget.take('svix')]);
    expect(performance.now() - startedAt).toBeLessThan(500);
    expect(await database.query('select upstream from gateway_sync.request_budget order by 1')).toEqual([
      { upstream: 'emporix' },
      { upstream: 'svix' },
    ]);
  });

  it('is one for each address of Emporix, whoever asks there', async () => {
    const rates = { emporix: 1, svix: 1 };
    const staging = { origin: 'https://api-stage.emporix.example:8443' };
    const [production, another, one, other] = await Promise.all([
      budgetOf(rates),
      budgetOf(rates),
      budgetOf(rates, staging),
      budgetOf(rates, staging),
    ]);
    const startedAt = performance.now();
    for (const upstream of ['emporix', 'svix'] as const) {
      await Promise.all([production.take(upstream), one.take(upstream)]);
      expect(performance.now() - startedAt).toBeLessThan(900);
      const waiting = [another, other].map((budget) => budget.take(upstream, AbortSignal.timeout(300)));
      for (const { status } of await Promise.allSettled(waiting)) expect(status).toBe('rejected');
    }
    // Programs that know nothing of addresses share the first two rows.
    expect(await database.query('select upstream from gateway_sync.request_budget order by 1')).toEqual([
      { upstream: 'emporix' },
      { upstream: 'emporix https://api-stage.emporix.example:8443' },
      { upstream: 'svix' },
      { upstream: 'svix https://api-stage.emporix.example:8443' },
    ]);
  });

  it('goes by the clock of the database, whatever that of a process says', async () => {
    const [one, other] = await Promise.all([budgetOf({ emporix: 20 }), budgetOf({ emporix: 20 })]);
    vi.useFakeTimers({ toFake: ['Date'], now: 0 });
    const startedAt = performance.now();
    for (let index = 0; index < 10; index++) {
      vi.setSystemTime(index % 2 === 0 ? 0 : 4_000_000_000_000);
      await (index % 2 === 0 ? one : other).take('emporix');
    }
    const tookMs = performance.now() - startedAt;
    expect(tookMs).toBeGreaterThan(300);
    expect(tookMs).toBeLessThan(1_500);
  });

  it('does not stop everybody when the clock of the database is put back', async () => {
    const budget = await budgetOf({ emporix: 1_000 });
    await budget.take('emporix');
    await database.query(`update gateway_sync.request_budget set free_at = clock_timestamp() + interval '1 day'`);
    const waiting = budget.take('emporix', AbortSignal.timeout(300));
    await expect(waiting).rejects.toThrow('timeout');
    const [row] = await database.query<{ ahead: number }>(
      'select extract(epoch from free_at - clock_timestamp())::float8 as ahead from gateway_sync.request_budget',
    );
    expect(row?.ahead).toBeLessThan(11);
  });

  it('is not spent by a process that dies with what it leased', async () => {
    const dying = await budgetOf({ emporix: 100 });
    const gone = new AbortController();
    const lost = Array.from({ length: 1_000 }, () => dying.take('emporix', gone.signal));
    await sleep(50);
    gone.abort();
    await Promise.allSettled(lost);
    const startedAt = performance.now();
    await (await budgetOf({ emporix: 100 })).take('emporix');
    expect(performance.now() - startedAt).toBeLessThan(400);
  });

  it(
    'holds nobody up while the database does not answer, says so once, and is kept to again',
    { timeout: 20_000 },
    async () => {
      const said: string[] = [];
      const log = {
        info: (_: object, message: string) => void said.push(message),
        warn: (_: object, message: string) => void said.push(message),
      };
      const budget = await budgetOf({ emporix: 10 }, { log });
      await database.query('alter table gateway_sync.request_budget rename to elsewhere');
      const startedAt = performance.now();
      await Promise.all(Array.from({ length: 100 }, () => budget.take('emporix')));
      expect(performance.now() - startedAt).toBeLessThan(1_000);
      await database.query('alter table gateway_sync.elsewhere rename to request_budget');
      await sleep(1_000);
      await budget.take('emporix');
      await vi.waitFor(() => expect(said).toHaveLength(2), { timeout: 10_000 });
      expect(said).toEqual([expect.stringContaining('cannot be asked'), expect.stringContaining('is kept to again')]);
    },
  );

  it('takes a locked row for a database that does not answer', async () => {
    const budget = await budgetOf({ emporix: 10 });
    await budget.take('emporix');
    await database.query('begin');
    await database.query('select 1 from gateway_sync.request_budget for update');
    const startedAt = performance.now();
    await budget.take('emporix');
    expect(performance.now() - startedAt).toBeGreaterThan(1_900);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    await database.query('rollback');
  });
});
