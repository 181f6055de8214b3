import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FaultInput, LoggedRequest, TenantSeed } from '@gateway-sync/emulator';
import type { View } from './tenant-view.js';

const MAIN = join(dirname(createRequire(import.meta.url).resolve('@gateway-sync/emulator')), 'main.js');
/** The log keeps so many calls: it has to be read before there are more. */
const LOG_KEEPS = 10_000;

/** The emulator in a process of its own, by its control API. */
export class EmulatorProcess {
  readonly url: string;
  /** All calls of which the log was read, in the order in which they ended. */
  readonly requests: LoggedRequest[] = [];
  readonly #child: ChildProcess;
  readonly #seen = new Set<number>();
  #since = 0;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.url = url;
  }

  static async start(seed: number): Promise<EmulatorProcess> {
    const child = spawn(process.execPath, [MAIN, '--port', '0', '--strict', '--seed', String(seed)], {
      env: {},
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
    const url = /http:\S+/.exec(chunk.toString())?.[0];
    if (url === undefined) throw new Error(`the emulator did not say where it is: ${chunk.toString()}`);
    return new EmulatorProcess(child, url);
  }

  async seed(tenants: readonly TenantSeed[]): Promise<void> {
    await this.control('POST', '/seed', { tenants });
  }

  async addFault(fault: FaultInput): Promise<string> {
    const { id } = (await this.control('POST', '/faults', fault)) as { id: string }; // as its README says
    return id;
  }

  async clearFaults(): Promise<void> {
    await this.control('DELETE', '/faults');
  }

  /** Reads what came to the log since the last time. */
  async readLog(): Promise<readonly LoggedRequest[]> {
    const path = `/requests?since=${new Date(this.#since).toISOString()}`;
    const { requests } = (await this.control('GET', path)) as { requests: readonly WrittenRequest[] };
    const fresh = requests.filter(({ id }) => !this.#seen.has(id));
    if (requests.length >= LOG_KEEPS && fresh.length === requests.length) {
      throw new Error('the log of the emulator was read too late: calls are missing');
    }
    for (const { responseBody: _, ...request } of fresh) {
      this.#seen.add(request.id);
      this.requests.push({ ...request, startedAt: Date.parse(request.startedAt), at: Date.parse(request.at) });
    }
    this.#since = this.requests.at(-1)?.at ?? 0;
    return this.requests.slice(-fresh.length || this.requests.length);
  }

  /** What `Emulator.state` and `Emulator.svix` would answer for these tenants at this moment. */
  async snapshot(tenants: readonly string[]): Promise<View> {
    const read = async (tenant: string) => ({
      state: await this.control('GET', `/tenants/${tenant}?secrets=true`),
      svix: await this.control('GET', `/tenants/${tenant}/svix`),
    });
    const views = new Map<string, Awaited<ReturnType<typeof read>>>();
    for (const tenant of tenants) views.set(tenant, await read(tenant));
    return {
      state: (tenant) => views.get(tenant)?.state,
      svix: (tenant) => views.get(tenant)?.svix,
    };
  }

  async control(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(`${this.url}/_emulator${path}`, {
      method,
      ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const closed = once(this.#child, 'close');
    this.#child.kill('SIGKILL');
    await closed;
  }
}

/** Times are texts over HTTP. */
type WrittenRequest = Omit<LoggedRequest, 'at' | 'startedAt'> & { readonly at: string; readonly startedAt: string };
