import { expect, it } from 'vitest';
import { Prometheus, SOON } from '../support/prometheus.ts';
import { World } from '../support/world.ts';

const DAY = 24;

/** The tenth of next month, whatever today is: a third of a month to look back on, and two to come. */
function tenth(): number {
  const today = new Date();
  return Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1, 11);
}

it('alerts fire one after the other as a tenant uses its month up, and clear when the month passes', async () => {
  const world = await World.start({ startAt: tenth() });
  const prometheus = await Prometheus.start(world.url);
  /** Until the service has read the statistics again. */
  const later = async (hours: number, used?: number) => {
    const from = world.now / 1000;
    if (used !== undefined) await world.use('acme', used);
    await world.pass(hours);
    const observed = 'min(gateway_sync_quota_observed_timestamp_seconds)';
    await world.until(async () => ((await prometheus.value(observed)) ?? 0) > from, 'read again');
  };

  // 1,000 of 10,000 in a third of the month.
  await later(7);
  await expect.poll(() => prometheus.firing(), SOON).toEqual([]);
  expect(await prometheus.value('gateway_sync_quota_exhaustion_timestamp_seconds{tenant="acme"}')).toBe(Infinity);

  // More than a third of the limit in a third of the month.
  await later(7, 4_500);
  await expect.poll(() => prometheus.firing(), SOON).toEqual(['QuotaExhaustion acme']);

  await later(7, 7_100);
  await expect.poll(() => prometheus.firing(), SOON).toEqual(['QuotaExhaustion acme', 'QuotaUsed70 acme']);

  await later(7, 9_100);
  await expect
    .poll(() => prometheus.firing(), SOON)
    .toEqual(['QuotaExhaustion acme', 'QuotaExhaustion72h acme', 'QuotaUsed70 acme', 'QuotaUsed90 acme']);

  await later(7, 10_000);
  await expect
    .poll(() => prometheus.firing(), SOON)
    .toEqual([
      'QuotaExhaustion acme',
      'QuotaExhaustion72h acme',
      'QuotaUsed100 acme',
      'QuotaUsed70 acme',
      'QuotaUsed90 acme',
    ]);

  await later(21 * DAY);
  expect(new Date(world.now).getUTCDate()).toBeLessThan(5);
  await expect.poll(() => prometheus.firing(), SOON).toEqual([]);
  expect(await prometheus.value('gateway_sync_quota_used_events{tenant="acme"}')).toBe(0);
});
