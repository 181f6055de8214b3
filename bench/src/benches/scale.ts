import { setTimeout as sleep } from 'node:timers/promises';
import { startReader } from '../lib/http-reader.ts';
import { median } from '../lib/measure.ts';
import { type Activity, percentile, watch } from '../lib/measure-served.ts';
import { type Postgres, startPostgres } from '../lib/postgres.ts';
import type { Bench } from '../lib/report.ts';
import { type LogLine, startServed } from '../lib/served.ts';
import { fleetText, startUpstream } from '../lib/served-fleet.ts';

/** About as much to do for each size but the smallest two: 33 reconciles a second. */
const SIZES = [
  { tenants: 1, intervalMs: 5_000 },
  { tenants: 100, intervalMs: 10_000 },
  { tenants: 1_000, intervalMs: 30_000 },
  { tenants: 10_000, intervalMs: 300_000 },
];
const LATENCY_MS = 5;
const CONCURRENCY = 64;
const WATCH_MS = 30_000;
const SCRAPES = 7;
const SCRAPE_WINDOW_MS = 1_000;

interface Measured {
  readonly tenants: number;
  readonly intervalMs: number;
  readonly readyMs: number;
  readonly lags: readonly number[];
  readonly startRssMiB: number;
  readonly peakRssMiB: number;
  readonly activity: Activity;
  readonly scrape: {
    readonly ms: number;
    readonly bytes: number;
    readonly blockMs: number;
    readonly blockWithoutMs: number;
  };
}

/** One process and one database with more and more tenants, all in sync. */
export const bench: Bench = async () => {
  await using postgres = await startPostgres();
  const all: Measured[] = [];
  for (const size of SIZES) all.push(await measure(postgres, size));
  return [
    {
      title: `One process, ${CONCURRENCY} at a time, an upstream that answers after ${LATENCY_MS} ms, in the second interval`,
      columns: ['tenants', 'interval', 'ready after', 'lag p50', 'p95', 'p99', 'RSS', 'peak', 'loop delay p99', 'max'],
      rows: all.map(({ tenants, intervalMs, readyMs, lags, peakRssMiB, activity: { report } }) => [
        tenants,
        `${intervalMs / 1000} s`,
        `${(readyMs / 1000).toFixed(1)} s`,
        ...[50, 95, 99].map((percent) => `${Math.round(percentile(lags, percent))} ms`),
        `${Math.round(report.rssMiB)} MiB`,
        `${Math.round(peakRssMiB)} MiB`,
        `${report.delay.p99.toFixed(1)} ms`,
        `${report.delay.max.toFixed(0)} ms`,
      ]),
      raw: all,
    },
    {
      title: 'What that asks of the database and the processors, by the second',
      columns: [
        'tenants',
        'reconciles',
        'requests',
        'statements',
        'transactions',
        'connections',
        'CPU service',
        'CPU database',
        'rows of the queue',
      ],
      rows: all.map(({ tenants, lags, activity }) => [
        tenants,
        lags.length / activity.seconds,
        activity.upstreamRequests,
        activity.statements,
        activity.transactions,
        activity.connections,
        `${Math.round(activity.serviceProcessors * 100)} %`,
        `${Math.round(activity.databaseProcessors * 100)} %`,
        ['job', 'scheduler', 'event'].reduce((sum, table) => sum + (activity.rows[table] ?? 0), 0),
      ]),
    },
    {
      title: '`/metrics` of the same processes at work',
      columns: ['tenants', 'size', 'time', 'longest block', 'without a scrape'],
      rows: all.map(({ tenants, scrape }) => [
        tenants,
        `${Math.round(scrape.bytes / 1024)} KiB`,
        `${Math.round(scrape.ms)} ms`,
        `${scrape.blockMs.toFixed(1)} ms`,
        `${scrape.blockWithoutMs.toFixed(1)} ms`,
      ]),
    },
  ];
};

async function measure(
  postgres: Postgres,
  size: { readonly tenants: number; readonly intervalMs: number },
): Promise<Measured> {
  const { tenants, intervalMs } = size;
  const databaseUrl = await postgres.freshUrl();
  await using upstream = await startUpstream(LATENCY_MS);
  const text = fleetText({
    tenants,
    baseUrl: upstream.url,
    sync: { interval: `${intervalMs}ms`, concurrency: CONCURRENCY },
  });
  const lags: number[] = [];
  const startedAt = performance.now();
  const onLine = ({ msg, lagMs }: LogLine) => void (msg === 'reconcile starts' && lags.push(Number(lagMs)));
  await using served = await startServed({ text, databaseUrl, logLevel: 'debug', onLine });
  const { rssMiB: startRssMiB } = await served.report();
  const readyMs = await served.ready();
  // The first interval is the one in which everybody came new; what follows is everyday life.
  await sleep(Math.max(0, 1.2 * intervalMs - (performance.now() - startedAt)));
  lags.length = 0;
  const activity = await watch(
    { served, postgres, databaseUrl, upstream },
    Math.max(WATCH_MS, 4 * Math.min(intervalMs, 5_000)),
  );
  const lagsOfWatch = [...lags];

  await using reader = startReader();
  const url = `${served.url}/metrics`;
  const scrapes: { ms: number; bytes: number; blockMs: number; blockWithoutMs: number }[] = [];
  for (let round = 0; round <= SCRAPES; round += 1) {
    await served.report();
    await sleep(SCRAPE_WINDOW_MS);
    const blockWithoutMs = (await served.report()).delay.max;
    const begunAt = performance.now();
    const bytes = await reader.read(url);
    const ms = performance.now() - begunAt;
    await sleep(Math.max(0, SCRAPE_WINDOW_MS - ms));
    const blockMs = (await served.report()).delay.max;
    if (round > 0) scrapes.push({ ms, bytes, blockMs, blockWithoutMs });
  }
  const of = (name: 'ms' | 'bytes' | 'blockMs' | 'blockWithoutMs') => median(scrapes.map((scrape) => scrape[name]));
  const scrape = { ms: of('ms'), bytes: of('bytes'), blockMs: of('blockMs'), blockWithoutMs: of('blockWithoutMs') };
  return { ...size, readyMs, lags: lagsOfWatch, startRssMiB, peakRssMiB: await served.peakRssMiB(), activity, scrape };
}
