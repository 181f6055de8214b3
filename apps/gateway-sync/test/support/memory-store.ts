import { MemoryOutbox } from '../../src/adapters/memory-outbox.js';
import { MemoryRecords } from '../../src/adapters/memory-records.js';
import { MemoryReplicas } from '../../src/adapters/memory-replicas.js';
import type { OwnedThings } from '../../src/core/ledger.js';
import type {
  AuditEntry,
  AuditRecord,
  AuditTrail,
  Ledger,
  LedgerStore,
  QuotaLog,
  Retention,
} from '../../src/core/ports.js';
import type { FleetStore, RequestBudget, RunLocks } from '../../src/core/replica-ports.js';
import type { QuotaUsage } from '../../src/core/quota.js';
import type { TenantName } from '../../src/core/state.js';
import { MemoryLedger } from './memory-ledger.js';

/** Everything that a ledger keeps, of several tenants, in memory. */
export class MemoryStore implements LedgerStore {
  readonly #ledgers = new Map<TenantName, MemoryLedger>();
  readonly #records: AuditRecord[] = [];
  readonly #readings = new Map<TenantName, { usage: QuotaUsage; at: number }[]>();
  readonly #fleets = new Map<string, FleetStore>();
  closed = 0;
  /** What it was told last to keep. */
  kept: Retention | undefined;
  /** Thrown by every call while it is set, but not by `close`. */
  failure: Error | undefined;
  /** Thrown by `close`. */
  closing: Error | undefined;

  constructor(owned: Readonly<Record<TenantName, OwnedThings>> = {}) {
    for (const [tenant, rows] of Object.entries(owned)) this.#ledgers.set(tenant, new MemoryLedger(rows));
  }

  readonly ledger: Ledger = {
    fingerprintKey: new MemoryLedger().fingerprintKey,
    read: (tenant) => this.#orFail(() => this.of(tenant).read()),
    commit: (tenant, change, audit) =>
      this.#orFail(async () => {
        await this.of(tenant).commit(tenant, change, audit);
        if (audit) this.record(audit);
      }),
  };

  readonly audit: AuditTrail = {
    history: ({ tenants, limit, before }) =>
      this.#orFail(async () =>
        this.#records
          .filter(({ tenant }) => tenants?.includes(tenant) ?? true)
          .filter(({ id }) => before === undefined || Number(id) < Number(before))
          .toReversed()
          .slice(0, limit),
      ),
  };

  readonly quota: QuotaLog = {
    add: (tenant, usage, at) =>
      this.#orFail(async () => {
        const others = (this.#readings.get(tenant) ?? []).filter((reading) => reading.at !== at);
        this.#readings.set(
          tenant,
          [...others, { usage, at }].toSorted((a, b) => a.at - b.at),
        );
      }),
    last: (tenant) => this.#orFail(async () => this.#readings.get(tenant)?.at(-1)),
    since: (tenant, from) =>
      this.#orFail(async () => (this.#readings.get(tenant) ?? []).filter(({ at }) => at >= from)),
  };

  budget(): RequestBudget {
    return { take: async () => {} };
  }

  readonly #held = new Set<TenantName>();
  readonly locks: RunLocks = {
    hold: (tenant) =>
      this.#orFail(async () => {
        if (this.#held.has(tenant)) return undefined;
        this.#held.add(tenant);
        return { signal: new AbortController().signal, release: async () => void this.#held.delete(tenant) };
      }),
  };

  /** Whoever asks for the same instance shares it. */
  fleet(instance: string): FleetStore {
    const fleet = this.#fleets.get(instance) ?? {
      records: new MemoryRecords(),
      replicas: new MemoryReplicas(),
      outbox: new MemoryOutbox({ now: Date.now }),
    };
    this.#fleets.set(instance, fleet);
    return fleet;
  }

  keep(retention: Retention): void {
    this.kept = retention;
  }

  of(tenant: TenantName): MemoryLedger {
    const ledger = this.#ledgers.get(tenant) ?? new MemoryLedger();
    this.#ledgers.set(tenant, ledger);
    return ledger;
  }

  /** Keeps an entry as one record for each of its changes. */
  record({ changes, ...entry }: AuditEntry): void {
    for (const change of changes) this.#records.push({ ...entry, id: `${this.#records.length + 1}`, change });
  }

  ping(): Promise<void> {
    return this.#orFail(async () => {});
  }

  close(): Promise<void> {
    this.closed++;
    return this.closing ? Promise.reject(this.closing) : Promise.resolve();
  }

  #orFail<Value>(call: () => Promise<Value>): Promise<Value> {
    return this.failure ? Promise.reject(this.failure) : call();
  }
}
