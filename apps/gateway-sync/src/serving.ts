import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { DesiredFile } from './adapters/desired-file/desired-file.js';
import type { OpenedLedger } from './adapters/ledger/index.js';
import { MemoryRecords } from './adapters/memory-records.js';
import { MemoryReplicas } from './adapters/memory-replicas.js';
import { InProcessSchedule } from './adapters/schedule/in-process-schedule.js';
import type { Clock } from './core/ports.js';
import { Secret } from './core/secret.js';
import type { OnJobError, Purpose, ServiceSetup } from './service-setup.js';

/** What the service has beside the file: shared with other replicas through the database, or its own without one. */
export type Serving = Pick<ServiceSetup, 'key' | 'records' | 'replicas' | 'schedule' | 'store'> & {
  /** Once the service is stopped; the ledger stays open. */
  close(): Promise<void>;
};

interface Tools {
  readonly logger: Logger;
  readonly clock: Clock;
}

/** Rejects with a `LedgerError` when the database cannot be reached. */
export function openServing(file: DesiredFile, store: OpenedLedger | undefined, tools: Tools): Promise<Serving> {
  return store ? shared(file, store, tools) : Promise.resolve(alone(tools));
}

/** Without a database: what is known is lost with the process, and nobody else is known of. */
export function alone({ clock }: Pick<Tools, 'clock'>): Serving {
  return {
    key: new Secret(randomBytes(32).toString('base64url')),
    records: new MemoryRecords(),
    replicas: new MemoryReplicas(),
    schedule: (_, onError) => new InProcessSchedule({ clock, onError }),
    close: () => Promise.resolve(),
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
  const { records, replicas } = store.fleet(file.instance);
  return {
    key: store.ledger.fingerprintKey,
    records,
    replicas,
    schedule: (purpose, onError) => {
      onErrors.set(purpose, onError);
      return schedules[purpose];
    },
    store,
    close: () => schedules.close(),
  };
}
