import type { JsonObject } from '../core/json.js';
import type { Pause } from '../core/pause.js';
import type { RecordChanges, RecordCursor, TenantRecords } from '../core/replica-ports.js';
import type { QuotaUsage } from '../core/quota.js';
import type { QuotaState } from '../core/quota-state.js';
import type { TenantName } from '../core/state.js';
import type { TenantMarks, TenantRecord } from '../core/tenant-record.js';

interface Row {
  readonly record?: TenantRecord;
  readonly report?: JsonObject;
  readonly marks: TenantMarks;
  /** How many changes there had been, this one included. */
  readonly change: number;
}

/** Where there is no database: known to this process, and lost with it. */
export class MemoryRecords implements TenantRecords {
  readonly #rows = new Map<TenantName, Row>();
  #changes = 0;

  async read(tenant: TenantName): Promise<{ readonly record?: TenantRecord; readonly marks: TenantMarks }> {
    const { record, marks } = this.#row(tenant);
    return { ...(record && { record }), marks };
  }

  async write(record: TenantRecord, report: JsonObject): Promise<void> {
    this.#put(record.tenant, { record, report });
  }

  async pause(tenant: TenantName, pause: Pause | undefined): Promise<void> {
    const { pause: _, ...rest } = this.#row(tenant).marks;
    this.#put(tenant, { marks: { ...rest, ...(pause && { pause }) } });
  }

  async readQuota(tenant: TenantName, usage: QuotaUsage, at: number): Promise<void> {
    const { marks } = this.#row(tenant);
    if (marks.quota && marks.quota.at > at) return;
    this.#put(tenant, { marks: { ...marks, quota: { usage, at } } });
  }

  async keepQuotaState(tenant: TenantName, state: QuotaState): Promise<void> {
    const { marks } = this.#row(tenant);
    if ((marks.quotaState?.at ?? 0) > (state.at ?? 0)) return;
    this.#put(tenant, { marks: { ...marks, quotaState: state } });
  }

  async changes(cursor: RecordCursor = '0'): Promise<RecordChanges> {
    const rows = [...this.#rows]
      .filter(([, { change }]) => change > Number(cursor))
      .map(([tenant, { record, marks }]) => {
        if (!record) return { tenant, marks };
        const { memory: _, ...shown } = record;
        return { tenant, record: shown, marks };
      });
    return { rows, cursor: String(this.#changes) };
  }

  async report(tenant: TenantName): Promise<JsonObject | undefined> {
    return this.#rows.get(tenant)?.report;
  }

  async forget(tenants: readonly TenantName[]): Promise<void> {
    for (const tenant of tenants) this.#rows.delete(tenant);
  }

  #row(tenant: TenantName): Pick<Row, 'record' | 'marks'> {
    return this.#rows.get(tenant) ?? { marks: {} };
  }

  #put(tenant: TenantName, part: Partial<Row>): void {
    this.#rows.set(tenant, { marks: {}, ...this.#rows.get(tenant), ...part, change: ++this.#changes });
  }
}
