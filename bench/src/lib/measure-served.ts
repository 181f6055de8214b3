import { setTimeout as sleep } from 'node:timers/promises';
import type { Postgres } from './postgres.ts';
import type { ProbeReport, Served } from './served.ts';
import type { StaticServer } from './static-server.ts';

/** What a service and its database did in a while, by the second. */
export interface Activity {
  readonly seconds: number;
  readonly upstreamRequests: number;
  readonly statements: number;
  readonly transactions: number;
  /** Processors in use, 1 = one of them. */
  readonly serviceProcessors: number;
  readonly databaseProcessors: number;
  readonly connections: number;
  readonly report: ProbeReport;
  readonly rows: Readonly<Record<string, number>>;
}

interface Subjects {
  readonly served: Served;
  readonly postgres: Postgres;
  readonly databaseUrl: string;
  readonly upstream: StaticServer;
}

export async function watch({ served, postgres, databaseUrl, upstream }: Subjects, ms: number): Promise<Activity> {
  const loadBefore = await postgres.load(databaseUrl);
  const before = await served.report();
  await upstream.requests();
  const startedAt = performance.now();
  await sleep(ms);
  const seconds = (performance.now() - startedAt) / 1000;
  const report = await served.report();
  const requests = await upstream.requests();
  const load = await postgres.load(databaseUrl);
  return {
    seconds,
    upstreamRequests: requests / seconds,
    statements: (report.statements - before.statements) / seconds,
    transactions: (load.transactions - loadBefore.transactions) / seconds,
    serviceProcessors: (report.cpuSeconds - before.cpuSeconds) / seconds,
    databaseProcessors: (load.processorSeconds - loadBefore.processorSeconds) / seconds,
    connections: load.connections,
    report,
    rows: load.rows,
  };
}

/** The value below which so many percent lie; NaN without values. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? NaN;
}
