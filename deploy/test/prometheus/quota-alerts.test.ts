import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
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

it('a notification that its receiver has no use for is an alert for half a day', async () => {
  const world = await World.start({ startAt: tenDaysIn(), used: 2_900, receiver: await goneReceiver() });
  const prometheus = await Prometheus.start(world.url);
  await prometheus.settled();
  expect(await prometheus.firing()).toEqual([]);
  await world.pass(7, { acme: 7_100 });
  await expect.poll(() => prometheus.firing(), SOON).toContain('NotificationGivenUp');
  await world.pass(13);
  // Half a day is 48 seconds here.
  await expect.poll(() => prometheus.firing(), { ...SOON, timeout: 80_000 }).not.toContain('NotificationGivenUp');
});

/** Where a receiver was once, as it says itself. */
async function goneReceiver(): Promise<string> {
  const server = createServer((_, response) => response.writeHead(410).end());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo; // listening on TCP
  return `http://127.0.0.1:${port}/hooks`;
}
