import type { FileGuards } from '../../core/file-change.js';
import { NOTHING_LOCKED } from '../../core/lock.js';
import type { Retention } from '../../core/ports.js';
import { Secret } from '../../core/secret.js';
import type { Guards, SubscriptionEntry } from '../../core/state.js';
import type { DesiredFile, FileTenant, NotifySettings, RequestRate, SyncSettings } from './desired-file.js';
import type { Path, Source } from './document.js';
import { durationMs, percent } from './quantities.js';
import { resolveDelivery } from './resolve-delivery.js';
import { resolveEndpoint, resolveSvix } from './resolve-endpoints.js';
import { resolveQuota } from './resolve-quota.js';
import type { WrittenFile, WrittenPolicy, WrittenSubscription, WrittenTenant } from './schema.js';

const DEFAULT_INSTANCE = 'gateway-sync';
const DEFAULT_INTERVAL_MS = 5 * 60_000;
const DEFAULT_MAX_INTERVAL_MS = 60 * 60_000;
const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_NOTIFY_TIMEOUT_MS = 15_000;
const DEFAULT_GUARDS: Guards = { maxPrunePercent: 30, minSubscriptions: 10, protect: [], allowEmpty: false };
const DEFAULT_FILE_GUARDS: FileGuards = { maxTenantRemovalPercent: 30, minTenants: 10 };
const DEFAULT_RETENTION: Retention = { auditDays: 400, quotaDays: 400 };

type WrittenRate = NonNullable<WrittenFile['svix']>;

/** Turns the written form into the one the program works with: defaults merged in, units resolved, secrets wrapped. */
export function resolveFile(written: WrittenFile, source: Source): Omit<DesiredFile, 'path' | 'hash'> {
  const { instance = DEFAULT_INSTANCE, emporix = {}, guards = {}, retention = {}, defaults = {} } = written;
  return {
    instance,
    emporix: {
      baseUrl: (emporix.baseUrl ?? 'https://api.emporix.io').replace(/\/+$/, ''),
      ...resolveRate(emporix),
      timeoutMs: milliseconds(emporix.timeout, DEFAULT_TIMEOUT_MS),
    },
    svix: resolveRate(written.svix),
    sync: resolveSync(written.sync),
    guards: {
      maxTenantRemovalPercent: share(guards.maxTenantRemovalPercent, DEFAULT_FILE_GUARDS.maxTenantRemovalPercent),
      minTenants: guards.minTenants ?? DEFAULT_FILE_GUARDS.minTenants,
    },
    retention: {
      auditDays: retention.auditDays ?? DEFAULT_RETENTION.auditDays,
      quotaDays: retention.quotaDays ?? DEFAULT_RETENTION.quotaDays,
    },
    ...(written.notify && { notify: resolveNotify(written.notify) }),
    tenants: written.tenants.map((tenant, index) => ({
      ...resolveTenant(tenant, defaults, ['tenants', index], source),
      instance,
    })),
  };
}

function resolveRate({ requestsPerSecond = 10, requestsPerSecondPerProcess }: WrittenRate = {}): RequestRate {
  return { requestsPerSecond, ...(requestsPerSecondPerProcess !== undefined && { requestsPerSecondPerProcess }) };
}

function resolveSync(written: WrittenFile['sync'] = {}): SyncSettings {
  const intervalMs = milliseconds(written.interval, DEFAULT_INTERVAL_MS);
  return {
    intervalMs,
    maxIntervalMs: milliseconds(written.maxInterval, Math.max(intervalMs, DEFAULT_MAX_INTERVAL_MS)),
    jitterPercent: share(written.jitter, 10),
    concurrency: written.concurrency ?? 16,
  };
}

function resolveNotify({ url, secret, timeout }: NonNullable<WrittenFile['notify']>): NotifySettings {
  return { url, secret: new Secret(secret), timeoutMs: milliseconds(timeout, DEFAULT_NOTIFY_TIMEOUT_MS) };
}

function resolveTenant(
  tenant: WrittenTenant,
  defaults: WrittenPolicy,
  path: Path,
  source: Source,
): Omit<FileTenant, 'instance'> {
  const { clientId, clientSecret } = tenant.credentials;
  const listed = tenant.subscriptions ? path : ['defaults'];
  const delivery = resolveDelivery(tenant, defaults, path, source);
  return {
    tenant: tenant.tenant,
    mode: tenant.mode ?? defaults.mode ?? 'enforce',
    prune: tenant.prune ?? defaults.prune ?? 'owned',
    guards: mergeGuards(tenant.guards, defaults.guards),
    subscriptions: (tenant.subscriptions ?? defaults.subscriptions ?? []).map((entry, index) =>
      resolveEntry(entry, source.place([...listed, 'subscriptions', index])),
    ),
    quota: resolveQuota(tenant.quota, defaults.quota),
    // What is locked stands in a file of its own: see `load.ts`.
    ...((tenant.lock ?? defaults.lock) === true && { lock: NOTHING_LOCKED }),
    ...(delivery && { delivery }),
    ...resolveEndpoints(tenant, defaults, path, source),
    svix: resolveSvix(tenant.svix, defaults.svix),
    credentials: { clientId, clientSecret: new Secret(clientSecret) },
    place: source.place(path),
  };
}

/** Absent where nobody wrote a list: an empty one would mean that there are to be none. */
function resolveEndpoints(tenant: WrittenTenant, defaults: WrittenPolicy, path: Path, source: Source) {
  const written = tenant.endpoints ?? defaults.endpoints;
  const listed = tenant.endpoints ? path : ['defaults'];
  const placed = written?.map((one, index) => resolveEndpoint(one, source.place([...listed, 'endpoints', index])));
  return placed ? { endpoints: placed } : {};
}

function resolveEntry(written: WrittenSubscription, place: string): SubscriptionEntry {
  const { event, excludedFields, priority, weight } = written;
  return {
    event: event.trim(),
    ...(excludedFields && { excludedFields }),
    ...(priority !== undefined && { priority }),
    ...(weight !== undefined && { weight }),
    place,
  };
}

function mergeGuards(own: WrittenPolicy['guards'] = {}, defaults: WrittenPolicy['guards'] = {}): Guards {
  return {
    maxPrunePercent: share(own.maxPrunePercent ?? defaults.maxPrunePercent, DEFAULT_GUARDS.maxPrunePercent),
    minSubscriptions: own.minSubscriptions ?? defaults.minSubscriptions ?? DEFAULT_GUARDS.minSubscriptions,
    protect: own.protect ?? defaults.protect ?? DEFAULT_GUARDS.protect,
    allowEmpty: own.allowEmpty ?? defaults.allowEmpty ?? DEFAULT_GUARDS.allowEmpty,
  };
}

function milliseconds(written: string | number | undefined, fallback: number): number {
  return (written === undefined ? undefined : durationMs(written)) ?? fallback;
}

function share(written: string | number | undefined, fallback: number): number {
  return (written === undefined ? undefined : percent(written)) ?? fallback;
}
