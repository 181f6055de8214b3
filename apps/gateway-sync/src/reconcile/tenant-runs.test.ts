import { pino } from 'pino';
import { expect, it } from 'vitest';
import { ManualSchedule } from '../../test/support/manual-schedule.js';
import { ModelServer } from '../../test/support/model-server.js';
import { entry, row, tenant } from '../../test/support/values.js';
import { MemoryRecords } from '../adapters/memory-records.js';
import { Metrics } from '../metrics/metrics.js';
import { TenantRuns } from './tenant-runs.js';

/** A run of one tenant, and what the process learns from it. */
async function ran(records: MemoryRecords): Promise<readonly object[]> {
  const learnt: object[] = [];
  const runs = new TenantRuns(
    {
      schedule: new ManualSchedule(),
      records,
      metrics: new Metrics({ version: '0', revision: '0' }, { now: () => 0 }),
      logger: pino({ level: 'silent' }),
      clock: { now: () => 0 },
      random: () => 0.5,
      newId: () => 'r-1',
      actor: 'host:1',
    },
    {
      inForce: async () => ({
        entry: {
          desired: tenant({ tenant: 'acme', subscriptions: [entry('a.x')] }),
          gateway: new ModelServer([row('a.x')]),
          hash: 'h',
        },
        generation: 1,
      }),
      cadence: () => ({ intervalMs: 1, maxIntervalMs: 1, jitter: 0 }),
      known: () => ({ marks: {} }),
      learn: (_, { record }) => learnt.push(record ?? {}),
    },
  );
  await runs.run({ tenant: 'acme', dueAt: 0, trigger: 'interval', signal: new AbortController().signal });
  return learnt;
}

it('the memory of a tenant is on record and nowhere else, paused or not', async () => {
  const records = new MemoryRecords();
  const [afterRun] = await ran(records);
  expect((await records.read('acme')).record?.memory.seen).toHaveLength(1);
  expect(afterRun).toMatchObject({ tenant: 'acme', state: 'in_sync' });
  expect(afterRun).not.toHaveProperty('memory');

  await records.pause('acme', { at: 0, by: 'somebody' });
  const [whilePaused] = await ran(records);
  expect(whilePaused).toMatchObject({ tenant: 'acme', state: 'in_sync' });
  expect(whilePaused).not.toHaveProperty('memory');
});
