import { readFile } from 'node:fs/promises';
import { createEmulator, type Emulator } from '@gateway-sync/emulator';
import { describe, expect, test, vi } from 'vitest';
import { createGatewayFactory } from '../src/adapters/emporix/index.js';
import { parseDesiredFile } from '../src/adapters/desired-file/parse.js';
import type { LedgerStore } from '../src/core/ports.js';
import { fileText, listening } from './support/app.js';
import { bookedFaults } from './support/booked-faults.js';
import { changesIn, changesOf, endpointNames } from './support/changes.js';
import { useDatabase } from './support/database.js';
import { runProgram, servingAt, startProgram, temporaryFile, type Program } from './support/program.js';
import { run } from './support/reconciling.js';
import {
  plant,
  SIGNING,
  SITUATIONS,
  THEIRS,
  type Situation,
  type SituationName,
  type Wish,
} from './support/situations.js';
import { doubles, isDelivering, ledgerOf, main, seen } from './support/tenant-view.js';

/**
 * The built program is killed while it waits for the answer to a request: for each request of a run that was not killed,
 * before the work of it is done and, where there is work, after it. So it dies between any two effects, and between the last
 * one and the commit of the ledger. Each of these deaths is that of one tenant; they die together, in one process.
 */

const database = useDatabase();

/** Of what is done before a process is killed. */
const PREPARATION = 'preparation';

/** A request of the run that is not killed, as a fault can name it. */
interface Point {
  readonly operationId: string;
  /** Requests of the same operation before it. */
  readonly after: number;
  readonly phase: 'before' | 'after';
}

interface Stage {
  readonly emulator: Emulator;
  readonly situation: Situation;
  readonly store: LedgerStore;
  readonly env: Readonly<Record<string, string>>;
  /** A file with these tenants. */
  readonly file: (wishes: ReadonlyMap<string, Wish>) => Promise<string>;
}

async function stage(situation: Situation): Promise<Stage> {
  const emulator = createEmulator({ seed: 'crash' });
  const { url } = await listening(emulator);
  const text = (wishes: ReadonlyMap<string, Wish>) =>
    fileText(url, {
      tenants: [...wishes].map(([tenant, wish]) => ({ tenant, ...wish })),
      emporix: { timeout: '60s' },
      sync: { concurrency: 1000 },
      // Each case has tenants of its own.
      guards: { maxTenantRemovalPercent: 100 },
    });
  const store = await database.open();
  return {
    emulator,
    situation,
    store,
    env: { DATABASE_URL: database.url.reveal() },
    file: (wishes) => temporaryFile('shops.yaml', text(wishes)),
  };
}

function all(tenants: readonly string[], wish: Wish): Map<string, Wish> {
  return new Map(tenants.map((tenant) => [tenant, wish]));
}

/** What the file said until now is done; no process has to be killed for that. */
async function prepare({ emulator, situation, store, file }: Stage, tenants: readonly string[]): Promise<void> {
  await plant(emulator, tenants, situation);
  if (!situation.first) return;
  const path = await file(all(tenants, situation.first));
  const desiredFile = parseDesiredFile(await readFile(path, 'utf8'), path, { env: {}, readFile: () => '' });
  const gateways = createGatewayFactory(desiredFile, { userAgent: 'test' });
  const options = { reconcileId: PREPARATION };
  const results = desiredFile.tenants.map((desired) => run(desired, gateways.for(desired), options, store));
  expect(new Set((await Promise.all(results)).map(({ outcome }) => outcome))).toEqual(new Set(['changed']));
}

function pointsOf(emulator: Emulator, tenant: string): Point[] {
  const before = new Map<string, number>();
  return emulator.requests({ tenant }).flatMap(({ operationId, method }): Point[] => {
    if (operationId === null) return [];
    const after = before.get(operationId) ?? 0;
    before.set(operationId, after + 1);
    const isWrite = method !== 'GET' && operationId !== 'requestToken';
    const point = { operationId, after } as const;
    return [{ ...point, phase: 'before' }, ...(isWrite ? [{ ...point, phase: 'after' } as const] : [])];
  });
}

/** Waits until every tenant waits for an answer that does not come, and kills. */
async function killHanging({ emulator }: Stage, { child, finished, output }: Program, count: number): Promise<void> {
  await vi.waitFor(
    async () => {
      const hanging = (await bookedFaults(emulator)).filter(({ spent }) => spent).length;
      if (hanging < count) throw new Error(`${hanging} of ${count} hang: ${output.stderr}${output.stdout}`);
    },
    { timeout: 60_000, interval: 50 },
  );
  child.kill('SIGKILL');
  expect((await finished).code).toBeNull();
  emulator.clearFaults();
}

function without(changes: ReadonlySet<string>, ...others: readonly (ReadonlySet<string> | undefined)[]): string[] {
  return [...changes].filter((change) => !others.some((other) => other?.has(change)));
}

async function ready(url: string): Promise<void> {
  const { status } = await fetch(`${url}/readyz`);
  if (status !== 200) throw new Error(`not ready: ${status}`);
}

const COMMANDS = {
  apply: {
    start: (path: string, env: Stage['env']) => startProgram(['apply', '--config', path], env),
    complete: (path: string, env: Stage['env']) => runProgram(['apply', '--config', path], env),
  },
  serve: {
    start: (path: string, env: Stage['env']) => startProgram(['serve', '--config', path], { ...env, PORT: '0' }),
    complete: async (path: string, env: Stage['env']) => {
      const program = startProgram(['serve', '--config', path], { ...env, PORT: '0' });
      const url = await servingAt(program);
      await vi.waitFor(() => ready(url), { timeout: 60_000 });
      program.child.kill('SIGTERM');
      return program.finished;
    },
  },
} as const;

const CASES: readonly (readonly [keyof typeof COMMANDS, SituationName])[] = [
  ...(Object.keys(SITUATIONS) as SituationName[]).map((name) => ['apply', name] as const), // the keys of a literal
  ['serve', 'the switch from HTTP to the shared account, with endpoints'],
  ['serve', 'targets that come, change and go'],
];

describe.each(CASES)('%s killed at any point: %s', (command, name) => {
  test('the next start ends as if nothing had happened', { timeout: 180_000 }, async () => {
    const { start, complete } = COMMANDS[command];
    const prefix = `${command}-${Object.keys(SITUATIONS).indexOf(name)}`;
    const whole = `${prefix}-whole`;
    const before = `${prefix}-before`;
    const world = await stage(SITUATIONS[name]);
    const { emulator, env, situation } = world;
    await prepare(world, [whole, before]);
    emulator.clearRequests();
    expect(await complete(await world.file(all([whole], situation.next)), env)).toMatchObject({ code: 0 });
    const points = pointsOf(emulator, whole);
    const view = async (tenant: string) => ({
      ...seen(emulator, tenant, SIGNING),
      ledger: ledgerOf(emulator, tenant, await world.store.ledger.read(tenant)),
    });
    const audited = async (tenant: string) => {
      const records = await world.store.audit.history({ tenants: [tenant], limit: 1000 });
      return changesOf(records.filter(({ reconcileId }) => reconcileId !== PREPARATION));
    };
    const expected = await view(whole);
    const changes = await audited(whole);
    expect(changes.size).toBeGreaterThan(0);
    expect(JSON.stringify(expected)).toContain(situation.theirs ? THEIRS.url : THEIRS.event);

    const tenants = points.map((_, index) => `${prefix}-${index}`);
    // Somebody takes the change back before the next start.
    const back = situation.back ?? situation.first;
    const reverted = back ? points.map((_, index) => `${prefix}-back-${index}`) : [];
    const both = [...tenants, ...reverted];
    await prepare(world, both);
    const names = endpointNames(emulator, tenants);
    const path = await world.file(all(both, situation.next));
    emulator.clearRequests();
    for (const [index, { operationId, after, phase }] of points.entries()) {
      for (const tenant of [tenants[index], reverted[index]].filter((one) => one !== undefined)) {
        emulator.addFault({ kind: 'hang', phase, after, match: { operationId, tenant } });
      }
    }
    await killHanging(world, start(path, env), both.length);
    const byTheKilled = tenants.map((tenant, index) =>
      changesIn(emulator, tenant, names, { hangingAreDone: points[index]?.phase === 'after' }),
    );
    // One active config or another, as there was one before; never none.
    expect(situation.configs.length > 0 ? both.filter((tenant) => !isDelivering(emulator, tenant)) : []).toEqual([]);
    emulator.clearRequests();

    const next = await world.file(new Map([...all(tenants, situation.next), ...(back ? all(reverted, back) : [])]));
    const again = await complete(next, env);
    expect([again.code, again.code === 0 ? '' : again.stdout + again.stderr]).toEqual([0, '']);
    const allNames = new Map([...names, ...endpointNames(emulator, tenants)]);
    for (const [index, tenant] of tenants.entries()) {
      const at = JSON.stringify(points[index]);
      expect([at, await view(tenant), doubles(emulator, tenant)]).toEqual([at, expected, []]);
      const told = await audited(tenant);
      expect([at, without(changesIn(emulator, tenant, allNames), told)]).toEqual([at, []]);
      // What the killed process did is in no audit; the next one found it, and the ledger above says that it is ours.
      expect([at, without(changes, told, byTheKilled[index])]).toEqual([at, []]);
    }
    for (const [index, tenant] of reverted.entries()) {
      const at = JSON.stringify(points[index]);
      expect([at, main(emulator, tenant)]).toEqual([at, main(emulator, before)]);
    }
    const plan = await runProgram(['plan', '--config', next], env);
    expect([plan.code, plan.code === 0 ? '' : plan.stdout]).toEqual([0, '']);
  });
});
