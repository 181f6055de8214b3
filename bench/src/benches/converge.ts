import { createEmulator } from '@gateway-sync/emulator';
import { median } from '../lib/measure.ts';
import { type Postgres, startPostgres } from '../lib/postgres.ts';
import type { Bench } from '../lib/report.ts';
import { startServed } from '../lib/served.ts';
import { fleetText } from '../lib/served-fleet.ts';

const TENANTS = 200;
const CONCURRENCIES = [1, 4, 16, 64];
/** About what a real API takes; without it the emulator's own work is all that is measured. */
const LATENCY_MS = 50;
/** Reads, the write, the verifying read. */
const MINIMUM = { requestToken: 1, listSubscriptions: 2, updateSubscriptions: 1 };

interface Measured {
  readonly wallMs: number;
  readonly calls: Readonly<Record<string, number>>;
}

/** Tenants with nothing of what the file says, brought in line with it. */
export const bench: Bench = async ({ runs }) => {
  await using postgres = await startPostgres();
  const results = new Map<number, Measured[]>(CONCURRENCIES.map((concurrency) => [concurrency, []]));
  for (let round = 0; round < Math.min(runs, 3); round += 1) {
    for (const concurrency of CONCURRENCIES) results.get(concurrency)?.push(await measure(postgres, concurrency));
  }
  const wallMs = (concurrency: number) => median((results.get(concurrency) ?? []).map((result) => result.wallMs));
  const [slowest = 1] = CONCURRENCIES;
  return [
    {
      title: `${TENANTS} tenants from nothing, an emulator that answers after ${LATENCY_MS} ms`,
      columns: ['sync.concurrency', 'time', 'ratio', 'tenants a second'],
      rows: CONCURRENCIES.map((concurrency) => [
        concurrency,
        `${(wallMs(concurrency) / 1000).toFixed(1)} s`,
        `${(wallMs(slowest) / wallMs(concurrency)).toFixed(1)} ×`,
        (TENANTS * 1000) / wallMs(concurrency),
      ]),
      raw: Object.fromEntries(results),
    },
    {
      title: 'Calls of each tenant on the way',
      columns: ['call', 'measured', 'least'],
      rows: Object.entries(MINIMUM).map(([operation, least]) => {
        const counts = [...results.values()].flat().map(({ calls }) => (calls[operation] ?? 0) / TENANTS);
        return [operation, [...new Set(counts)].join(', '), least];
      }),
    },
  ];
};

async function measure(postgres: Postgres, concurrency: number): Promise<Measured> {
  const databaseUrl = await postgres.freshUrl();
  const emulator = createEmulator({ seed: 'bench', autoCreateTenants: true });
  emulator.addFault({ kind: 'latency', ms: LATENCY_MS, times: 'always' });
  const server = await emulator.listen({ port: 0 });
  try {
    const text = fleetText({ tenants: TENANTS, baseUrl: server.url, sync: { interval: '1h', concurrency } });
    await using served = await startServed({ text, databaseUrl });
    await served.ready();
    const made = emulator.requests().filter(({ operationId }) => operationId !== 'getStatistics');
    const startedAt = Math.min(...made.map((request) => request.startedAt));
    const endedAt = Math.max(...made.map(({ at }) => at));
    return { wallMs: endedAt - startedAt, calls: emulator.counts() };
  } finally {
    await server.close();
  }
}
