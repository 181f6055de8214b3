import { expect, test } from 'vitest';
import { judgeReading, type ReadingFacts } from './judge-reading.js';

const HOUR = 3_600_000;
const from = Date.UTC(2026, 10, 1);
const now = Date.UTC(2026, 10, 10);
const known = { month: '2026-11', used: 500, limit: 1000, percent: 50, crossed: [] };
const none = { ...known, used: 0, percent: 0 };
const facts: ReadingFacts = { now, month: '2026-11', from, warnAt: [40, 70] };
const statistics = (months: Readonly<Record<string, number>>, limit = 1000) => ({
  limit,
  months: Object.entries(months).map(([month, sent]) => ({ month, sent })),
});
const doubted = (shown: number, hoursAgo: number) =>
  ({ reason: 'incomplete', message: '', since: now - hoursAgo * HOUR, shown }) as const;

test.each<[string, Readonly<Record<string, number>>, Partial<ReadingFacts>, number | 'incomplete']>([
  ['a count, the first reading', { '2026-11': 7 }, {}, 7],
  ['a count that has grown', { '2026-11': 501 }, { known }, 501],
  ['a count that fell', { '2026-11': 499 }, { known }, 'incomplete'],
  ['a count that fell and holds', { '2026-11': 499 }, { known, unknown: doubted(499, 3) }, 499],
  ['a count that fell further', { '2026-11': 300 }, { known, unknown: doubted(499, 3) }, 'incomplete'],
  ['a count that fell in the month before', { '2026-11': 3 }, { known: { ...known, month: '2026-10' } }, 3],
  ['a row that vanished', {}, { known }, 'incomplete'],
  ['a row that vanished for three hours', {}, { known, unknown: doubted(0, 3) }, 'incomplete'],
  ['a row that vanished for a day', {}, { known, unknown: doubted(0, 24) }, 0],
  ['no row where there never was one', {}, { known: { ...known, used: 0 } }, 0],
  ['no row on the first day', { '2026-10': 900 }, { now: from + 23 * HOUR }, 0],
  ['no row later, after a month with events', { '2026-10': 900 }, {}, 'incomplete'],
  ['no row later, after a month without', {}, {}, 0],
  [
    'no row later, after none on the first day',
    { '2026-10': 900 },
    { known: none, knownAt: from + 23 * HOUR },
    'incomplete',
  ],
  [
    'no row later, after that held for a day',
    { '2026-10': 900 },
    { known: none, knownAt: from, unknown: doubted(0, 24) },
    0,
  ],
  ['no row, after none was believed later', { '2026-10': 900 }, { known: none, knownAt: now - HOUR }, 0],
  [
    'no row later, and a doubt of the month before',
    { '2026-10': 900 },
    { now: from + 25 * HOUR, unknown: { ...doubted(0, 0), since: from - HOUR } },
    'incomplete',
  ],
])('%s', (_, months, more, expected) => {
  const { usage, unknown } = judgeReading(statistics(months), { ...facts, ...more });
  expect(usage?.used ?? unknown?.reason).toBe(expected);
});

test('a threshold stays crossed after a correction, and counts anew with another limit', () => {
  const crossed = { ...known, used: 300, crossed: [40] };
  expect(judgeReading(statistics({ '2026-11': 300 }), { ...facts, known: crossed }).usage?.crossed).toEqual([40]);
  expect(judgeReading(statistics({ '2026-11': 300 }, 2000), { ...facts, known: crossed }).usage).toMatchObject({
    percent: 15,
    crossed: [],
  });
});

test('what the statistics do not count is unknown, however large the count', () => {
  const counting = { provider: 'HTTP', since: 0, month: '2026-11', count: 7 } as const;
  expect(judgeReading(statistics({ '2026-11': 7 }), { ...facts, counting }).unknown).toMatchObject({
    reason: 'not-counted',
    since: now,
  });
});
