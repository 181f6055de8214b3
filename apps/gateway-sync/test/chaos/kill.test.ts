import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { useDatabase } from '../support/database.js';
import { runProgram } from '../support/program.js';
import { type AuditRow, judge } from './judgement.js';
import { SETTINGS } from './settings.js';
import { emptied, type Shop, THEIR_EVENTS } from './shops.js';
import { makeTrouble } from './troubles.js';
import { ownedBy, ownedOf, subscribedTo, tenantFlags } from './standing.js';
import { emptyWithin, enforced, makeWorld, notReady } from './world.js';

const database = useDatabase();

/** By then every tenant is as the file says, once nothing breaks any more. */
const SETTLED_MS = 30_000;
const STARTED_MS = 30_000;
/** Of what went wrong; the first of it tells the most. */
const SHOWN = 30;

test(
  `${SETTINGS.replicas} processes that are killed again and again: every tenant ends as its file says, each change made once`,
  { timeout: (SETTINGS.seconds + 180) * 1000 },
  async () => {
    const env = { DATABASE_URL: database.url.reveal() };
    const world = await makeWorld({ name: 'kill', tenants: SETTINGS.tenants, env });
    const { emulator, file, replicas } = world;
    for (let count = 0; count < SETTINGS.replicas; count++) await replicas.start();
    expect(await emptyWithin(STARTED_MS, () => notReady(replicas))).toEqual([]);
    expect(replicas.accidents()).toEqual([]);

    const trouble = new AbortController();
    const { taken, complaints, counts, over } = makeTrouble(world, trouble.signal);
    await sleep(SETTINGS.seconds * 1000);
    trouble.abort();
    await over;
    expect(complaints).toEqual([]);

    const settle = async (shops: readonly Shop[]) => {
      await file.write(shops);
      if (SETTINGS.reload === 'none') {
        await Promise.all(replicas.alive.map((replica) => replica.end('SIGTERM')));
        for (let count = 0; count < SETTINGS.replicas; count++) await replicas.start();
      } else await world.reload();
      const startedAt = Date.now();
      expect(await emptyWithin(SETTLED_MS, () => world.differences())).toEqual([]);
      return Date.now() - startedAt;
    };
    const settledMs = await settle(file.shops);
    await emulator.readLog();
    const plan = () => runProgram(['plan', '--config', file.path, ...tenantFlags(file.shops)], env);
    const planned = await plan();
    expect([planned.code, planned.code === 0 ? '' : planned.stdout + planned.stderr]).toEqual([0, '']);

    // What is ours is still known: nothing of it stays when the file names nothing, and what is theirs does.
    const owned = await ownedBy(database, file.shops);
    expect(owned).toEqual(ownedOf(file.shops));
    await settle(file.shops.map((shop) => (shop.mode === 'enforce' ? emptied(shop) : shop)));
    await emulator.readLog();
    const emptyPlan = await plan();
    expect([emptyPlan.code, emptyPlan.code === 0 ? '' : emptyPlan.stdout]).toEqual([0, '']);
    const left = await emulator.snapshot(enforced(file.shops));
    const theirs = enforced(file.shops).filter((tenant) => !subscribedTo(left.state(tenant), THEIR_EVENTS[0] ?? ''));
    expect(theirs).toEqual([]);

    const codes = await Promise.all(replicas.alive.map((replica) => replica.end('SIGTERM')));
    expect(new Set(codes)).toEqual(new Set([0]));
    await emulator.readLog();
    const audit = await database.query<AuditRow>(
      'select tenant, reconcile_id, resource, type, name, status, message from gateway_sync.audit_record',
    );
    const runs = replicas.all.flatMap((replica) => replica.runs);
    const { requests } = emulator;
    const wrong = judge({ generations: file.generations, requests, runs, taken, audit });
    console.log(
      JSON.stringify({ ...counts, taken: taken.length, processes: replicas.all.length, settledMs, runs: runs.length }),
      JSON.stringify({ requests: requests.length, changes: requests.flatMap(({ changes }) => changes).length }),
    );
    expect(wrong.slice(0, SHOWN)).toEqual([]);
    expect(counts.kills).toBeGreaterThan(0);
    expect(runs.length).toBeGreaterThan(SETTINGS.tenants);
  },
);
