import { type Change, createEmulator, type Emulator, type EmulatorOptions } from '@gateway-sync/emulator';
import type { DesiredFile } from '../../src/adapters/desired-file/desired-file.js';
import { parseDesiredFile } from '../../src/adapters/desired-file/parse.js';
import { createGatewayFactory } from '../../src/adapters/emporix/index.js';
import { EMPTY_MEMORY } from '../../src/core/memory.js';
import type { AuditEntry, Gateway, QuotaStatistics } from '../../src/core/ports.js';
import type { EventShares } from '../../src/core/quota-state.js';
import type { ReconcileResult } from '../../src/core/result.js';
import { fileText } from './app.js';
import { changesOf, endpointNames, type EndpointNames } from './changes.js';
import { MemoryLedger } from './memory-ledger.js';
import { run } from './reconciling.js';
import { plant, SIGNING, type Situation } from './situations.js';
import { doubles, endpointsOf, ledgerOf, seen } from './tenant-view.js';

/** One tenant of a file, reconciled by hand. */
export interface Reconciled {
  readonly tenant: string;
  /** One reconcile, so long after the one before, which it remembers; and the calls that it made. */
  reconcile(afterMs?: number): Promise<{ result: ReconcileResult; calls: number; realMs: number }>;
  /** Reads the statistics of the month, as a watch of the quota does. */
  readQuota(): Promise<QuotaStatistics>;
  /** Counts the newest messages, as a watch of the quota does. */
  countEvents(): Promise<EventShares | undefined>;
  /** Everything that is to be the same in the end, whatever happened on the way. */
  view(): object;
  doubles(): string[];
  /** Things that were changed since the file said what it says, in words that are the same for every tenant. */
  changed(): ReadonlySet<string>;
  /** Things that were made since then, in the same words; one that was made anew is there twice. */
  made(): string[];
  /** Things that were changed since then, and of which no audit record says that they were. */
  unrecorded(): string[];
  /** What was removed since the file said what it says, in words that are the same for every tenant. */
  removals(): string[];
}

const MINUTE = 60_000;
const MONTH = '2026-11';
const EVERY_EVENT = { from: 0, to: Date.UTC(2100, 0) };
/** A request takes so long at most; a busy machine is not to fail one. */
const PATIENCE_MS = 20_000;
const HASTE_MS = 1_000;

/**
 * Tenants of one file, all in the same situation: what the file said until now is done, and now it says something else.
 * `impatient` ones wait only a second for an answer.
 */
export async function faultyTenants(
  situation: Situation,
  names: readonly string[],
  { impatient, ...options }: EmulatorOptions & { readonly impatient: readonly string[] },
): Promise<{ emulator: Emulator; tenants: Reconciled[]; close: () => Promise<void> }> {
  const emulator = createEmulator(options);
  const server = await emulator.listen();
  await plant(emulator, names, situation);
  const parse = (wish: Situation['next'], timeout: number): DesiredFile => {
    const tenants = names.map((tenant) => ({ tenant, ...wish }));
    const text = fileText(server.url, { tenants, emporix: { timeout: `${timeout}ms` } });
    return parseDesiredFile(text, 'shops.yaml', { env: {}, readFile: () => '' });
  };
  const ledgers = new Map(names.map((name) => [name, new MemoryLedger()]));
  const clock = { now: () => 1000 };
  if (situation.first) {
    const before = parse(situation.first, PATIENCE_MS);
    const gateways = createGatewayFactory(before, { userAgent: 'test' });
    for (const desired of before.tenants) {
      const ledger = ledgers.get(desired.tenant);
      const { outcome, error } = await run(desired, gateways.for(desired), {}, { clock, ...(ledger && { ledger }) });
      if (outcome !== 'changed') throw error ?? new Error(`${desired.tenant} could not be prepared: ${outcome}`);
    }
  }
  const file = parse(situation.next, PATIENCE_MS);
  const gateways = createGatewayFactory(file, { userAgent: 'test' });
  const hasty = createGatewayFactory(parse(situation.next, HASTE_MS), { userAgent: 'test' });
  const uids = new Map(
    names.flatMap((name) => endpointsOf(emulator, name).map(({ id, uid }) => [id, String(uid)] as const)),
  );
  emulator.clearRequests();
  return {
    emulator,
    close: () => server.close(),
    tenants: file.tenants.map((desired) => {
      const ledger = ledgers.get(desired.tenant) ?? new MemoryLedger();
      ledger.audit.length = 0;
      return oneOf(desired, {
        emulator,
        ledger,
        uids,
        gateway: (impatient.includes(desired.tenant) ? hasty : gateways).for(desired),
      });
    }),
  };
}

interface Surroundings {
  readonly emulator: Emulator;
  readonly ledger: MemoryLedger;
  readonly gateway: Gateway;
  readonly uids: ReadonlyMap<string, string>;
}

function oneOf(desired: DesiredFile['tenants'][number], { emulator, ledger, gateway, uids }: Surroundings): Reconciled {
  const { tenant } = desired;
  let memory = EMPTY_MEMORY;
  let now = 1000;
  const callsSoFar = () => Object.values(emulator.counts(tenant)).reduce((sum, count) => sum + count, 0);
  return {
    tenant,
    reconcile: async (afterMs = 5 * MINUTE) => {
      const before = callsSoFar();
      const startedAt = performance.now();
      now += afterMs;
      const result = await run(desired, gateway, { memory }, { ledger, clock: { now: () => now } });
      memory = result.memory;
      return { result, calls: callsSoFar() - before, realMs: performance.now() - startedAt };
    },
    readQuota: () => gateway.readQuota(MONTH, new AbortController().signal),
    countEvents: async () => gateway.endpoints?.countEvents(EVERY_EVENT, new AbortController().signal),
    changed: () => things(emulator, tenant),
    made: () => made(emulator, tenant),
    view: () => ({ ...seen(emulator, tenant, SIGNING), ledger: ledgerOf(emulator, tenant, ledger.rows) }),
    doubles: () => doubles(emulator, tenant),
    unrecorded: () => unrecorded(emulator, tenant, { uids, audit: ledger.audit }),
    removals: () => removals(emulator, tenant, uids),
  };
}

function things(emulator: Emulator, tenant: string): ReadonlySet<string> {
  return new Set(emulator.requests({ tenant }).flatMap(({ changes }) => changes.map(thingOf)));
}

function made(emulator: Emulator, tenant: string): string[] {
  const changes = emulator.requests({ tenant }).flatMap((request) => request.changes);
  return changes.filter(({ what, to }) => what !== 'subscription' && to === 'created').map(thingOf);
}

/** Ids are other ones for each tenant. */
function thingOf({ what, key, name }: Change): string {
  return `${what} ${name ?? (what === 'target' || what === 'endpoint' ? 'without a name' : key)}`;
}

function unrecorded(
  emulator: Emulator,
  tenant: string,
  { uids, audit }: { readonly uids: ReadonlyMap<string, string>; readonly audit: readonly AuditEntry[] },
): string[] {
  const names = new Map([...uids, ...endpointNames(emulator, [tenant])]);
  const recorded = changesOf(audit.flatMap((entry) => entry.changes.map((change) => ({ ...entry, change }))));
  const changed = emulator.requests({ tenant }).flatMap(({ operationId, changes }) =>
    // Targets that come and go with their config are part of its record.
    changes.filter(({ what }) => what !== 'target' || operationId === 'patchConfig').map((one) => wordFor(one, names)),
  );
  return [...new Set(changed)].filter((thing) => !recorded.has(thing));
}

/** As `changesOf` has it. */
function wordFor({ what, key }: Change, names: EndpointNames): string {
  if (what === 'target') return 'targets';
  return `${what} ${what === 'endpoint' ? (names.get(key) ?? key) : key}`;
}

function removals(emulator: Emulator, tenant: string, uids: ReadonlyMap<string, string>): string[] {
  const told = emulator.requests({ tenant }).flatMap(({ operationId, path, requestBody }): string[] => {
    const last = path.replace(/\?.*/, '').split('/').at(-1) ?? '';
    if (operationId === 'deleteEndpoint') return [`endpoint ${uids.get(last) ?? last}`];
    if (operationId === 'deleteConfig') return [`config ${last}`];
    if (operationId !== 'updateSubscriptions') return [];
    const items = requestBody as readonly { eventType: string; action: string }[]; // judged by the emulator
    return items.filter(({ action }) => action === 'UNSUBSCRIBE').map(({ eventType }) => `subscription ${eventType}`);
  });
  return [...new Set(told)].toSorted();
}
