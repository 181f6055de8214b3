import type { Pause } from '../core/pause.js';
import type { TenantRecords } from '../core/replica-ports.js';
import type { TenantName } from '../core/state.js';
import type { TenantMarks, TenantRecord } from '../core/tenant-record.js';
import { MemoryRecords } from './memory-records.js';

/** Of a process that looks after some tenants beside the replicas: its own, but for pauses, which hold everywhere. */
export class RecordsBeside extends MemoryRecords {
  readonly #shared: Pick<TenantRecords, 'read' | 'pause'>;

  constructor(shared: Pick<TenantRecords, 'read' | 'pause'>) {
    super();
    this.#shared = shared;
  }

  override async read(tenant: TenantName): Promise<{ readonly record?: TenantRecord; readonly marks: TenantMarks }> {
    const [own, shared] = await Promise.all([super.read(tenant), this.#shared.read(tenant)]);
    const { pause: _, ...marks } = own.marks;
    const { pause } = shared.marks;
    return { ...own, marks: { ...marks, ...(pause && { pause }) } };
  }

  override async pause(tenant: TenantName, pause: Pause | undefined): Promise<void> {
    await this.#shared.pause(tenant, pause);
    await super.pause(tenant, pause);
  }
}
