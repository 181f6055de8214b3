import type { ServiceAnswer } from '@gateway-sync/api';
import { expect, vi } from 'vitest';
import { MemoryOutbox } from '../../src/adapters/memory-outbox.js';
import type { TimedUsage } from '../../src/core/quota-look.js';
import type { Outbox } from '../../src/core/outbox.js';
import { type App, startApp, subscribed } from './app.js';
import type { CommandLine } from './command-line.js';
import type { TestDatabase } from './database.js';
import { PassingTime } from './passing-time.js';
import { type Receiver, webhookReceiver } from './webhook-receiver.js';

export const LIMIT = 40;

export const SUBSCRIPTIONS = [
  { event: 'order.created' },
  { event: 'order.updated', priority: 5 },
  { event: 'order.deleted', priority: 9 },
];

export interface Shop {
  readonly tenant: string;
  /** Of the file and of the platform. */
  readonly timeZone?: string;
  readonly shed?: 'enforce';
  /** Events by month before the service starts. */
  readonly usage?: Readonly<Record<string, number>>;
}

/** What somebody sees of a tenant's quota, wherever they look. */
export interface Shown {
  readonly month: string;
  readonly used: number | undefined;
  readonly condition: string;
  /** First line of the command `quota`, without the age. */
  readonly command: string;
  readonly subscribed: number;
}

export interface Stage {
  readonly time: PassingTime;
  readonly app: App;
  /** In steps of some hours, looking at every tenant after each. */
  readonly passTo: (until: string) => Promise<void>;
  /** Until the statistics of the tenant were read again. */
  readonly nextReading: (tenant: string) => Promise<void>;
  /** So many events happen now. */
  readonly emit: (tenant: string, count: number) => Promise<void>;
  readonly usage: (tenant: string, change: object) => Promise<void>;
  readonly shown: (tenant: string) => Promise<Shown>;
  readonly quota: (tenant: string) => Promise<ServiceAnswer<'getQuota'>>;
  readonly metric: (name: string, tenant: string) => Promise<number | undefined>;
  /** The last reading of a month that is kept. */
  readonly kept: (tenant: string, month: string) => Promise<TimedUsage | undefined>;
  /** Thresholds that the log has of the tenant, in order. */
  readonly logged: (tenant: string) => number[];
  /** Thresholds that were told of a month, as `type threshold`, sorted. */
  readonly told: (tenant: string, month: string) => Promise<string[]>;
}

const MINUTE = 60_000;
const STEP = 6 * 60 * MINUTE;
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

/** A service and a platform that share a clock, which stands still until the test moves it on. */
export async function quotaStage(
  start: string,
  shops: readonly Shop[],
  { database, command }: { readonly database: TestDatabase; readonly command: CommandLine['command'] },
): Promise<Stage> {
  const time = new PassingTime(start);
  const receiver = await webhookReceiver((_, response) => response.writeHead(204).end());
  const store = await database.open({ clock: time });
  const outbox = new MemoryOutbox(time);
  const app = await startApp({
    outbox,
    clock: time,
    schedule: time.schedule,
    store,
    records: store.fleet('gateway-sync').records,
    emulator: { now: time.now },
    sync: { interval: '6h', maxInterval: '6h' },
    notify: { url: receiver.url, secret: SECRET },
    tenants: shops.map(({ tenant, timeZone, shed }) => ({
      tenant,
      subscriptions: SUBSCRIPTIONS,
      quota: { warnAt: [70, 85, 95], ...(shed && { shed }), ...(timeZone !== undefined && { timeZone }) },
    })),
    beforeStart: (emulator) =>
      emulator.seed(...shops.map(({ tenant, usage = {} }) => ({ tenant, limit: LIMIT, usage: { ...usage } }))),
  });
  const control = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' };
    const request = new Request(`http://emulator/_emulator${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers,
    });
    expect((await app.emulator.fetch(request)).status).toBe(200);
  };
  const usage = (tenant: string, change: object) => control(`/tenants/${tenant}/usage`, change);
  for (const { tenant, timeZone } of shops) if (timeZone !== undefined) await usage(tenant, { timeZone });
  await time.passTo(start);

  const metric = (name: string, tenant: string) => app.metric(`${name}{tenant="${tenant}"}`);
  const quota = async (tenant: string) => {
    const { body } = await app.get(`/api/v1/tenants/${tenant}/quota`);
    return body as ServiceAnswer<'getQuota'>; // as the API document describes it
  };
  const shown = async (tenant: string): Promise<Shown> => {
    const { month, newest, state } = await quota(tenant);
    const { body } = await app.get(`/api/v1/tenants/${tenant}`);
    const status = body as ServiceAnswer<'getTenant'>; // as the API document describes it
    const { stdout } = await command(['quota', '--server', app.url, '-t', tenant], {}, { now: time.now() });
    const ok = status.conditions.find(({ type }) => type === 'QuotaOk');
    const used = await metric('quota_used_events', tenant);
    expect([used, status.quota?.used], 'the metric and both answers of the API agree').toEqual(
      state?.unknown ? [undefined, newest?.used] : [newest?.used, newest?.used],
    );
    if (used === undefined) {
      expect(await metric('quota_projected_events', tenant)).toBeUndefined();
      expect(await metric('quota_exhaustion_timestamp_seconds', tenant)).toBeUndefined();
      expect(state?.forecast).toBeUndefined();
    }
    expect(newest?.month ?? month).toBe(month);
    expect(state?.forecast?.month ?? month).toBe(month);
    return {
      month,
      used,
      condition: [ok?.status, ok?.reason, ok?.message].filter((word) => word !== '').join(' '),
      command: (stdout.split('\n')[0] ?? '').replace(`${tenant}  `, '').replace(/, read .*?ago|, read just now/, ''),
      subscribed: subscribed(app.emulator, tenant).length,
    };
  };
  return {
    time,
    app,
    passTo: async (until) => {
      for (let at = time.now() + STEP; at < Date.parse(until); at += STEP) {
        await time.passTo(at);
        for (const { tenant } of shops) await neverAWrongZero(app, tenant);
      }
      await time.passTo(until);
      for (const { tenant } of shops) await neverAWrongZero(app, tenant);
    },
    nextReading: async (tenant) => {
      const lookedAt = async () => (await quota(tenant)).state?.at;
      const before = await lookedAt();
      while ((await lookedAt()) === before) await time.passTo(time.now() + MINUTE);
    },
    emit: async (tenant, count) => {
      for (let left = count; left > 0; left--) {
        await control(`/tenants/${tenant}/events`, { type: 'order.created', payload: {} });
      }
    },
    usage,
    shown,
    quota,
    metric,
    kept: async (tenant, month) => (await store.quota.since(tenant, 0)).findLast(({ usage: of }) => of.month === month),
    logged: (tenant) =>
      app.log
        .map((line) => JSON.parse(line) as { tenant?: string; threshold?: number }) // as `log-look.ts` writes it
        .flatMap((line) => (line.tenant === tenant && line.threshold !== undefined ? [line.threshold] : [])),
    told: (tenant, month) => toldTo(receiver, () => outbox.untilDue(), { tenant, month }),
  };
}

/** Whatever the statistics say: a tenant that had events in the month is not shown with none, once they were counted. */
async function neverAWrongZero(app: App, tenant: string): Promise<void> {
  const { body } = await app.get(`/api/v1/tenants/${tenant}/quota`);
  const { month, readings } = body as ServiceAnswer<'getQuota'>; // as the API document describes it
  const used = await app.metric(`quota_used_events{tenant="${tenant}"}`);
  const highest = Math.max(0, ...readings.map((reading) => reading.used));
  if (used === 0) expect([tenant, month, highest]).toEqual([tenant, month, 0]);
}

/** A message, as `docs/quota.md` has it. */
interface Told {
  readonly type: string;
  readonly data: { readonly tenant: string; readonly month: string; readonly threshold?: number };
}

/** Sent whatever is to be sent; `unsent` as of an outbox. Forecasts depend on more than a count, and have tests of their own. */
async function toldTo(
  { received }: Receiver,
  unsent: Outbox['untilDue'],
  { tenant, month }: { readonly tenant: string; readonly month: string },
): Promise<string[]> {
  await vi.waitFor(async () => expect(await unsent()).toBeUndefined());
  return received
    .map(({ body }) => JSON.parse(body) as Told)
    .filter(({ type, data }) => data.tenant === tenant && data.month === month && type !== 'quota.exhaustion_forecast')
    .map(({ type, data }) => `${type} ${data.threshold}`)
    .toSorted();
}
