import { randomUUID } from 'node:crypto';
import { createEmulator, type Emulator, type EmulatorOptions } from '@gateway-sync/emulator';
import { pino } from 'pino';
import { onTestFinished, vi } from 'vitest';
import { parseDesiredFile } from '../../src/adapters/desired-file/parse.js';
import type { Outbox } from '../../src/core/outbox.js';
import type { Clock, LedgerStore } from '../../src/core/ports.js';
import type { TenantRecords } from '../../src/core/replica-ports.js';
import { alone } from '../../src/serving.js';
import type { ServiceSetup } from '../../src/service-setup.js';
import { type Service, startService } from '../../src/service.js';

export interface TenantText {
  readonly tenant: string;
  readonly credentials?: { readonly clientId: string; readonly clientSecret: string };
  readonly subscriptions?: readonly { readonly event: string; readonly excludedFields?: readonly string[] }[];
  readonly [key: string]: unknown;
}

export interface AppOptions {
  readonly tenants: readonly TenantText[];
  readonly emporix?: Record<string, unknown>;
  readonly sync?: Record<string, unknown>;
  readonly defaults?: Record<string, unknown>;
  /** Of the whole file. */
  readonly guards?: Record<string, unknown>;
  readonly emulator?: EmulatorOptions;
  readonly store?: LedgerStore;
  /** Instead of records that are lost with the process. */
  readonly records?: TenantRecords;
  /** Instead of one that is lost with the process. */
  readonly outbox?: Outbox;
  /** Who is told of quotas. */
  readonly notify?: Record<string, unknown>;
  /** Instead of the time that it is. */
  readonly clock?: Clock;
  /** Instead of schedules that go by the time that it is. */
  readonly schedule?: ServiceSetup['schedule'];
  /** Called with the emulator before the service starts. */
  readonly beforeStart?: (emulator: Emulator) => unknown;
}

export interface App {
  readonly emulator: Emulator;
  readonly service: Service;
  readonly url: string;
  /** Everything logged, as it was written. */
  readonly log: readonly string[];
  get(path: string): Promise<{ status: number; body: unknown }>;
  /** The value of a series such as `tenants{state="in_sync"}`; the prefix is added. */
  metric(series: string): Promise<number | undefined>;
  /** Waits until every tenant was looked at once. */
  firstPass(): Promise<void>;
}

export function listening(emulator: Emulator): Promise<{ url: string }> {
  return emulator.listen({ port: 0 }).then((server) => {
    onTestFinished(() => server.close());
    return server;
  });
}

/** The text of a desired-state file for tenants of the emulator. */
export function fileText(baseUrl: string, { tenants, emporix, sync, defaults, guards, notify }: AppOptions): string {
  return JSON.stringify({
    version: 1,
    emporix: { baseUrl, requestsPerSecond: 1000, timeout: '2s', ...emporix },
    svix: { requestsPerSecond: 1000 },
    sync: { interval: '1h', maxInterval: '1h', jitter: '0%', concurrency: 16, ...sync },
    defaults: { subscriptions: [{ event: 'order.*' }], svix: { url: baseUrl }, ...defaults },
    ...(guards && { guards }),
    ...(notify && { notify }),
    tenants: tenants.map((tenant) => ({
      credentials: { clientId: `${tenant.tenant}-id`, clientSecret: `${tenant.tenant}-secret` },
      ...tenant,
    })),
  });
}

/** The whole service against an emulator, both over HTTP on free ports; ends with the test. */
export async function startApp(options: AppOptions): Promise<App> {
  const emulator = createEmulator({ autoCreateTenants: true, ...options.emulator });
  options.beforeStart?.(emulator);
  const { clock = { now: Date.now } } = options;
  const { url: baseUrl } = await listening(emulator);
  const log: string[] = [];
  const setup = {
    file: parseDesiredFile(fileText(baseUrl, options), 'shops.yaml', {
      env: {},
      readFile: () => {
        throw new Error('no files in this test');
      },
    }),
    readAt: performance.now(),
    logger: pino({ level: 'trace' }, { write: (line: string) => void log.push(line) }),
    clock,
    random: () => 0.5,
    newId: randomUUID,
    build: { version: '0.0.0', revision: 'test' },
    actor: 'test:1',
    protectReads: false,
    ...alone({ clock }),
    ...(options.store && { store: options.store }),
    ...(options.records && { records: options.records }),
    ...(options.outbox && { outbox: options.outbox }),
    ...(options.schedule && { schedule: options.schedule }),
  };
  const service = await startService(setup, { port: 0, host: '127.0.0.1' });
  let stopped = false;
  const { url } = service.listening;
  const stop = async (graceMs: number, drainMs?: number) => {
    stopped = true;
    await service.stop(graceMs, drainMs);
  };
  onTestFinished(async () => {
    if (!stopped) await service.stop(0);
  });
  const get = async (path: string) => {
    const response = await fetch(`${url}${path}`);
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json');
    return { status: response.status, body: json ? (JSON.parse(text) as unknown) : text };
  };
  return {
    emulator,
    service: { listening: service.listening, reload: (cause) => service.reload(cause), stop },
    url,
    log,
    get,
    metric: async (series) => {
      const { body } = await get('/metrics');
      const line = String(body)
        .split('\n')
        .find((candidate) => candidate.startsWith(`gateway_sync_${series} `));
      return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(' ') + 1));
    },
    firstPass: () =>
      vi.waitFor(
        async () => {
          const { status } = await get('/readyz');
          if (status !== 200) throw new Error('not ready yet');
        },
        { timeout: 10_000, interval: 20 },
      ),
  };
}

/** Event types a tenant of the emulator is subscribed to, sorted. */
export function subscribed(emulator: Emulator, tenant: string): string[] {
  const { subscriptions } = emulator.state(tenant) as {
    subscriptions: { eventType: string; subscription: string }[];
  }; // the emulator's own view of a tenant
  return subscriptions
    .filter(({ subscription }) => subscription === 'SUBSCRIBED')
    .map(({ eventType }) => eventType)
    .toSorted();
}

export const ORDER_EVENTS = [
  'order.cancelled',
  'order.created',
  'order.deleted',
  'order.status-changed',
  'order.updated',
];
