import { expect, test } from 'vitest';
import { quotaUsage } from './quota.js';

test('usage is read from the row of the month, with the thresholds it reached', () => {
  const months = [
    { month: '2026-10', sent: 9999 },
    { month: '2026-11', sent: 8500 },
  ];
  expect(quotaUsage({ limit: 10_000, months }, '2026-11', [95, 85, 70])).toEqual({
    month: '2026-11',
    used: 8500,
    limit: 10_000,
    percent: 85,
    crossed: [70, 85],
  });
});

test('a month without a row is a month without events', () => {
  expect(quotaUsage({ limit: 5000, months: [{ month: '2026-10', sent: 10 }] }, '2026-11', [70])).toEqual({
    month: '2026-11',
    used: 0,
    limit: 5000,
    percent: 0,
    crossed: [],
  });
});

test.each([undefined, 0])('with the limit %s there is no share of it', (limit) => {
  const statistics = { ...(limit !== undefined && { limit }), months: [{ month: '2026-11', sent: 7 }] };
  expect(quotaUsage(statistics, '2026-11', [70])).toEqual({
    month: '2026-11',
    used: 7,
    ...(limit !== undefined && { limit }),
    crossed: [],
  });
});
