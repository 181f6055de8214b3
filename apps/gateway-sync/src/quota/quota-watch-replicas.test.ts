import { pino } from 'pino';
import { expect, it, vi } from 'vitest';
import { useDatabase } from '../../test/support/database.js';
import { LATER, pace, useReplicas } from '../../test/support/schedules.js';
import { QUOTA_POLICY, tenant as desiredTenant } from '../../test/support/values.js';
import { policyHash } from '../core/quota-policy.js';
import type { Schedule } from '../core/schedule.js';
import type { TenantMarks } from '../core/tenant-record.js';
import { QuotaWatch } from './quota-watch.js';

const database = useDatabase();
const replicas = useReplicas(() => ({ url: database.url, bundled: false }));

const patience = { timeout: 10_000, interval: 50 };

const NAMES = ['acme', 'beta', 'gamma', 'delta', 'epsilon', 'zeta'];
const ALL_LATER = [{ state: 'delayed', count: NAMES.length }];

it('replicas that start together join their requests for the tenants that changed while nothing ran', async () => {
  const before = policyHash(QUOTA_POLICY);
  const marks = new Map<string, TenantMarks>(NAMES.map((name) => [name, { quotaState: { at: 0, judgedBy: before } }]));
  const asked: string[] = [];
  const both = Promise.withResolvers<void>();
  const tenants = NAMES.map((name) => ({
    desired: { ...desiredTenant({ tenant: name }), quota: { ...QUOTA_POLICY, shed: 'enforce' as const } },
    gateway: {
      listConfigs: async () => [],
      readQuota: async () => {
        asked.push(name);
        await both.promise;
        return { months: [] };
      },
    },
  }));
  const start = async (schedule: Schedule) => {
    const watch = new QuotaWatch({
      schedule,
      fleet: {
        quotaMarks: async (tenant) => marks.get(tenant) ?? {},
        knownQuotaMarks: (tenant) => marks.get(tenant) ?? {},
        quotaLooked: async (tenant, { state }) => void marks.set(tenant, { quotaState: state }),
        shedChanged: async () => undefined,
      },
      log: { add: async () => undefined, since: async () => [] },
      logger: pino({ level: 'silent' }),
      clock: { now: Date.now },
      random: () => 0.5,
    });
    watch.take({ tenants, jitter: 0, pace: pace(1, 20) });
    await watch.arrange(true);
  };

  const patient = { timing: { lockMs: 10_000, stalledMs: 5_000 } };
  const [former, first, second] = [
    await replicas('i', patient),
    await replicas('i', patient),
    await replicas('i', patient),
  ];
  // Each was read once, and its next reading is an hour away.
  const ran = new Set<string>();
  await former.quota.start(NAMES, pace(6), async ({ tenant }) => {
    ran.add(tenant);
    return LATER;
  });
  await vi.waitFor(async () => expect([ran.size, await jobs()]).toEqual([NAMES.length, ALL_LATER]), patience);
  await former.quota.stop(0);

  await Promise.all([start(first.quota), start(second.quota)]);
  both.resolve();
  const judged = () => NAMES.filter((name) => marks.get(name)?.quotaState?.judgedBy !== before);
  await vi.waitFor(async () => expect([judged(), await jobs()]).toEqual([NAMES, ALL_LATER]), patience);
  // Each replica was reading one when the other asked, and what is asked for during a reading is for after it.
  expect(asked.length).toBeLessThanOrEqual(NAMES.length + 2);
});

/** How many there are in each state that is not done. */
async function jobs(): Promise<unknown> {
  return database.query(
    `select state, count(*)::int as count from gateway_sync_queue.job
     where queue like '%quota' and state in ('waiting', 'delayed', 'active') group by state`,
  );
}
