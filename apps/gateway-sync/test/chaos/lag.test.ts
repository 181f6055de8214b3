import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultInput, LoggedRequest } from '@gateway-sync/emulator';
import { expect, test } from 'vitest';
import { useDatabase } from '../support/database.js';
import { SETTINGS } from './settings.js';
import { emptyWithin, makeWorld, notReady } from './world.js';

const database = useDatabase();

const TENANTS = 24;
/** Every third tenant suffers, and all of its calls do. */
const isSick = (_: unknown, index: number) => index % 3 === 0;
const LASTING: readonly FaultInput[] = [
  { kind: 'hang' },
  { kind: 'status', status: 503 },
  { kind: 'status', status: 429, retryAfterSeconds: 1 },
  { kind: 'reset', phase: 'after' },
];
const INTERVAL_MS = 1_000;
/** By so much may a healthy tenant be late, on a busy machine. */
const LATE_MS = 2_500;
const SECONDS = SETTINGS.seconds > 60 ? 60 : 8;
const STARTED_MS = 45_000;

test(
  `tenants that suffer for ${SECONDS} seconds make no other one late`,
  { timeout: (SECONDS + 120) * 1000 },
  async () => {
    const env = { DATABASE_URL: database.url.reveal() };
    const sync = { interval: `${INTERVAL_MS}ms`, maxInterval: `${INTERVAL_MS}ms`, jitter: '0%' };
    const world = await makeWorld({ name: 'lag', tenants: TENANTS, env, sync });
    const { emulator, file, replicas } = world;
    for (let count = 0; count < SETTINGS.replicas; count++) await replicas.start();
    expect(await emptyWithin(STARTED_MS, () => notReady(replicas))).toEqual([]);
    expect(await emptyWithin(STARTED_MS, () => world.differences())).toEqual([]);
    await emulator.readLog();

    const sick = file.shops.filter(isSick).map(({ tenant }) => tenant);
    for (const [index, tenant] of sick.entries()) {
      const fault = LASTING[index % LASTING.length];
      if (fault) await emulator.addFault({ ...fault, match: { tenant }, times: 'always' });
    }
    const from = Date.now();
    await sleep(SECONDS * 1000);
    const to = Date.now();
    await emulator.readLog();
    const inTime = emulator.requests.filter(({ startedAt }) => startedAt >= from && startedAt <= to);
    const healthy = file.shops.map(({ tenant }) => tenant).filter((tenant) => !sick.includes(tenant));
    const late = healthy.map((tenant) => ({ tenant, ms: longestGap(inTime, tenant, from, to) - INTERVAL_MS }));
    expect(late.filter(({ ms }) => ms > LATE_MS)).toEqual([]);

    await emulator.clearFaults();
    const shown = new Set(sick);
    await emptyWithin(STARTED_MS, async () => {
      await emulator.readLog();
      for (const { tenant, status, startedAt, operationId } of emulator.requests) {
        if (startedAt > to && operationId === 'listSubscriptions' && status === 200) shown.delete(tenant ?? '');
      }
      return [...shown];
    });
    expect(shown).toEqual(new Set());
    expect(await world.differences()).toEqual([]);
    expect(replicas.accidents()).toEqual([]);
    await Promise.all(replicas.alive.map((replica) => replica.end('SIGTERM')));
    console.log(`lag: at most ${Math.max(...late.map(({ ms }) => ms))} ms late, ${inTime.length} requests`);
  },
);

/** Between two readings of a tenant that follow each other. */
function longestGap(requests: readonly LoggedRequest[], tenant: string, from: number, to: number): number {
  const times = requests
    .filter((request) => request.tenant === tenant && request.operationId === 'listSubscriptions')
    .map(({ startedAt }) => startedAt);
  const all = [from, ...times, to];
  return Math.max(...all.slice(1).map((time, index) => time - (all[index] ?? 0)));
}
