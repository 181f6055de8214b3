import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFailed, onTestFinished } from 'vitest';
import { CuttingProxy } from '../support/cutting-proxy.js';
import { EmulatorProcess } from '../support/emulator-process.js';
import { chance, type Chance } from '../support/random.js';
import { Replicas } from '../support/replicas.js';
import { ChangingFile } from './desired-file.js';
import { AGAIN, LOGS, SETTINGS } from './settings.js';
import { differences, firstShops, seedOfShop, type Shop } from './shops.js';

export interface World {
  readonly emulator: EmulatorProcess;
  readonly file: ChangingFile;
  readonly replicas: Replicas;
  /** Between the replicas and the emulator, where it is to be cut. */
  readonly line?: CuttingProxy;
  readonly chance: Chance;
  /** Replicas hear of the file as the settings say. */
  readonly reload: () => Promise<void>;
  /** Of all tenants that are enforced, what is not as the file says. */
  readonly differences: () => Promise<string[]>;
}

export interface WorldOptions {
  readonly name: string;
  readonly tenants: number;
  readonly env: Readonly<Record<string, string>>;
  readonly sync?: Record<string, unknown>;
  /** Whether the line to the upstream is to be cut. */
  readonly cuttable?: boolean;
}

/** Emulator, file and tenants, each in a state of its own; everything ends with the test. */
export async function makeWorld({ name, tenants, env, sync, cuttable }: WorldOptions): Promise<World> {
  const random = chance(SETTINGS.seed);
  console.log(`${name}: ${AGAIN}`);
  onTestFailed(() => console.error(`${name}: again with ${AGAIN}; logs are in ${LOGS}`));
  const folder = await mkdtemp(join(tmpdir(), 'gateway-sync-chaos-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const emulator = await EmulatorProcess.start(SETTINGS.seed);
  onTestFinished(() => emulator.stop());
  const shops = firstShops(tenants, random);
  await emulator.seed(shops.map(seedOfShop));
  const line = cuttable ? await CuttingProxy.open({ port: Number(new URL(emulator.url).port) }) : undefined;
  onTestFinished(() => line?.close());
  const baseUrl = line ? `http://127.0.0.1:${line.port}` : emulator.url;
  const file = new ChangingFile(join(folder, 'shops.yaml'), baseUrl, sync);
  await file.write(shops);
  const replicas = new Replicas({ config: file.path, env, logs: join(LOGS, name) });
  onTestFinished(() => replicas.killAll());
  return {
    emulator,
    file,
    replicas,
    ...(line && { line }),
    chance: random,
    reload: async () => {
      if (SETTINGS.reload === 'none' || SETTINGS.reload === 'watch') return;
      if (SETTINGS.reload === 'both' && random.next() < 0.5) return;
      for (const replica of replicas.alive) replica.reload();
    },
    differences: async () => {
      const kept = file.shops.filter(({ mode }) => mode === 'enforce');
      const shown = await emulator.snapshot(kept.map(({ tenant }) => tenant));
      return kept.flatMap((shop) => differences(shown, shop).map((text) => `${shop.tenant}: ${text}`));
    },
  };
}

export function enforced(shops: readonly Shop[]): string[] {
  return shops.filter(({ mode }) => mode === 'enforce').map(({ tenant }) => tenant);
}

/** Processes that do not say that they are ready. */
export async function notReady({ alive }: Replicas): Promise<string[]> {
  const states = await Promise.all(
    alive.map(async (replica) => ((await replica.status('/readyz')) === 200 ? [] : [String(replica.pid)])),
  );
  return states.flat();
}

/** Asks until the answer is empty; then, or when the time is over, answers it. */
export async function emptyWithin(ms: number, ask: () => Promise<string[]>): Promise<string[]> {
  const until = Date.now() + ms;
  for (;;) {
    const answer = await ask();
    if (answer.length === 0 || Date.now() > until) return answer;
    await sleep(250);
  }
}

/** Does something again and again, so many milliseconds apart, until the signal. */
export async function repeatedly(
  signal: AbortSignal,
  pause: () => number,
  work: () => Promise<unknown>,
): Promise<void> {
  while (!signal.aborted) {
    // An abort is the end of the pause.
    await sleep(pause(), undefined, { signal }).catch(() => undefined);
    if (!signal.aborted) await work();
  }
}
