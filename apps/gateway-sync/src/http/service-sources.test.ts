import { expect, test } from 'vitest';
import { PlainSources, statusOf } from '../../test/support/http-api.js';
import { fill, recordOf } from '../../test/support/http-api-values.js';
import { MemoryStore } from '../../test/support/memory-store.js';
import { MemoryQuotaLog } from '../adapters/memory-quota-log.js';
import type { Pause } from '../core/pause.js';
import { serviceSources } from './service-sources.js';

function sourcesWith(store?: MemoryStore) {
  const plain = new PlainSources();
  const memory = new MemoryQuotaLog();
  fill(plain);
  const pauses: (readonly [string, Pause | undefined])[] = [];
  const fleet = {
    statuses: () => plain.statuses(),
    status: (tenant: string) => plain.status(tenant),
    quotaPolicy: (tenant: string) => plain.quotaPolicy(tenant),
    report: (tenant: string) => plain.report(tenant),
    sync: (tenant: string) => plain.sync(tenant),
    pause: async (tenant: string, pause: Pause) => {
      const before = pauses.findLast(([paused]) => paused === tenant)?.[1];
      pauses.push([tenant, pause]);
      return before;
    },
    resume: async (tenant: string) => pauses.push([tenant, undefined]) > 0,
  };
  const read: string[] = [];
  const parts = {
    fleet,
    quotaLog: store?.quota ?? memory,
    readQuota: async (tenant: string) => void read.push(tenant),
    clock: { now: () => 7 },
    reload: () => plain.reload(),
    ...(store && { store }),
  };
  return { sources: serviceSources(parts), plain, pauses, memory, read };
}

test('without a ledger there is no history, and the readings are those of the process', async () => {
  const { sources, memory } = sourcesWith();
  expect(await sources.history('acme', { limit: 5 })).toBeUndefined();
  await memory.add('acme', { month: '2026-11', used: 1, crossed: [] }, 5);
  expect(await sources.readings('acme', 0)).toEqual([{ usage: { month: '2026-11', used: 1, crossed: [] }, at: 5 }]);
});

test('with a ledger both are those of the one tenant', async () => {
  const store = new MemoryStore();
  const reading = { month: '2026-11', used: 1, crossed: [] };
  await store.quota.add('acme', reading, 5);
  await store.quota.add('beta', reading, 6);
  const { changes: _, ...entry } = { ...recordOf(1), changes: [] };
  await store.ledger.commit('acme', { put: [], forget: [] }, { ...entry, changes: [recordOf(1).change] });
  await store.ledger.commit(
    'beta',
    { put: [], forget: [] },
    { ...entry, tenant: 'beta', changes: [recordOf(1).change] },
  );
  const { sources } = sourcesWith(store);
  expect(await sources.readings('acme', 0)).toEqual([{ usage: reading, at: 5 }]);
  expect(await sources.readings('acme', 6)).toEqual([]);
  expect(await sources.history('acme', { limit: 5 })).toEqual([expect.objectContaining({ tenant: 'acme' })]);
});

test('a pause says when, by whom and why, and is what the fleet gets', async () => {
  const { sources, pauses } = sourcesWith();
  const { pause, replaced } = await sources.pause('acme', 'API (::1)', 'moving');
  await sources.pause('beta', 'API (::1)', undefined);
  await sources.resume('acme');
  expect([pause, replaced]).toEqual([{ at: 7, by: 'API (::1)', reason: 'moving' }, undefined]);
  expect(pauses).toEqual([
    ['acme', pause],
    ['beta', { at: 7, by: 'API (::1)' }],
    ['acme', undefined],
  ]);
});

test('who asks for a run gets the statistics read as well, unless nobody looks after the tenant', async () => {
  const { sources, plain, read } = sourcesWith();
  await sources.sync('acme');
  await sources.resume('beta');
  expect(read).toEqual(['acme', 'beta']);
  plain.isRun = false;
  expect(await sources.sync('acme')).toBe(false);
  expect(read).toEqual(['acme', 'beta']);
});

test('everything else is what the fleet says and does', async () => {
  const { sources, plain } = sourcesWith();
  plain.put(statusOf('delta'));
  expect(sources.statuses()).toEqual(plain.statuses());
  expect(sources.status('delta')).toEqual(statusOf('delta'));
  expect(await sources.report('acme')).toEqual(await plain.report('acme'));
  await sources.sync('acme');
  expect(await sources.reload()).toEqual(plain.reloading);
  expect(plain.asked).toEqual([['sync', 'acme'], ['reload']]);
});
