import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useDatabase } from '../../../../test/support/database.js';
import { Gate, HOUR, LATER, pace, useReplicas } from '../../../../test/support/schedules.js';

const database = useDatabase();
const TENANTS = Array.from({ length: 60 }, (_, index) => `shop-${index}`);
const replica = useReplicas(() => ({ url: database.url, bundled: false }));
const patience = { timeout: 15_000 };

const QUEUE = 'gateway_sync_queue';
async function rows(table: string, instance: string, further = ''): Promise<number> {
  const text = `select count(*)::int as n from ${QUEUE}.${table} where queue like $1 ${further}`;
  const [row] = await database.query<{ n: number }>(text, [`${instance}.%`]);
  return row?.n ?? NaN;
}
/** Waits until no run is under way or due: then every tenant has the place that its last run gave it. */
const settled = (instance: string) =>
  vi.waitFor(async () => expect(await rows('job', instance, "and state <> 'delayed'")).toBe(0), patience);
const places = (instance: string) =>
  database.query<{ tenant: string; at: number }>(
    `select scheduler_id as tenant, next_run_ms::float8 as at from ${QUEUE}.scheduler where queue = $1 order by at`,
    [`${instance}.reconcile`],
  );

/** As a replica with another file would leave it. */
async function placeOf(instance: string, tenant: string): Promise<void> {
  const queue = `${instance}.reconcile`;
  const id = `repeat:${tenant}:1`;
  await database.query(
    `insert into ${QUEUE}.scheduler (queue, scheduler_id, name, next_run_ms, pattern) values ($1, $2, 'run', 1, '1 1000')`,
    [queue, tenant],
  );
  await database.query(
    `insert into ${QUEUE}.job (queue, id, seq, name, state, opts, added_at_ms, scheduler_id)
     values ($1, $2, nextval('${QUEUE}.job_seq'), 'run', 'waiting', '{"repeat":{"pattern":"1 3600000","count":1}}', 1, $3)`,
    [queue, id, tenant],
  );
  await database.query('select pg_notify($1, $2)', ['bullmq_jobs', queue]);
}
async function attempts(instance: string): Promise<number> {
  const text = `select max(attempts_started) as n from ${QUEUE}.job where queue = $1`;
  const [row] = await database.query<{ n: number }>(text, [`${instance}.reconcile`]);
  return row?.n ?? 0;
}

describe('the tenants of the file', () => {
  it('start one after the other, and keep their place when others come and go', async () => {
    const { reconcile } = await replica('places');
    await reconcile.hold(true);
    const first = await replica('places');
    await first.reconcile.start(['a', 'b', 'c'], pace(1, HOUR / 10), async () => LATER);
    await vi.waitFor(async () => expect((await places('places'))[2]?.tenant).toBe('a'), patience);
    await settled('places');
    const before = await places('places');
    expect(before.map(({ tenant }) => tenant)).toEqual(['b', 'c', 'a']);
    expect((before[1]?.at ?? 0) - (before[0]?.at ?? 0)).toBe(HOUR / 10);
    await first.reconcile.setTenants(['d', 'c', 'a'], pace(1, HOUR / 10));
    await vi.waitFor(async () => expect(await places('places')).toHaveLength(3), patience);
    const after = await places('places');
    for (const tenant of ['a', 'c']) expect(after).toContainEqual(before.find((place) => place.tenant === tenant));
  });

  it('vanish from the queue when they are gone, whatever waited for them', async () => {
    const { reconcile } = await replica('gone');
    const gate = new Gate();
    await reconcile.start(['busy', 'due', 'asked', 'later'], pace(1, 300), gate.job);
    await vi.waitFor(() => expect(gate.running).toEqual(['busy']), patience);
    await reconcile.request('asked', { trigger: 'manual' });
    await reconcile.request('later', { trigger: 'config', afterMs: HOUR });
    expect(await rows('job', 'gone')).toBeGreaterThan(5);
    await reconcile.setTenants([], pace(1));
    gate.release('busy', { ...LATER, afterMs: 0 });
    await vi.waitFor(async () => {
      for (const table of ['job', 'scheduler', 'dedup', 'dedup_next'])
        expect([table, await rows(table, 'gone')]).toEqual([table, 0]);
    }, patience);
    expect(gate.runs).toHaveLength(1);
  });

  it('that only another replica knows are left to it', async () => {
    const [own, other] = [new Gate(), new Gate()];
    const { reconcile: behind } = await replica('strangers');
    await behind.start([], pace(4), own.job);
    const { reconcile } = await replica('strangers');
    await reconcile.hold(true);
    await reconcile.start(['new'], pace(4), other.job);
    await placeOf('strangers', 'new');
    await vi.waitFor(async () => expect(await attempts('strangers')).toBeGreaterThan(1), patience);
    await behind.hold(true);
    await reconcile.hold(false);
    await vi.waitFor(() => expect(other.running).toEqual(['new']), patience);
    other.release('new');
    expect(own.runs).toEqual([]);
  });

  it('that nobody knows are dropped after a while', async () => {
    const { reconcile } = await replica('nobody', { timing: { putOffMs: 5 } });
    const gate = new Gate();
    await reconcile.start([], pace(4), gate.job);
    await placeOf('nobody', 'ghost');
    expect(await rows('scheduler', 'nobody')).toBe(1);
    await vi.waitFor(async () => expect(await rows('scheduler', 'nobody')).toBe(0), patience);
    await vi.waitFor(async () => expect(await rows('job', 'nobody')).toBe(0), patience);
    expect(gate.runs).toEqual([]);
  });
});

describe('the tables of the queue', () => {
  it('stay as small as the tenants are many, whatever ran', { timeout: 90_000 }, async () => {
    const { reconcile } = await replica('bounded');
    const tenants = Array.from({ length: 10 }, (_, index) => `t${index}`);
    let runs = 0;
    await reconcile.start(tenants, pace(5), async () => {
      runs++;
      if (runs % 7 === 0) throw new Error('a bug');
      return { ...LATER, afterMs: runs < 2_000 ? 0 : HOUR };
    });
    const asking = setInterval(() => void reconcile.request('t1', { trigger: 'manual' }).catch(() => {}), 20);
    await reconcile.setTenants(tenants, { ...pace(5), intervalMs: 1 });
    await vi.waitFor(() => expect(runs).toBeGreaterThan(2_000), { timeout: 60_000 });
    clearInterval(asking);
    await reconcile.setTenants(tenants, pace(5));
    await vi.waitFor(async () => expect(await rows('dedup', 'bounded')).toBe(0), patience);
    await settled('bounded');
    // A place that is set while BullMQ makes the next job by itself leaves one too many, which its run clears away.
    expect(await rows('job', 'bounded')).toBeLessThanOrEqual(2 * tenants.length);
    expect(await rows('scheduler', 'bounded')).toBe(10);
    // BullMQ trims after every 256th.
    expect(await rows('event', 'bounded')).toBeLessThanOrEqual(100 + 256);
  });

  it('hold no more of a job than who is due, when and why', async () => {
    const { reconcile } = await replica('data');
    await reconcile.hold(true);
    const second = await replica('data');
    await second.reconcile.start(['a', 'b'], pace(1, HOUR), async () => LATER);
    await second.reconcile.request('b', { trigger: 'config', afterMs: HOUR });
    const jobs = await database.query<{ data: object }>(`select data from ${QUEUE}.job where queue = 'data.reconcile'`);
    expect(jobs.length).toBeGreaterThan(1);
    for (const { data } of jobs) {
      expect(Object.keys(data).toSorted()).toEqual(['dueAt', 'failing', 'putOff', 'tenant', 'trigger', 'version']);
    }
  });

  it('may hold what another release has written', async () => {
    const gate = new Gate();
    const { reconcile } = await replica('releases');
    await reconcile.start(['a'], pace(2, HOUR), gate.job);
    await vi.waitFor(() => expect(gate.running).toEqual(['a']), patience);
    gate.release('a');
    await vi.waitFor(async () => expect((await places('releases'))[0]?.at).toBeGreaterThan(Date.now()), patience);
    for (const data of ['{}', '[]', '{"version":9,"tenant":"a","trigger":"moon","dueAt":"soon"}', 'null']) {
      await database.query(
        `insert into ${QUEUE}.job (queue, id, seq, name, state, data, added_at_ms)
         values ('releases.reconcile', $1, nextval('${QUEUE}.job_seq'), 'other', 'waiting', $2, 1)`,
        [`other ${data}`, data],
      );
    }
    await database.query("select pg_notify('bullmq_jobs', 'releases.reconcile')");
    await vi.waitFor(() => expect(gate.running).toEqual(['a']), patience);
    expect(gate.runs[1]).toMatchObject({ tenant: 'a', trigger: 'manual' });
    gate.release('a');
    await vi.waitFor(async () => expect(await rows('job', 'releases')).toBe(1), patience);
  });
});

describe('a replica that is held', () => {
  it('starts no run while others go on, and goes on afterwards', async () => {
    const [own, other] = [new Gate(), new Gate()];
    const { reconcile } = await replica('held');
    await reconcile.start(['a'], pace(1, HOUR), own.job);
    await vi.waitFor(() => expect(own.running).toEqual(['a']), patience);
    await reconcile.hold(true);
    own.release('a');
    const { reconcile: second } = await replica('held');
    await second.start(['a'], pace(1), other.job);
    for (let time = 0; time < 3; time++) {
      await reconcile.request('a', { trigger: 'manual' });
      await vi.waitFor(() => expect(other.running).toEqual(['a']), patience);
      other.release('a');
      await vi.waitFor(() => expect(other.running).toEqual([]), patience);
    }
    expect(own.runs).toHaveLength(1);
    expect(Date.now() - reconcile.pulse().beatAt).toBeLessThan(1_000);
    await second.stop(0);
    await reconcile.hold(false);
    await reconcile.request('a', { trigger: 'manual' });
    await vi.waitFor(() => expect(own.running).toEqual(['a']), patience);
    own.release('a');
  });

  it('before its start gives no tenant a place', async () => {
    const gate = new Gate();
    const { reconcile } = await replica('before');
    await reconcile.hold(true);
    await reconcile.start(['a'], pace(1), gate.job);
    expect(await places('before')).toEqual([]);
    await reconcile.hold(false);
    await vi.waitFor(() => expect(gate.running).toEqual(['a']), patience);
    gate.release('a');
  });
});

describe('broken places', () => {
  it('are mended: a tenant without a job, and one that somebody removed', async () => {
    const gate = new Gate();
    const { reconcile } = await replica('mended', { timing: { mendMs: 100 } });
    await reconcile.start(['a', 'b'], pace(2), gate.job);
    for (let time = 1; time <= 2; time++) {
      await vi.waitFor(() => expect(gate.running.toSorted()).toEqual(['a', 'b']), patience);
      for (const tenant of ['a', 'b']) gate.release(tenant);
      await vi.waitFor(
        async () => expect((await places('mended')).every(({ at }) => at > Date.now())).toBe(true),
        patience,
      );
      await settled('mended');
      if (time === 2) break;
      await database.query(`delete from ${QUEUE}.job where queue = 'mended.reconcile' and scheduler_id = 'a'`);
      await database.query(`delete from ${QUEUE}.scheduler where queue = 'mended.reconcile' and scheduler_id = 'b'`);
      await database.query(`delete from ${QUEUE}.job where queue = 'mended.reconcile' and scheduler_id = 'b'`);
    }
  });
});

describe('a clock', () => {
  afterEach(() => vi.useRealTimers());

  it.each([
    ['back', -30 * 24 * HOUR],
    ['forward', 30 * 24 * HOUR],
  ])('set %s keeps no tenant waiting for longer than its interval', { timeout: 40_000 }, async (_, jump) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now(), shouldAdvanceTime: true });
    const instance = `clock${jump < 0 ? 'back' : 'forward'}`;
    let runs = 0;
    const { reconcile } = await replica(instance, { timing: { mendMs: 100 } });
    await reconcile.start(['a'], { ...pace(1), intervalMs: 1_000 }, async () => {
      runs++;
      return { ...LATER, afterMs: 1_000 };
    });
    await vi.waitFor(() => expect(runs).toBe(1), patience);
    vi.setSystemTime(Date.now() + jump);
    const before = runs;
    await vi.waitFor(() => expect(runs).toBeGreaterThan(before + 1), patience);
  });
});

describe('a schedule that is stopped', () => {
  it('takes or refuses what it is asked for during a stop, and refuses what it is asked for after it', async () => {
    for (let round = 0; round < 6; round++) {
      const schedules = await replica('stopping');
      const { reconcile } = schedules;
      await reconcile.start(TENANTS, pace(4, 5), async () => LATER);
      const stopped = reconcile.stop(0);
      await sleep(round);
      const asked = TENANTS.map((tenant) => reconcile.request(tenant, { trigger: 'config', afterMs: 5 }));
      // Each is taken or refused; none waits for ever.
      expect(await Promise.allSettled(asked)).toHaveLength(TENANTS.length);
      await expect(stopped.then(() => reconcile.request('shop-0', { trigger: 'manual' }))).rejects.toThrow(
        'shutting down',
      );
      await Promise.all([stopped, schedules.quota.stop(0)]);
      await schedules.close();
    }
  });
});
