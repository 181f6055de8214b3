import { expect, test } from 'vitest';
import { quotaUsage } from '../core/quota.js';
import { MemoryQuotaLog } from './memory-quota-log.js';

const HOUR = 3_600_000;
const usage = (sent: number, month = '2026-11') => quotaUsage({ limit: 100, months: [{ month, sent }] }, month, [70]);

test('a reading comes back as it was, by its time whenever it was added', async () => {
  const log = new MemoryQuotaLog();
  await log.add('acme', usage(72), 7 * HOUR);
  await log.add('acme', usage(10), 0);
  expect(await log.since('acme', 0)).toEqual([
    { usage: usage(10), at: 0 },
    { usage: usage(72), at: 7 * HOUR },
  ]);
  expect(await log.last('acme')).toEqual({ usage: usage(72), at: 7 * HOUR });
  expect(await log.since('acme', 1)).toHaveLength(1);
  expect([await log.last('beta'), await log.since('beta', 0)]).toEqual([undefined, []]);
});

test('the same time twice is one reading', async () => {
  const log = new MemoryQuotaLog();
  await log.add('acme', usage(1), 5);
  await log.add('acme', usage(2), 5);
  expect(await log.since('acme', 0)).toEqual([{ usage: usage(2), at: 5 }]);
});

test('however often it is read, the newest and a week of readings six hours apart are what is kept', async () => {
  const log = new MemoryQuotaLog();
  const last = 20 * 24 * 12;
  for (let index = 0; index <= last; index++) await log.add('acme', usage(index), index * 5 * 60_000);
  const kept = await log.since('acme', 0);
  expect(kept).toHaveLength(32);
  expect(kept.at(-1)?.usage.used).toBe(last);
  const gaps = kept.slice(1, -1).map(({ at }, index) => at - (kept[index]?.at ?? 0));
  expect(new Set(gaps)).toEqual(new Set([6 * HOUR]));
});

test('the last moment of a month is kept, also when it is known only later', async () => {
  const log = new MemoryQuotaLog();
  await log.add('acme', usage(90, '2026-10'), 0);
  await log.add('acme', usage(1), 4 * HOUR);
  await log.add('acme', usage(95, '2026-10'), 3 * HOUR - 1);
  await log.add('acme', usage(7), 10 * HOUR);
  await log.add('acme', usage(8), 11 * HOUR);
  const kept = await log.since('acme', 0);
  expect(kept.map(({ usage: { month, used } }) => `${month} ${used}`)).toEqual([
    '2026-10 90',
    '2026-10 95',
    '2026-11 7',
    '2026-11 8',
  ]);
});

test('tenants that are no longer there take no room', async () => {
  const log = new MemoryQuotaLog();
  for (const tenant of ['acme', 'beta']) await log.add(tenant, usage(1), 0);
  log.keep(new Set(['beta']));
  expect([await log.last('acme'), (await log.last('beta'))?.at]).toEqual([undefined, 0]);
});
