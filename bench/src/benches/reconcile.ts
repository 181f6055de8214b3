import { operations } from '@gateway-sync/api';
import { createGatewayFactory } from 'gateway-sync/dist/adapters/emporix/index.js';
import { reconcile } from 'gateway-sync/dist/core/reconcile.js';
import { request } from 'undici';
import { catalogue, fleetFile } from '../lib/fleet.ts';
import { inTurn, median, throughput } from '../lib/measure.ts';
import type { Bench } from '../lib/report.ts';
import { startStaticServer } from '../lib/static-server.ts';

const TENANTS = 200;
const IN_FLIGHT = [1, 16];
const MS = 1_500;

/** Reconciles that find nothing to do, beside a loop that makes the same reads and parses them. */
export const bench: Bench = async ({ runs }) => {
  const { body, routes } = await catalogue();
  await using server = await startStaticServer(routes);
  const file = fleetFile(server.url, TENANTS);
  const factory = createGatewayFactory(file, { userAgent: 'bench' });
  const fleet = file.tenants.map((desired) => ({ desired, gateway: factory.for(desired) }));
  const { signal } = new AbortController();
  const clock = { now: Date.now };
  const { path } = operations.listSubscriptions;
  const headers = { accept: 'application/json', authorization: 'Bearer token' };
  const read = (index: number) =>
    request(`${server.url}${path.replace('{tenant}', `shop${index % TENANTS}`)}`, { headers });

  const candidates = {
    'undici.request, read': async (index: number) => (await read(index)).body.bytes(),
    'undici.request, parsed': async (index: number) => (await read(index)).body.json(),
    'reconcile, nothing to do': async (index: number) => {
      const { desired, gateway } = at(fleet, index);
      const options = { signal, reconcileId: String(index), trigger: 'interval', actor: 'bench' } as const;
      const { outcome, plan } = await reconcile(desired, { gateway, clock }, options);
      if (outcome !== 'in-sync' || plan?.problems.length !== 0) throw new Error(`not in sync: ${outcome}`);
    },
  };
  const raw: Record<string, Record<string, number[]>> = {};
  const rows: (string | number)[][] = [];
  for (const inFlight of IN_FLIGHT) {
    const measures = Object.entries(candidates).map(
      ([name, work]) => [name, () => throughput(work, { inFlight, ms: MS })] as const,
    );
    const results = await inTurn(Object.fromEntries(measures), runs);
    raw[inFlight] = results;
    const base = median(results['undici.request, parsed'] ?? []);
    for (const [name, values] of Object.entries(results)) {
      rows.push([inFlight, name, Math.round(median(values)), `${(median(values) / base).toFixed(2)} ×`]);
    }
  }
  const kilobytes = Math.round(Buffer.byteLength(body) / 1024);
  return [
    {
      title: `Reconciles a second of ${TENANTS} tenants in sync, subscriptions of ${kilobytes} KiB, beside a bare loop`,
      columns: ['in flight', 'what', 'a second', 'ratio'],
      rows,
      raw,
    },
  ];
};

function at<Item>(items: readonly Item[], index: number): Item {
  // oxlint-disable-next-line no-unsafe-type-assertion -- the remainder is an index of the list
  return items[index % items.length] as Item;
}
