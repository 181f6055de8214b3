import type { TenantName } from '../core/state.js';
import type { TenantMarks, TenantRecord } from '../core/tenant-record.js';

/** What is known of one tenant, from runs of this process and of the other replicas. */
export interface TenantRow {
  readonly record?: Omit<TenantRecord, 'memory'>;
  readonly marks: TenantMarks;
}

const UNKNOWN: TenantRow = { marks: {} };

/** The newest that is known of every tenant. */
export class TenantRows {
  readonly #rows = new Map<TenantName, TenantRow>();

  get(tenant: TenantName): TenantRow {
    return this.#rows.get(tenant) ?? UNKNOWN;
  }

  /** What this process did a moment ago may be newer than what it reads of it. */
  learn(tenant: TenantName, { record: told, marks }: TenantRow): void {
    const record = newer(this.get(tenant).record, told);
    this.#rows.set(tenant, { ...(record && { record }), marks });
  }

  forget(tenant: TenantName): void {
    this.#rows.delete(tenant);
  }
}

function newer(known: TenantRow['record'], told: TenantRow['record']): TenantRow['record'] {
  if (!known || !told) return told ?? known;
  return told.last.finishedAt >= known.last.finishedAt ? told : known;
}
