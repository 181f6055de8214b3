import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FaultInput } from '@gateway-sync/emulator';
import { expect, onTestFinished, test } from 'vitest';
import { differences, edited, firstShops, seedOfShop, shopsText, type Shop } from '../chaos/shops.js';
import { emptyWithin, notReady, repeatedly } from '../chaos/world.js';
import { useDatabase } from '../support/database.js';
import { EmulatorProcess } from '../support/emulator-process.js';
import { chance, seedOf } from '../support/random.js';
import { Replicas } from '../support/replicas.js';
import { type Sample, takeSample } from './samples.js';
import { trends, trendTable, type Tolerance } from './trend.js';

const database = useDatabase();

const SECONDS = Number(env['SOAK_SECONDS'] ?? 15 * 60);
const TENANTS = Number(env['SOAK_TENANTS'] ?? 1_000);
const SEED = seedOf(env['SOAK_SEED']);
/** Between two runs of a tenant: what two cores do beside the emulator and the database. */
const SYNC = { interval: env['SOAK_INTERVAL'] ?? '20s', maxInterval: env['SOAK_INTERVAL'] ?? '20s', jitter: '20%' };
/** Before the samples count, everything has run a few times and the heap has found its size. */
const WARM_UP = 0.15;
const SAMPLE_MS = 5_000;
const STARTED_MS = 240_000;
const LOGS = fileURLToPath(new URL(`../../reports/soak-${SEED}`, import.meta.url));

const FAULTS: readonly FaultInput[] = [
  { kind: 'latency', ms: 1_000 },
  { kind: 'status', status: 503 },
  { kind: 'status', status: 429, retryAfterSeconds: 1 },
  { kind: 'status', status: 404 },
  { kind: 'reset' },
  { kind: 'hang', phase: 'after' },
  { kind: 'html-body', status: 502 },
  { kind: 'cut-body' },
  { kind: 'expire-token' },
];

/** What has to stay as it is. Trails grow with what happens, until they are old enough to be trimmed. */
function toleranceOf(name: string): Tolerance | undefined {
  if (/audit_record|quota_reading/.test(name)) return undefined;
  if (name.startsWith('rows of')) return { share: 0.05, more: 200 };
  if (name === 'RSS, MB') return { share: 0.1, more: 10 };
  if (name === 'heap, MB') return { share: 0.25, more: 15 };
  if (name.startsWith('event loop')) return { share: 0.5, more: 50 };
  if (name === 'requests under way') return { share: 0, more: 50 };
  return { share: 0.05, more: 20 };
}

test(
  `${TENANTS} tenants with faults for ${SECONDS} seconds: nothing grows`,
  { timeout: SECONDS * 1000 + 2 * STARTED_MS },
  async () => {
    const again = `SOAK_SEED=${SEED} SOAK_SECONDS=${SECONDS} SOAK_TENANTS=${TENANTS} pnpm --filter gateway-sync test:soak`;
    console.log(`soak: ${again}; logs in ${LOGS}`);
    const random = chance(SEED);
    const folder = await mkdtemp(join(tmpdir(), 'gateway-sync-soak-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const emulator = await EmulatorProcess.start(SEED);
    onTestFinished(() => emulator.stop());
    const shops: Shop[] = firstShops(TENANTS, random);
    for (let start = 0; start < shops.length; start += 100) {
      await emulator.seed(shops.slice(start, start + 100).map(seedOfShop));
    }
    const config = join(folder, 'shops.yaml');
    await writeFile(config, shopsText(emulator.url, shops, SYNC));
    const replicas = new Replicas({
      config,
      env: { DATABASE_URL: database.url.reveal(), LOG_LEVEL: 'info' },
      logs: LOGS,
    });
    onTestFinished(() => replicas.killAll());
    const replica = await replicas.start();
    await replica.url;
    expect(await emptyWithin(STARTED_MS, () => notReady(replicas))).toEqual([]);

    const samples: Sample[] = [];
    const over = AbortSignal.timeout(SECONDS * 1000);
    const startedAt = Date.now();
    const disturb = async () => {
      const { tenant } = random.pick(shops);
      await emulator.addFault({ ...random.pick(FAULTS), match: { tenant } });
    };
    const taken = new Set<string>();
    const meddle = async () => {
      const { tenant, events, mode } = random.pick(shops);
      const event = [...events].find((one) => !taken.has(`${tenant} ${one}`));
      if (event === undefined || mode === 'observe') return;
      // Once for each: somebody who keeps undoing is left alone, as it should be.
      taken.add(`${tenant} ${event}`);
      const write = { eventType: event, subscription: 'UNSUBSCRIBED' };
      await emulator.control('POST', `/tenants/${tenant}/foreign-write`, write);
    };
    const edit = async () => {
      const index = random.below(shops.length);
      const shop = shops[index];
      if (shop) shops[index] = edited(shop, random);
      await writeFile(config, shopsText(emulator.url, shops, SYNC));
    };
    const measure = async () => {
      const sample = await takeSample(replica, database);
      if (Date.now() - startedAt > SECONDS * 1000 * WARM_UP) samples.push(sample);
    };
    await Promise.all([
      repeatedly(over, () => 250, disturb),
      repeatedly(over, () => 1_000, meddle),
      repeatedly(over, () => SAMPLE_MS, measure),
      ...(env['SOAK_RELOAD'] === 'none' ? [] : [repeatedly(over, () => 10_000, edit)]),
      // What is done is of no interest here; the emulator is not to grow with it.
      repeatedly(
        over,
        () => 30_000,
        () => emulator.control('DELETE', '/faults'),
      ),
    ]);
    await emulator.clearFaults();

    const kept = shops.filter(({ mode }) => mode === 'enforce');
    const different = async () => {
      const shown = await emulator.snapshot(kept.map(({ tenant }) => tenant));
      return kept.flatMap((shop) => differences(shown, shop).map((text) => `${shop.tenant}: ${text}`));
    };
    const left = await emptyWithin(STARTED_MS, different);
    const lines = trends(samples, toleranceOf);
    console.log(trendTable(lines));
    expect(left.slice(0, 20)).toEqual([]);
    expect(replicas.accidents()).toEqual([]);
    expect(await replica.status('/livez')).toBe(200);
    expect(lines.filter(({ grew }) => grew)).toEqual([]);
    expect(lines.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['RSS, MB', 'heap, MB', 'series', 'connections']),
    );
    expect(await replica.end('SIGTERM')).toBe(0);
  },
);
