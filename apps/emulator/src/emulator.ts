import { createApp } from './app.js';
import type { EmulatorClock } from './clock.js';
import { loadContract } from './contract/contract.js';
import { createControl } from './control/control.js';
import { findTenant, viewTenant } from './control/state-routes.js';
import { viewSvix } from './control/svix-routes.js';
import { faultSchema, type FaultInput } from './faults/fault.js';
import { listen, type ListenOptions, type Listening } from './listen.js';
import type { Quirks } from './quirks.js';
import type { LoggedRequest, RequestFilter } from './request-log.js';
import { tenantHandlers, type Handlers } from './routes/handlers.js';
import { emitEvent } from './delivery/emit.js';
import type { EventRecord } from './delivery/event-record.js';
import type { JsonObject } from './json.js';
import type { CatalogueChange } from './state/catalogue.js';
import type { TenantSeed } from './state/seed.js';
import { World, type WorldOptions } from './world.js';

export type EmulatorOptions = WorldOptions;

/** A stand-in for the Emporix Webhook Service, its OAuth and Svix. Everything below can be done over HTTP too. */
export interface Emulator {
  /** Serves the API and the control API in process. */
  readonly fetch: (request: Request) => Promise<Response>;
  readonly listen: (options?: ListenOptions) => Promise<Listening>;
  readonly clock: EmulatorClock;
  /** Makes tenants, or makes them anew. */
  seed(...tenants: readonly TenantSeed[]): void;
  reset(): void;
  setQuirks(changes: Partial<Quirks>): void;
  /** Returns the fault's id. */
  addFault(fault: FaultInput): string;
  clearFaults(): void;
  requests(filter?: RequestFilter): readonly LoggedRequest[];
  /** API calls by operation, since the start or the last clearing. */
  counts(tenant?: string): Readonly<Record<string, number>>;
  clearRequests(): void;
  /** Lets an event of the tenant happen. Without a payload one is made of the event's schema. */
  emit(tenant: string, event: { readonly type: string; readonly payload?: JsonObject }): Promise<EventRecord>;
  /** Lets event types of the tenant come, change and go. */
  changeCatalogue(tenant: string, change: CatalogueChange): void;
  /** Moves the clock on and makes the retries due on the way; returns how many. */
  advance(ms: number): Promise<number>;
  /** The whole state of a tenant; secrets are masked unless asked for. */
  state(tenant: string, options?: { readonly secrets?: boolean }): unknown;
  /** The Svix side of a tenant with all its secrets. */
  svix(tenant: string): unknown;
}

const RETRY_CHECK_MS = 1_000;

export function createEmulator(options: EmulatorOptions = {}): Emulator {
  return buildEmulator(options, tenantHandlers);
}

/** As `createEmulator`, with other handlers; lets tests see what an emulator does that breaks its contract. */
export function buildEmulator(options: EmulatorOptions, handlers: Handlers): Emulator {
  const world = new World(options);
  const api = createApp(world, loadContract(), handlers);
  const control = createControl(world);
  const fetch = async (request: Request): Promise<Response> =>
    /^\/_emulator(\/|$)/.test(new URL(request.url).pathname) ? await control.fetch(request) : await api(request);
  return {
    fetch,
    listen: async (listenOptions) => startListening(world, fetch, listenOptions),
    clock: world.clock,
    seed: (...tenants) => world.plantAll(tenants),
    reset: () => world.reset(),
    setQuirks: (changes) => {
      world.quirks = { ...world.quirks, ...changes };
    },
    addFault: (fault) => world.faults.add(faultSchema.parse(fault)).id,
    clearFaults: () => world.faults.clear(),
    requests: (filter) => world.requests.list(filter),
    counts: (tenant) => world.requests.counts(tenant),
    clearRequests: () => world.requests.clear(),
    emit: (tenant, { type, payload }) => emitEvent(findTenant(world, tenant), type.toLowerCase(), payload, world),
    changeCatalogue: (tenant, change) => findTenant(world, tenant).changeCatalogue(change),
    advance: (ms) => world.courier.advance(ms),
    state: (tenant, { secrets = false } = {}) => viewTenant(findTenant(world, tenant), secrets),
    svix: (tenant) => viewSvix(findTenant(world, tenant), world),
  };
}

/** Besides serving, makes retries as the running clock reaches them. */
async function startListening(world: World, fetch: Emulator['fetch'], options?: ListenOptions): Promise<Listening> {
  const server = await listen(fetch, options);
  const timer = setInterval(() => void world.courier.runDue(), RETRY_CHECK_MS);
  timer.unref();
  return {
    ...server,
    close: async () => {
      clearInterval(timer);
      await server.close();
    },
  };
}
