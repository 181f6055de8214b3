import {
  type BackendFactory,
  type Job,
  type JobProgress,
  PostgresConnection,
  type PostgresConnectionOptions,
  PostgresQueueBackend,
  Queue,
  Worker,
} from 'bullmq';
import type { JobData } from './queue-job.js';
import { QUEUE_SCHEMA, type QueuePool } from './queue-pool.js';

export type RunJob = Job<JobData, void>;

export class RunQueue extends Queue<
  JobData,
  void,
  string,
  JobData,
  void,
  string,
  PostgresQueueBackend,
  PostgresConnectionOptions
> {}

export class RunWorker extends Worker<
  JobData,
  void,
  string,
  PostgresQueueBackend,
  JobProgress,
  PostgresConnectionOptions
> {
  /** A loop that ends with an error tells it; then the heart no longer beats. */
  override async run(): Promise<void> {
    try {
      await super.run();
    } catch (error) {
      this.emit('error', error instanceof Error ? error : new Error(String(error)));
    }
  }
}

/** The worker asks again this often at least, whether or not it was told of a job; so its loop shows that it is alive. */
const LONGEST_WAIT_S = 5;

/** BullMQ on the shared pool and in a schema of our own; `onBeat` hears every step of a worker's loop. */
export function queueBackend(
  pool: QueuePool,
  onBeat: () => void = () => {},
): BackendFactory<PostgresQueueBackend, PostgresConnectionOptions> {
  return (name, options) => new QueueBackend(new QueueConnection(pool), name, options, onBeat);
}

class QueueConnection extends PostgresConnection {
  override readonly schema = QUEUE_SCHEMA;

  /** The schema was made before. BullMQ would remember a failure of its own look for ever. */
  override waitUntilReady(): Promise<void> {
    return Promise.resolve();
  }

  /** A listening connection that is lost is opened again; when that fails, the pool tells it. */
  override emit(event: string, ...args: unknown[]): boolean {
    return event !== 'error' && super.emit(event, ...args);
  }
}

class QueueBackend extends PostgresQueueBackend {
  readonly #onBeat: () => void;

  constructor(
    connection: PostgresConnection,
    name: string,
    options: ConstructorParameters<typeof PostgresQueueBackend>[2],
    onBeat: () => void,
  ) {
    super(connection, name, options);
    this.#onBeat = onBeat;
  }

  override get maximumBlockTimeout(): number {
    return LONGEST_WAIT_S;
  }

  override moveToActive(
    ...args: Parameters<PostgresQueueBackend['moveToActive']>
  ): ReturnType<PostgresQueueBackend['moveToActive']> {
    return this.#beating(() => super.moveToActive(...args));
  }

  override waitForJob(
    ...args: Parameters<PostgresQueueBackend['waitForJob']>
  ): ReturnType<PostgresQueueBackend['waitForJob']> {
    return this.#beating(() => super.waitForJob(...args));
  }

  override moveToCompleted<Data, Result, Name extends string>(
    ...args: Parameters<typeof PostgresQueueBackend.prototype.moveToCompleted<Data, Result, Name>>
  ) {
    return this.#beating(() => super.moveToCompleted<Data, Result, Name>(...args));
  }

  /** Between a job that was fetched and its run: BullMQ makes the next job first, and tries for as long as it takes. */
  override updateJobSchedulerNextMillis(
    ...args: Parameters<PostgresQueueBackend['updateJobSchedulerNextMillis']>
  ): ReturnType<PostgresQueueBackend['updateJobSchedulerNextMillis']> {
    return this.#beating(() => super.updateJobSchedulerNextMillis(...args));
  }

  async #beating<Answer>(step: () => Promise<Answer>): Promise<Answer> {
    this.#onBeat();
    try {
      return await step();
    } finally {
      this.#onBeat();
    }
  }
}
