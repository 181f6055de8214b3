import type { LedgerChange, OwnedThing, OwnedThings } from '../../src/core/ledger.js';
import type { AuditEntry, Ledger } from '../../src/core/ports.js';
import { Secret } from '../../src/core/secret.js';

/** The ledger of one tenant in memory, by the rules of the real one. */
export class MemoryLedger implements Ledger {
  readonly fingerprintKey = new Secret('a key for fingerprints in tests');
  readonly audit: AuditEntry[] = [];
  commits = 0;
  /** Thrown by every call while it is set. */
  failure: Error | undefined;

  constructor(public rows: OwnedThings = []) {}

  /** Keys of the rows, sorted. */
  keys(): string[] {
    return this.rows.map(({ key }) => key).toSorted();
  }

  read(): Promise<OwnedThings> {
    return this.failure ? Promise.reject(this.failure) : Promise.resolve(this.rows);
  }

  commit(_: string, { put, forget }: LedgerChange, audit?: AuditEntry): Promise<void> {
    if (this.failure) return Promise.reject(this.failure);
    this.commits++;
    const rows = new Map(this.rows.map((row) => [idOf(row), row]));
    for (const row of forget) rows.delete(idOf(row));
    for (const row of put) {
      const firstOwnedAt = rows.get(idOf(row))?.firstOwnedAt ?? row.firstOwnedAt;
      rows.set(idOf(row), { ...row, firstOwnedAt });
    }
    this.rows = [...rows.values()];
    if (audit) this.audit.push(audit);
    return Promise.resolve();
  }
}

function idOf({ resource, key }: Pick<OwnedThing, 'resource' | 'key'>): string {
  return `${resource} ${key}`;
}
