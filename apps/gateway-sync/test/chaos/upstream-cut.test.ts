import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { CUTS } from '../support/cutting-proxy.js';
import { useDatabase } from '../support/database.js';
import { runProgram } from '../support/program.js';
import { type AuditRow, judge } from './judgement.js';
import { SETTINGS } from './settings.js';
import { edited } from './shops.js';
import { ownedBy, ownedOf, tenantFlags } from './standing.js';
import { emptyWithin, makeWorld, notReady, repeatedly, type World } from './world.js';

const database = useDatabase();

const TENANTS = 18;
const STARTED_MS = 30_000;
/** By then every tenant is as the file says, once the line is whole. */
const BACK_MS = 45_000;
/** Often, so that there is work as soon as there is a reason. */
const SYNC = { interval: '1s', maxInterval: '1s' };
/** Of what went wrong; the first of it tells the most. */
const SHOWN = 30;

/** Somebody takes subscriptions away, each one once, and the file wants something new; the writes take their time. */
async function giveWork({ emulator, file, reload, chance }: World, taken: string[]): Promise<void> {
  await emulator.addFault({ kind: 'latency', ms: 100 + chance.below(400), match: { method: 'PATCH' }, times: 10 });
  await emulator.addFault({ kind: 'latency', ms: 100 + chance.below(400), match: { method: 'POST' }, times: 3 });
  if (SETTINGS.reload !== 'none') {
    await file.write(file.shops.map((shop) => (chance.next() < 0.3 ? edited(shop, chance) : shop)));
    await reload();
  }
  for (const { tenant, events, mode } of file.shops) {
    const event = [...events].find((one) => !taken.includes(`${tenant} ${one}`));
    if (event === undefined || mode === 'observe' || chance.next() < 0.5) continue;
    taken.push(`${tenant} ${event}`);
    const write = { eventType: event, subscription: 'UNSUBSCRIBED' };
    await emulator.control('POST', `/tenants/${tenant}/foreign-write`, write);
  }
}

test(
  'a line to the upstream that is cut again and again, in each way: every tenant ends as its file says, each change made once',
  { timeout: (SETTINGS.seconds + 180) * 1000 },
  async () => {
    const env = { DATABASE_URL: database.url.reveal() };
    const world = await makeWorld({ name: 'upstream-cut', tenants: TENANTS, env, sync: SYNC, cuttable: true });
    const { emulator, file, replicas, line, chance } = world;
    if (!line) throw new Error('there is no line to cut');
    for (let count = 0; count < SETTINGS.replicas; count++) await (await replicas.start()).url;
    expect(await emptyWithin(STARTED_MS, () => notReady(replicas))).toEqual([]);

    const taken: string[] = [];
    const complaints = new Set<string>();
    const cuts: string[] = [];
    const cutting = chance.fork();
    const over = new AbortController();
    const cut = async () => {
      const mode = CUTS[cuts.length % CUTS.length] ?? cutting.pick(CUTS);
      cuts.push(mode);
      await line.set(mode);
      await sleep(300 + cutting.below(3_000));
      await line.set('pass');
    };
    const look = async () => {
      for (const replica of replicas.alive) {
        for (const path of ['/livez', '/readyz']) {
          const status = await replica.status(path);
          if (status !== 200) complaints.add(`${path} of ${replica.pid} says ${status}`);
        }
      }
    };
    const parts = [
      repeatedly(over.signal, () => 500 + cutting.below(1_500), cut),
      repeatedly(
        over.signal,
        () => 1_500,
        () => giveWork(world, taken),
      ),
      repeatedly(
        over.signal,
        () => 1_000,
        () => emulator.readLog(),
      ),
      repeatedly(over.signal, () => 500, look),
    ];
    await sleep(SETTINGS.seconds * 1000);
    over.abort();
    await Promise.all(parts);
    await emulator.clearFaults();
    await world.reload();
    expect(await emptyWithin(BACK_MS, () => world.differences())).toEqual([]);
    // Nothing upstream is a reason to restart, nor to send nobody any more.
    expect([...complaints, ...replicas.accidents()]).toEqual([]);
    const wanted = JSON.stringify(sorted(ownedOf(file.shops)));
    const owned = async () => JSON.stringify(sorted(await ownedBy(database, file.shops)));
    expect(await emptyWithin(BACK_MS, async () => ((await owned()) === wanted ? [] : [await owned()]))).toEqual([]);
    const plan = await runProgram(['plan', '--config', file.path, ...tenantFlags(file.shops)], env);
    expect([plan.code, plan.code === 0 ? '' : plan.stdout + plan.stderr]).toEqual([0, '']);
    const codes = await Promise.all(replicas.alive.map((replica) => replica.end('SIGTERM')));
    expect(codes).toEqual(Array.from({ length: SETTINGS.replicas }, () => 0));

    await emulator.readLog();
    const audit = await database.query<AuditRow>(
      'select tenant, reconcile_id, resource, type, name, status, message from gateway_sync.audit_record order by id',
    );
    const runs = replicas.all.flatMap((replica) => replica.runs);
    const { requests } = emulator;
    const hit = audit.filter(
      ({ status, message }) => status === 'failed' || message?.startsWith('the answer was lost'),
    );
    console.log(
      JSON.stringify({ cuts: cuts.length, taken: taken.length, runs: runs.length, requests: requests.length }),
      JSON.stringify({ records: audit.length, hit: hit.length }),
    );
    const wrong = judge({ generations: file.generations, requests, runs, taken, audit });
    expect(wrong.slice(0, SHOWN)).toEqual([]);
    expect(cuts.length).toBeGreaterThanOrEqual(CUTS.length);
    expect(hit.length).toBeGreaterThan(0);
  },
);

function sorted(counts: Readonly<Record<string, number>>): [string, number][] {
  return Object.entries(counts).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
