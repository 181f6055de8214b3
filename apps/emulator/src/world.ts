import { EmulatorClock } from './clock.js';
import { Courier } from './delivery/courier.js';
import { FaultBook } from './faults/fault-book.js';
import { TokenStore } from './oauth/tokens.js';
import { initialQuirks, type Quirks } from './quirks.js';
import { createRandom, type Random } from './random.js';
import { RequestLog } from './request-log.js';
import { Sessions } from './sessions.js';
import { publishedCatalogue } from './state/catalogue.js';
import { plantTenant, tenantSeedSchema, type TenantSeed } from './state/seed.js';
import type { Credentials, Tenant } from './state/tenant.js';
import { Tenants } from './state/tenants.js';
import type { EventType } from './svix/event-types.js';
import { SvixSide } from './svix/svix-side.js';

export interface WorldOptions {
  /** Makes ids and tokens foreseeable. */
  readonly seed?: string;
  /** What the clock shows until it is set; milliseconds since 1970. */
  readonly now?: () => number;
  /** Tenants come into being with the first token request of `<tenant>-id` and `<tenant>-secret`. */
  readonly autoCreateTenants?: boolean;
  readonly quirks?: Partial<Quirks>;
  /** Present from the start and after a reset. */
  readonly tenants?: readonly TenantSeed[];
  /** Sends events and probes to destinations. */
  readonly fetch?: typeof globalThis.fetch;
  /** Calls that the request log keeps. */
  readonly requestLogSize?: number;
  /** Takes a line for people when the emulator itself is wrong. */
  readonly log?: (line: string) => void;
}

/** Everything an emulator knows, in one place; `reset` makes it new. */
export class World {
  readonly options: WorldOptions;
  readonly clock: EmulatorClock;
  readonly tenants = new Tenants();
  readonly faults = new FaultBook();
  readonly requests: RequestLog;
  readonly fetch: typeof globalThis.fetch;
  readonly courier: Courier;
  random: Random;
  tokens: TokenStore;
  sessions = new Sessions();
  svix = new SvixSide();
  quirks: Quirks;

  constructor(options: WorldOptions) {
    this.options = options;
    this.clock = new EmulatorClock(options.now);
    this.requests = new RequestLog(options.requestLogSize ?? 10_000);
    this.fetch = options.fetch ?? globalThis.fetch;
    this.courier = new Courier(this.clock, () => this.quirks, this.fetch);
    this.random = createRandom(options.seed);
    this.tokens = new TokenStore(this.random);
    this.quirks = { ...initialQuirks(), ...options.quirks };
    this.#plantInitialTenants();
  }

  /** As if just created. */
  reset(): void {
    this.clock.reset();
    this.tenants.clear();
    this.faults.clear();
    this.requests.clear();
    this.courier.clear();
    this.svix = new SvixSide();
    this.sessions = new Sessions();
    this.random = createRandom(this.options.seed);
    this.tokens = new TokenStore(this.random);
    this.quirks = { ...initialQuirks(), ...this.options.quirks };
    this.#plantInitialTenants();
  }

  log(line: string): void {
    (this.options.log ?? console.error)(line);
  }

  /** Makes tenants, or makes them anew; all or, when one seed is not valid, none. */
  plantAll(seeds: readonly TenantSeed[]): readonly Tenant[] {
    const context = { quirks: this.quirks, random: this.random, now: this.clock.now(), svix: this.svix };
    const tenants = seeds.map((seed) => plantTenant(tenantSeedSchema.parse(seed), context));
    for (const tenant of tenants) this.tenants.put(tenant);
    return tenants;
  }

  /** The tenant of that name; made now if tenants come into being by themselves. */
  tenant(name: string): Tenant | undefined {
    const known = this.tenants.get(name);
    if (known !== undefined || this.options.autoCreateTenants !== true) return known;
    const seed = tenantSeedSchema.safeParse({ tenant: name });
    return seed.success ? this.plantAll([seed.data])[0] : undefined;
  }

  findCredentials(clientId: string): { readonly tenant: string; readonly credentials: Credentials } | undefined {
    const tenant = /^(.+)-id$/.exec(clientId)?.[1];
    if (tenant !== undefined && this.tenants.findByClientId(clientId) === undefined) this.tenant(tenant);
    return this.tenants.findByClientId(clientId);
  }

  /** The event types of the Svix environment: everything published and what the tenant knows besides. */
  svixEventTypes(tenant: Tenant): readonly EventType[] {
    return this.svix.eventTypes.list(new Map([...publishedCatalogue(), ...tenant.catalogue]));
  }

  #plantInitialTenants(): void {
    this.plantAll(this.options.tenants ?? []);
  }
}
