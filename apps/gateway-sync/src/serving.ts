import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { DesiredFile } from './adapters/desired-file/desired-file.js';
import type { OpenedLedger } from './adapters/ledger/index.js';
import { MemoryOutbox } from './adapters/memory-outbox.js';
import { MemoryRecords } from './adapters/memory-records.js';
import { MemoryReplicas } from './adapters/memory-replicas.js';
import { RecordsBeside } from './adapters/records-beside.js';
import { InProcessSchedule } from './adapters/schedule/in-process-schedule.js';
import type { Clock } from './core/ports.js';
import type { RunLocks } from './core/replica-ports.js';
import type { Purpose } from './core/schedule.js';
import { Secret } from './core/secret.js';
import type { OnJobError, ServiceSetup } from './service-setup.js';

/** What the service has beside the file: shared with other replicas through the database, or its own without one. */
export interface Serving {
  readonly parts: Pick<ServiceSetup, 'key' | 'records' | 'replicas' | 'outbox' | 'schedule' | 'store'>;
  /** Once the service is stopped. Closes the ledger, too. */
  close(): Promise<void>;
}

interface Tools {
  readonly logger: Logger;
  readonly clock: Clock;
  /** Whether it looks after some tenants of the file only: beside the replicas, and not as one of them. */
  readonly partial: boolean;
}

/** Rejects with a `LedgerError` when the database cannot be reached. */
export async function openServing(file: DesiredFile, store: OpenedLedger | undefined, tools: Tools): Promise<Serving> {
  if (!store) return { parts: alone(tools), close: () => Promise.resolve() };
  if (!tools.partial) return shared(file, store, tools);
  const records = new RecordsBeside(store.fleet(file.instance).records);
  return { parts: { ...alone({ ...tools, locks: store.locks }), records, store }, close: () => store.close() };
}

/** What is known is lost with the process, and nobody else is known of; `locks` keep others away all the same. */
export function alone({ clock, locks }: { readonly clock: Clock; readonly locks?: RunLocks }): Serving['parts'] {
  return {
    key: new Secret(randomBytes(32).toString('base64url')),
    records: new MemoryRecords(),
    replicas: new MemoryReplicas(),
    outbox: new MemoryOutbox(clock),
    schedule: (purpose, onError) =>
      new InProcessSchedule({ clock, onError, ...(locks && purpose === 'reconcile' && { locks }) }),
  };
}

async function shared(file: DesiredFile, store: OpenedLedger, { logger, clock }: Tools): Promise<Serving> {
  // Here and not above: it takes its time, and few commands serve.
  const { createBullSchedules } = await import('./adapters/schedule/bullmq/bull-schedules.js');
  const onErrors = new Map<Purpose, OnJobError>();
  const schedules = await createBullSchedules({
    address: store.address,
    instance: file.instance,
    locks: store.locks,
    clock,
    log: {
      info: (fields, message) => logger.info(fields, message),
      warn: (fields, message) => logger.warn(fields, message),
    },
    onError: (purpose, tenant, error) => onErrors.get(purpose)?.(tenant, error),
  });
  const { records, replicas, outbox } = store.fleet(file.instance);
  const schedule = (purpose: Purpose, onError: OnJobError) => {
    onErrors.set(purpose, onError);
    return schedules[purpose];
  };
  return {
    parts: { key: store.ledger.fingerprintKey, records, replicas, outbox, schedule, store },
    close: async () => {
      await schedules.close();
      await store.close();
    },
  };
}
