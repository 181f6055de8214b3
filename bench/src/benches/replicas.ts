import { setTimeout as sleep } from 'node:timers/promises';
import { median } from '../lib/measure.ts';
import { processorSeconds } from '../lib/processes.ts';
import { type Postgres, startPostgres } from '../lib/postgres.ts';
import type { Bench } from '../lib/report.ts';
import { type Served, startServed } from '../lib/served.ts';
import { fleetText, startUpstream } from '../lib/served-fleet.ts';

const COUNTS = [1, 2, 3];
const LATENCY_MS = 100;
/** So few that waiting for the upstream is what limits, and not the processors of this machine. */
const CONCURRENCY = 2;
/** More than three replicas can do: every tenant is due again after a second. */
const TENANTS = 200;
const INTERVAL = '1s';
const SETTLE_MS = 3_000;
const WATCH_MS = 15_000;

interface Measured {
  readonly perSecond: number;
  readonly processors: number;
}

/** Several processes on one database, where the upstream takes most of the time. */
export const bench: Bench = async ({ runs }) => {
  await using postgres = await startPostgres();
  const results = new Map<number, Measured[]>(COUNTS.map((count) => [count, []]));
  for (let round = 0; round < Math.min(runs, 3); round += 1) {
    for (const count of COUNTS) results.get(count)?.push(await measure(postgres, count));
  }
  const perSecond = (count: number) => median((results.get(count) ?? []).map((result) => result.perSecond));
  const processors = (count: number) => median((results.get(count) ?? []).map((result) => result.processors));
  return [
    {
      title: `Reconciles a second of replicas with ${CONCURRENCY} at a time each, an upstream that answers after ${LATENCY_MS} ms, more due than they can do`,
      columns: ['replicas', 'reconciles a second', 'ratio', 'CPU of all and the database'],
      rows: COUNTS.map((count) => [
        count,
        perSecond(count),
        `${(perSecond(count) / perSecond(1)).toFixed(2)} ×`,
        `${Math.round(processors(count) * 100)} %`,
      ]),
      raw: Object.fromEntries(results),
    },
  ];
};

async function measure(postgres: Postgres, count: number): Promise<Measured> {
  const databaseUrl = await postgres.freshUrl();
  await using upstream = await startUpstream(LATENCY_MS);
  const text = fleetText({
    tenants: TENANTS,
    baseUrl: upstream.url,
    sync: { interval: INTERVAL, concurrency: CONCURRENCY },
  });
  await using replicas = new AsyncDisposableStack();
  const served: Served[] = [];
  for (let started = 0; started < count; started += 1) {
    served.push(replicas.use(await startServed({ text, databaseUrl })));
  }
  await Promise.all(served.map((one) => one.ready()));
  await sleep(SETTLE_MS);
  const before = await standing(served, postgres, databaseUrl);
  const startedAt = performance.now();
  await sleep(WATCH_MS);
  const after = await standing(served, postgres, databaseUrl);
  const seconds = (performance.now() - startedAt) / 1000;
  return {
    perSecond: (after.reconciles - before.reconciles) / seconds,
    processors: (after.processorSeconds - before.processorSeconds) / seconds,
  };
}

async function standing(served: readonly Served[], postgres: Postgres, databaseUrl: string) {
  const reconciles = await Promise.all(served.map(reconcilesOf));
  const used = await Promise.all(served.map(({ pid }) => processorSeconds(pid)));
  const { processorSeconds: ofDatabase } = await postgres.load(databaseUrl);
  return { reconciles: sum(reconciles), processorSeconds: sum(used) + ofDatabase };
}

async function reconcilesOf({ url }: Served): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return sum([...text.matchAll(/^gateway_sync_reconciles_total\{.*\} (\d+)$/gm)].map(([, value]) => Number(value)));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
