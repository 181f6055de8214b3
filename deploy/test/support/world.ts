import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createEmulator, type Emulator } from '@gateway-sync/emulator';
import { onTestFinished, vi } from 'vitest';

const PROGRAM = createRequire(import.meta.url).resolve('gateway-sync/dist/main.js');
const MOVED_CLOCK = fileURLToPath(new URL('moved-clock.mjs', import.meta.url));
const HOUR_MS = 3_600_000;
export const TENANTS = ['acme', 'beta', 'gamma'] as const;

interface Settings {
  /** Where its clock stands at the start; absent: as it is. */
  readonly startAt?: number;
  /** Events of each tenant in the month that runs. */
  readonly used?: number;
  /** Where quotas are told of; absent: nowhere. */
  readonly receiver?: string;
}

/** A built service with three tenants of an emulator, all on this machine and on free ports; it ends with the test. */
export class World {
  readonly url: string;
  readonly emulator: Emulator;
  readonly child: ChildProcess;
  readonly #folder: string;
  readonly #baseUrl: string;
  #aheadMs: number;

  private constructor(parts: {
    readonly url: string;
    readonly emulator: Emulator;
    readonly child: ChildProcess;
    readonly folder: string;
    readonly baseUrl: string;
    readonly aheadMs: number;
  }) {
    this.url = parts.url;
    this.emulator = parts.emulator;
    this.child = parts.child;
    this.#folder = parts.folder;
    this.#baseUrl = parts.baseUrl;
    this.#aheadMs = parts.aheadMs;
  }

  static async start({ startAt = Date.now(), used = 1_000, receiver }: Settings = {}): Promise<World> {
    const aheadMs = startAt - Date.now();
    const usage = { [new Date(startAt).toISOString().slice(0, 7)]: used };
    const tenants = TENANTS.map((tenant) => ({ tenant, limit: 10_000, usage }));
    const emulator = createEmulator({ now: () => Date.now() + aheadMs, tenants });
    const server = await emulator.listen();
    onTestFinished(() => server.close());
    const { url: baseUrl } = server;
    const folder = await temporaryFolder();
    const notify = receiver === undefined ? {} : { notify: { url: receiver, secret: SECRET } };
    await writeFile(join(folder, 'shops.yaml'), fileText(baseUrl, notify));
    const { child, url } = await startService(folder, aheadMs);
    const world = new World({ url, emulator, child, folder, baseUrl, aheadMs });
    await world.until(async () => (await fetch(`${url}/readyz`)).status === 200, 'ready');
    await world.until(
      async () => (await world.metrics()).split('gateway_sync_quota_observed').length > 4,
      'quota read',
    );
    return world;
  }

  /** Writes another file in the place of the one in force. */
  async write(change: FileChange): Promise<void> {
    await writeFile(join(this.#folder, 'next.yaml'), fileText(this.#baseUrl, change));
    await rename(join(this.#folder, 'next.yaml'), join(this.#folder, 'shops.yaml'));
  }

  /**
   * Lets time pass, upstream and in the service, with so many events in the month that then runs; what is due meanwhile is
   * done once, as after a sleep of the machine.
   */
  async pass(hours: number, used: Readonly<Record<string, number>> = {}): Promise<void> {
    await this.emulator.advance(hours * HOUR_MS);
    for (const [tenant, events] of Object.entries(used)) await this.#use(tenant, events);
    this.#aheadMs += hours * HOUR_MS;
    this.child.send({ aheadMs: this.#aheadMs });
  }

  get now(): number {
    return Date.now() + this.#aheadMs;
  }

  async metrics(accept = 'text/plain'): Promise<string> {
    return (await fetch(`${this.url}/metrics`, { headers: { accept } })).text();
  }

  async until(condition: () => Promise<boolean>, what: string): Promise<void> {
    await vi.waitFor(
      async () => {
        if (!(await condition().catch(() => false))) throw new Error(`not yet: ${what}`);
      },
      { timeout: 30_000, interval: 100 },
    );
  }

  async #use(tenant: string, events: number): Promise<void> {
    const url = `http://emulator/_emulator/tenants/${tenant}/usage`;
    const answer = await this.emulator.fetch(
      new Request(url, { method: 'POST', body: JSON.stringify({ set: events }) }),
    );
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  }
}

export interface FileChange {
  /** Event types that beta wants; absent: six of them. */
  readonly ofBeta?: readonly string[];
  readonly notify?: object;
  /** A key that no file has. */
  readonly mistake?: true;
}

const SECRET = `whsec_${Buffer.alloc(24).toString('base64')}`;
const EVENTS = ['order.*', 'product.created'];

function fileText(baseUrl: string, { ofBeta = EVENTS, notify, mistake }: FileChange = {}): string {
  return JSON.stringify({
    version: 1,
    emporix: { baseUrl, requestsPerSecond: 1000, timeout: '2s' },
    sync: { interval: '1s', maxInterval: '1s', jitter: '0%' },
    defaults: { prune: 'all', guards: { minSubscriptions: 0, maxPrunePercent: 30 } },
    tenants: TENANTS.map((tenant) => ({
      tenant,
      credentials: { clientId: `${tenant}-id`, clientSecret: `${tenant}-secret` },
      subscriptions: (tenant === 'beta' ? ofBeta : EVENTS).map((event) => ({ event })),
    })),
    ...(notify && { notify }),
    ...(mistake && { mistake }),
  });
}

async function startService(folder: string, aheadMs: number): Promise<{ child: ChildProcess; url: string }> {
  const args = ['--import', MOVED_CLOCK, PROGRAM, 'serve', '--config', join(folder, 'shops.yaml')];
  const child = spawn(process.execPath, args, {
    env: { DATABASE_URL: 'none', PORT: '0', CLOCK_AHEAD_MS: String(aheadMs) },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const closed = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await closed;
  });
  let log = '';
  child.stderr?.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const url = await vi.waitFor(
    () => {
      const found = /"url":"([^"]+)"/.exec(log)?.[1];
      if (found === undefined) throw new Error(`not serving yet: ${log}`);
      return found;
    },
    { timeout: 20_000, interval: 50 },
  );
  return { child, url };
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-sync-deploy-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}
