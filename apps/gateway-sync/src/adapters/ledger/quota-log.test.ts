import { expect, test } from 'vitest';
import { useDatabase } from '../../../test/support/database.js';

const database = useDatabase();
const reading = (used: number) => ({ month: '2026-11', used, limit: 10_000, percent: used / 100, crossed: [] });

test('the newest reading of a tenant is given back whole', async () => {
  const { quota } = await database.open();
  const full = { month: '2026-11', used: 8_500, limit: 10_000, percent: 85.00000000000001, crossed: [70, 85] };
  expect(await quota.last('acme')).toBeUndefined();
  await quota.add('acme', full, 2_000);
  await quota.add('acme', { month: '2026-10', used: 1, crossed: [] }, 1_000);
  await quota.add('beta', { month: '2026-11', used: 7, crossed: [] }, 9_000);
  expect(await quota.last('acme')).toEqual({ usage: full, at: 2_000 });
  expect(await quota.last('beta')).toEqual({ usage: { month: '2026-11', used: 7, crossed: [] }, at: 9_000 });
});

test('two readings of one moment are one', async () => {
  const { quota } = await database.open();
  await quota.add('same', { month: '2026-11', used: 1, limit: 10, percent: 10, crossed: [] }, 5);
  await quota.add('same', { month: '2026-11', used: 2, crossed: [] }, 5);
  expect(await quota.last('same')).toEqual({ usage: { month: '2026-11', used: 2, crossed: [] }, at: 5 });
});

test('the readings since a time come in their order, that time included, and of no other tenant', async () => {
  const { quota } = await database.open();
  for (const at of [3_000, 1_000, 2_000]) await quota.add('since', reading(at), at);
  await quota.add('another', reading(1), 2_500);
  expect(await quota.since('since', 2_000)).toEqual([
    { usage: reading(2_000), at: 2_000 },
    { usage: reading(3_000), at: 3_000 },
  ]);
  expect(await quota.since('since', 3_001)).toEqual([]);
});
