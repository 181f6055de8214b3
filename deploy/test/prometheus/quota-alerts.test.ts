import { expect, it } from 'vitest';
import { Prometheus, SOON } from '../support/prometheus.ts';
import { TENANTS, World } from '../support/world.ts';

const DAY = 24;

/** Ten days into the next month, whatever today is. */
function tenDaysIn(): number {
  const today = new Date();
  return Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1, 11);
}

const month = (at: number) => new Date(at).toISOString().slice(0, 7);

it('alerts fire one after the other as a tenant uses its month up, and clear when the month passes', async () => {
  const world = await World.start({ startAt: tenDaysIn(), used: 2_900 });
  const prometheus = await Prometheus.start(world.url);
  const began = month(world.now);
  /** Until the service has read the statistics of all tenants again. */
  const later = async (hours: number, used: Readonly<Record<string, number>>) => {
    const from = world.now / 1000;
    await world.pass(hours, used);
    const observed = 'min(gateway_sync_quota_observed_timestamp_seconds)';
    await world.until(async () => ((await prometheus.value(observed)) ?? 0) > from, 'read again');
  };
  const firing = () => prometheus.firing();

  // 10,000 events at 290 a day last for longer than a month.
  await later(7, { acme: 2_985 });
  await prometheus.settled();
  expect(await firing()).toEqual([]);
  expect(await prometheus.value('gateway_sync_quota_exhaustion_timestamp_seconds{tenant="acme"}')).toBe(Infinity);

  // At 700 a day they do not, whether one looks at the last days or at all of the month.
  await later(3 * DAY - 7, { acme: 5_000 });
  await expect.poll(firing, SOON).toEqual(['QuotaExhaustion acme']);

  await later(3 * DAY, { acme: 7_100 });
  await expect.poll(firing, SOON).toEqual(['QuotaExhaustion acme', 'QuotaUsed70 acme']);

  await later(3 * DAY, { acme: 9_200 });
  const late = ['QuotaExhaustion acme', 'QuotaExhaustion72h acme'];
  await expect.poll(firing, SOON).toEqual([...late, 'QuotaUsed70 acme', 'QuotaUsed90 acme']);

  await later(2 * DAY, { acme: 10_000 });
  await expect.poll(firing, SOON).toEqual([...late, 'QuotaUsed100 acme', 'QuotaUsed70 acme', 'QuotaUsed90 acme']);

  await later(14 * DAY, Object.fromEntries(TENANTS.map((tenant) => [tenant, 20])));
  expect(month(world.now)).not.toBe(began);
  await expect.poll(firing, SOON).toEqual([]);
  expect(await prometheus.value('gateway_sync_quota_used_events{tenant="acme"}')).toBe(20);
});
