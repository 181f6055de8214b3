import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dashboards } from '../../src/dashboards.ts';
import { Prometheus, SOON } from '../support/prometheus.ts';
import { queriesOf } from '../support/queries.ts';
import { World } from '../support/world.ts';

describe('a Prometheus that scrapes a service with three tenants', () => {
  it('hears nothing while all is well, and no service when there is none', async () => {
    const world = await World.start();
    const prometheus = await Prometheus.start(world.url);
    await prometheus.settled();
    expect(await prometheus.firing()).toEqual([]);
    expect(await prometheus.value('gateway_sync_tenants{state="in_sync"}')).toBe(3);
    world.child.kill('SIGSTOP');
    await expect.poll(() => prometheus.firing(), SOON).toEqual(['Absent']);
    world.child.kill('SIGCONT');
    await expect.poll(() => prometheus.firing(), SOON).toEqual([]);
  });

  it('is told of a tenant that is refused, and of a fleet of which that is a third', async () => {
    const world = await World.start();
    const prometheus = await Prometheus.start(world.url);
    world.emulator.addFault({
      kind: 'status',
      status: 429,
      times: 'always',
      match: { tenant: 'gamma', operationId: 'listSubscriptions' },
    });
    await expect
      .poll(() => prometheus.firing(), SOON)
      .toEqual(['FleetStale', 'TenantStale gamma', 'UpstreamThrottled']);
    world.emulator.clearFaults();
    await expect.poll(() => prometheus.firing(), SOON).toEqual([]);
  });

  it('is told of a plan that a guard withholds, and of a file that cannot be taken up', async () => {
    const world = await World.start();
    const prometheus = await Prometheus.start(world.url);
    await world.write({ ofBeta: ['product.created'] });
    await expect.poll(() => prometheus.firing(), SOON).toEqual(['FleetStale', 'PlanBlocked beta', 'TenantStale beta']);
    await world.write({ mistake: true });
    await expect
      .poll(() => prometheus.firing(), SOON)
      .toEqual(['FleetStale', 'PlanBlocked beta', 'ReloadFailed', 'TenantStale beta']);
    await world.write({});
    await expect.poll(() => prometheus.firing(), SOON).toEqual([]);
  });

  it('is told of statistics that could not be read', async () => {
    const world = await World.start();
    const prometheus = await Prometheus.start(world.url);
    const match = { tenant: 'beta', operationId: 'getStatistics' };
    world.emulator.addFault({ kind: 'status', status: 403, times: 'always', match });
    for (const hours of [4, 4]) await world.pass(hours);
    await expect.poll(() => prometheus.firing(), SOON).toEqual(['QuotaReadingOld beta']);
    world.emulator.clearFaults();
    await world.pass(6);
    await expect.poll(() => prometheus.firing(), SOON).toEqual([]);
  });

  it('understands OpenMetrics, where counters are counters, and every query of the dashboards', async () => {
    const world = await World.start();
    const prometheus = await Prometheus.start(world.url);
    expect(await world.metrics('application/openmetrics-text')).toMatch(/# EOF\n$/);
    expect(await prometheus.typeOf('gateway_sync_reconciles_total')).toBeUndefined();
    expect(await prometheus.typeOf('gateway_sync_reconciles')).toBe('counter');
    await world.write({ ofBeta: ['order.*', 'product.*'] });
    const changes = 'sum(increase(gateway_sync_actions_total[30s]))';
    await world.until(async () => ((await prometheus.value(changes)) ?? 0) > 0, 'a change');
    for (const name of Object.keys(dashboards())) {
      const text = readFileSync(new URL(`../../grafana/${name}.json`, import.meta.url), 'utf8');
      const answers = await Promise.all(
        queriesOf(JSON.parse(text)).map(async (expr) => [expr, (await prometheus.query(chosen(expr))).length] as const),
      );
      expect(answers.length).toBeGreaterThan(5);
      // Nothing was throttled, and nobody runs out of events; all else has something to show.
      const empty = answers.filter(([expr, count]) => count === 0 && !expr.includes('< +Inf'));
      expect(empty).toEqual([]);
    }
  });
});

/** As somebody would see it who looks at one tenant. */
function chosen(expr: string): string {
  return expr
    .replaceAll('$__rate_interval', '30s')
    .replaceAll('$job', 'gateway-sync')
    .replaceAll('$instance', '.*')
    .replaceAll('$tenant', 'acme');
}
