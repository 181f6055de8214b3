import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { BundledServer } from '../../src/adapters/ledger/bundled/bundled-server.js';
import { CUTS, type CuttingProxy } from '../support/cutting-proxy.js';
import { PATIENCE_MS, SILENT, type TestDatabase, useDatabase } from '../support/database.js';
import { runProgram } from '../support/program.js';
import { proxiedDatabase } from '../support/proxied-database.js';
import type { Replica } from '../support/replicas.js';
import { judge } from './judgement.js';
import { SETTINGS } from './settings.js';
import { edited } from './shops.js';
import { ownedBy, ownedOf, tenantFlags } from './standing.js';
import { emptyWithin, makeWorld, notReady, repeatedly, type World } from './world.js';

const database = useDatabase();

const TENANTS = 18;
/** By then a process is ready again, and every tenant as the file says. */
const BACK_MS = 45_000;
/** By then a process knows that its database is away; one that does not answer is not ready either. */
const NOTICED_MS = 15_000;
/** Often, so that there is work as soon as there is a reason. */
const SYNC = { interval: '1s', maxInterval: '1s' };
const LONG = SETTINGS.seconds > 60;

/** So long a line is cut. */
const cutMs = ({ chance }: World) => (LONG ? 5_000 + chance.below(55_000) : 3_000);

/** Somebody takes a subscription of every tenant away, another one each time, and the file wants something new. */
async function giveWork({ emulator, file, reload, chance }: World, taken: string[]): Promise<void> {
  // A write takes its time, so that the line is cut in the middle of it.
  await emulator.clearFaults();
  await emulator.addFault({ kind: 'latency', ms: 1_500, match: { method: 'PATCH' }, times: TENANTS });
  if (SETTINGS.reload !== 'none') {
    await file.write(file.shops.map((shop) => edited(shop, chance)));
    await reload();
  }
  for (const { tenant, events, mode } of file.shops) {
    const event = [...events].find((one) => !taken.includes(`${tenant} ${one}`));
    if (event === undefined || mode === 'observe') continue;
    taken.push(`${tenant} ${event}`);
    const write = { eventType: event, subscription: 'UNSUBSCRIBED' };
    await emulator.control('POST', `/tenants/${tenant}/foreign-write`, write);
  }
  const idle = async () => {
    const { faults } = (await emulator.control('GET', '/faults')) as {
      faults: readonly { firings: readonly object[] }[];
    };
    return faults.some(({ firings }) => firings.length > 0) ? [] : ['nobody writes'];
  };
  expect(await emptyWithin(BACK_MS, idle)).toEqual([]);
}

/** Whoever is cut off is not ready until the line is back, and never dead. */
async function survives(
  world: World,
  affected: () => readonly Replica[],
  away: { begin: () => Promise<unknown>; end: () => Promise<unknown> },
): Promise<void> {
  const watching = new AbortController();
  const dead: string[] = [];
  const unready = new Set<number>();
  const watch = async () => {
    for (const replica of world.replicas.alive) {
      const status = await replica.status('/livez');
      if (status !== 200) dead.push(`/livez of ${replica.pid} says ${status}`);
    }
    for (const replica of affected()) if ((await replica.status('/readyz')) !== 200) unready.add(replica.pid);
  };
  await away.begin();
  const beganAt = Date.now();
  const watched = repeatedly(watching.signal, () => 200, watch);
  await sleep(cutMs(world));
  const all = affected().map(({ pid }) => pid);
  await emptyWithin(NOTICED_MS - (Date.now() - beganAt), async () =>
    all.filter((pid) => !unready.has(pid)).map(String),
  );
  expect(unready).toEqual(new Set(all));
  await away.end();
  expect(await emptyWithin(BACK_MS, () => notReady(world.replicas))).toEqual([]);
  expect(await emptyWithin(BACK_MS, () => world.differences())).toEqual([]);
  watching.abort();
  await watched;
  expect(dead).toEqual([]);
  expect(world.replicas.accidents()).toEqual([]);
}

/** Nothing is lost, nothing is made twice, and nobody was restarted. */
async function isWhole(
  world: World,
  taken: readonly string[],
  env: Readonly<Record<string, string>>,
  from: Pick<TestDatabase, 'query'>,
): Promise<void> {
  const { emulator, file, replicas } = world;
  await emulator.clearFaults();
  expect(
    await emptyWithin(BACK_MS, async () => differing(await ownedBy(from, file.shops), ownedOf(file.shops))),
  ).toEqual([]);
  const plan = await runProgram(['plan', '--config', file.path, ...tenantFlags(file.shops)], env);
  expect([plan.code, plan.code === 0 ? '' : plan.stdout + plan.stderr]).toEqual([0, '']);
  const codes = await Promise.all(replicas.alive.map((replica) => replica.end('SIGTERM')));
  expect(codes).toEqual(Array.from({ length: replicas.all.length }, () => 0));
  await emulator.readLog();
  const runs = replicas.all.flatMap((replica) => replica.runs);
  expect(judge({ generations: file.generations, requests: emulator.requests, runs, taken })).toEqual([]);
}

function differing(has: Readonly<Record<string, number>>, wants: Readonly<Record<string, number>>): string[] {
  const names = new Set([...Object.keys(has), ...Object.keys(wants)]);
  return [...names]
    .filter((name) => has[name] !== wants[name])
    .map((name) => `${name}: ${has[name]}, not ${wants[name]}`);
}

test(
  'a database that is cut off in the middle of applies, in each way, for all processes or for one of them',
  { timeout: (CUTS.length + 2) * (LONG ? 180_000 : 60_000) },
  async () => {
    const env = { DATABASE_URL: database.url.reveal() };
    const world = await makeWorld({ name: 'database-cut', tenants: TENANTS, env, sync: SYNC });
    const taken: string[] = [];
    const lines: CuttingProxy[] = [];
    for (let count = 0; count < SETTINGS.replicas; count++) {
      const { proxy, url } = await proxiedDatabase(database);
      onTestFinished(() => proxy.close());
      lines.push(proxy);
      await (
        await world.replicas.start({ DATABASE_URL: url.reveal() })
      ).url;
    }
    const setAll = (mode: CuttingProxy['mode']) => Promise.all(lines.map((line) => line.set(mode)));
    expect(await emptyWithin(BACK_MS, () => notReady(world.replicas))).toEqual([]);
    for (const cut of CUTS) {
      await giveWork(world, taken);
      const away = { begin: () => setAll(cut), end: () => setAll('pass') };
      await survives(world, () => world.replicas.alive, away);
    }
    await giveWork(world, taken);
    const [first] = lines;
    const away = { begin: async () => first?.set('black-hole'), end: async () => first?.set('pass') };
    await survives(world, () => world.replicas.alive.slice(0, 1), away);
    await isWhole(world, taken, env, database);
  },
);

test(
  'a database server that is stopped and started again',
  { timeout: PATIENCE_MS + (LONG ? 240_000 : 120_000) },
  async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'gateway-sync-pg-'));
    onTestFinished(() => rm(dataDir, { recursive: true }));
    let server = await BundledServer.open({ dataDir, log: SILENT });
    onTestFinished(() => server.close());
    const url = new URL(server.url.reveal());
    const admin = new pg.Client(url.href);
    await admin.connect();
    await admin.query('create database shops');
    await admin.end();
    url.pathname = 'shops';
    const env = { DATABASE_URL: url.href };
    const world = await makeWorld({ name: 'database-stop', tenants: TENANTS, env, sync: SYNC });
    const taken: string[] = [];
    for (let count = 0; count < SETTINGS.replicas; count++) await (await world.replicas.start()).url;
    expect(await emptyWithin(BACK_MS, () => notReady(world.replicas))).toEqual([]);
    await giveWork(world, taken);
    await survives(world, () => world.replicas.alive, {
      // Nobody else uses it as its own, so that it stops.
      begin: () => server.close(),
      end: async () => {
        server = await BundledServer.open({ dataDir, log: SILENT });
      },
    });
    const query: TestDatabase['query'] = async (text, values = []) => {
      const client = new pg.Client(url.href);
      await client.connect();
      try {
        return (await client.query(text, [...values])).rows;
      } finally {
        await client.end();
      }
    };
    await isWhole(world, taken, env, { query });
  },
);
