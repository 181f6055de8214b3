import { createGatewayFactory } from 'gateway-sync/dist/adapters/emporix/index.js';
import { planTenant } from 'gateway-sync/dist/core/plan-tenant.js';
import { catalogue, fleetFile } from '../lib/fleet.ts';
import { inTurn, median } from '../lib/measure.ts';
import type { Bench } from '../lib/report.ts';
import { startStaticServer } from '../lib/static-server.ts';

const TIMES = 2_000;

/** One plan of one tenant, in memory. */
export const bench: Bench = async ({ runs }) => {
  const { body, routes } = await catalogue();
  await using server = await startStaticServer(routes);
  const file = fleetFile(server.url, 1);
  const [tenant] = file.tenants;
  if (!tenant) throw new Error('the file has no tenant');
  const gateway = createGatewayFactory(file, { userAgent: 'bench' }).for(tenant);
  const inSync = await gateway.listSubscriptions(new AbortController().signal);
  const fresh = { subscriptions: inSync.subscriptions.map((row) => ({ ...row, state: 'NONE' as const })) };
  const { instance } = tenant;

  const results = await inTurn(
    {
      'JSON.parse of the answer': times(() => JSON.parse(body)),
      'plan, nothing to do': times(() => planTenant(tenant, inSync, { instance })),
      'plan, all to subscribe': times(() => planTenant(tenant, fresh, { instance })),
    },
    runs,
  );
  return [
    {
      title: `Planning a catalogue of ${inSync.subscriptions.length} event types`,
      columns: ['what', 'µs', 'ratio'],
      rows: Object.entries(results).map(([name, values]) => [
        name,
        median(values),
        `${(median(values) / median(results['JSON.parse of the answer'])).toFixed(2)} ×`,
      ]),
      raw: results,
    },
  ];
};

/** Microseconds that `work` takes. */
function times(work: () => unknown): () => Promise<number> {
  return async () => {
    const start = performance.now();
    for (let index = 0; index < TIMES; index += 1) work();
    return ((performance.now() - start) * 1000) / TIMES;
  };
}
