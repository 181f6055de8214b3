import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultInput } from '@gateway-sync/emulator';
import pLimit from 'p-limit';
import type { Replica } from '../support/replicas.js';
import { SETTINGS } from './settings.js';
import { edited, THEIR_EVENTS } from './shops.js';
import { repeatedly, type World } from './world.js';

/** None of them loses a token, so that a process is known by it as long as it lives. */
const FAULTS: readonly FaultInput[] = [
  { kind: 'latency', ms: 400 },
  { kind: 'status', status: 503 },
  { kind: 'status', status: 500, phase: 'after' },
  { kind: 'status', status: 429, retryAfterSeconds: 1 },
  { kind: 'reset' },
  { kind: 'reset', phase: 'after' },
  { kind: 'hang', phase: 'after' },
  { kind: 'html-body', status: 502, phase: 'after' },
];
const METHODS = ['GET', 'PATCH', 'POST', 'PUT', 'DELETE'];

export interface Troubles {
  /** Subscriptions that somebody else took away, as `tenant event`. */
  readonly taken: string[];
  /** What came of them that may not be. */
  readonly complaints: string[];
  readonly counts: { kills: number; stops: number; edits: number; spoiled: number; faults: number };
  /** Ends with all replicas up and the file whole. */
  readonly over: Promise<void>;
}

/** Everything that goes wrong at the same time, until the signal. */
export function makeTrouble({ emulator, file, replicas, reload, chance }: World, signal: AbortSignal): Troubles {
  const taken: string[] = [];
  const complaints: string[] = [];
  const counts = { kills: 0, stops: 0, edits: 0, spoiled: 0, faults: 0 };
  // A process that starts needs a file that can be read.
  const whole = pLimit(1);
  const between =
    (least: number, most: number, from = chance.fork()) =>
    () =>
      least + from.below(most - least);

  const start = () =>
    whole(async () => {
      const replica = await replicas.start();
      await replica.url;
    });
  const killing = chance.fork();
  const kill = async () => {
    const serving = replicas.alive;
    if (serving.length === 0) return;
    const victim = killing.pick(serving);
    if (killing.next() < 0.8) {
      counts.kills++;
      await victim.end('SIGKILL');
    } else {
      counts.stops++;
      const code = await victim.end('SIGTERM');
      if (code !== 0) complaints.push(`replica ${victim.pid} ended with ${code} when it was asked to stop`);
    }
    await sleep(killing.below(1_500));
    await start();
  };
  const editing = chance.fork();
  const edit = () =>
    whole(async () => {
      if (editing.next() < 0.15) {
        counts.spoiled++;
        await file.spoil();
        await reload();
        await sleep(500);
      }
      const shops = [...file.shops];
      for (let change = 0; change < 3; change++) {
        const index = editing.below(shops.length);
        const shop = shops[index];
        if (shop) shops[index] = edited(shop, editing);
      }
      counts.edits++;
      await (editing.next() < 0.5 ? file.write(shops) : file.swap(shops));
      await reload();
    });
  const meddling = chance.fork();
  const meddle = async () => {
    const { tenant, events, mode } = meddling.pick(file.shops);
    const event = [...events][meddling.below(events.size + 1)];
    // Once for each: somebody who keeps undoing is left alone, as it should be.
    if (event !== undefined && mode === 'enforce' && !taken.includes(`${tenant} ${event}`)) {
      taken.push(`${tenant} ${event}`);
      await emulator.control('POST', `/tenants/${tenant}/foreign-write`, {
        eventType: event,
        subscription: 'UNSUBSCRIBED',
      });
    } else {
      const eventType = meddling.pick(THEIR_EVENTS);
      await emulator.control('POST', `/tenants/${tenant}/foreign-write`, { eventType, subscription: 'SUBSCRIBED' });
    }
  };
  const breaking = chance.fork();
  const disturb = async () => {
    counts.faults++;
    await emulator.addFault({ ...breaking.pick(FAULTS), match: { method: breaking.pick(METHODS) } });
  };
  const look = async () => {
    for (const replica of replicas.alive) complaints.push(...(await isDead(replica)));
  };
  const parts = [
    repeatedly(signal, between(1_500, 5_000), kill),
    repeatedly(signal, between(1_500, 3_500), edit),
    repeatedly(signal, between(500, 1_500), meddle),
    repeatedly(signal, between(500, 1_500), disturb),
    repeatedly(
      signal,
      () => 1_000,
      () => emulator.readLog(),
    ),
    repeatedly(signal, () => 1_000, look),
  ];
  const over = async () => {
    await Promise.all(parts);
    await emulator.clearFaults();
    while (replicas.alive.length < SETTINGS.replicas) await start();
    complaints.push(...replicas.accidents());
  };
  return { taken, complaints, counts, over: over() };
}

/** Nothing upstream is a reason to restart. */
async function isDead(replica: Replica): Promise<string[]> {
  const status = await replica.status('/livez');
  return status === undefined || status === 200 || !replica.isAlive ? [] : [`/livez of ${replica.pid} says ${status}`];
}
