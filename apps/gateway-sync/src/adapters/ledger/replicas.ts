import { randomUUID } from 'node:crypto';
import { and, eq, lt, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { type Place, placeOf, type Self } from '../../core/generations.js';
import type { AnnouncedFile, Replicas, Standing } from '../../core/replica-ports.js';
import { VERSION } from '../../version.js';
import { now, storableText } from './columns.js';
import type { Database } from './database.js';
import { fileGeneration, replica } from './schema.js';

/** Rows of replicas that were not heard of for so long are deleted. */
const FORGOTTEN = sql`interval '1 hour'`;
/** Files that are remembered; an older one counts as new. */
const FILES = 1_000;

export class PostgresReplicas implements Replicas {
  readonly #database: Database;
  readonly #instance: string;
  readonly #id = randomUUID();
  #file: AnnouncedFile | undefined;

  constructor(database: Database, instance: string) {
    this.#database = database;
    this.#instance = instance;
  }

  async announce(file: AnnouncedFile): Promise<Standing> {
    this.#file = file;
    await this.#database.run('forget replicas that are gone', (db) =>
      db.delete(replica).where(sql`${replica.beatAt} < ${now} - ${FORGOTTEN}`),
    );
    return this.#beat(file, true);
  }

  beat(): Promise<Standing> {
    if (this.#file === undefined) throw new Error('A replica has to be announced first');
    return this.#beat(this.#file, false);
  }

  async leave(): Promise<void> {
    await this.#database.run('take leave of the other replicas', (db) =>
      db.delete(replica).where(eq(replica.id, this.#id)),
    );
  }

  async #beat({ hash, readAt, reloaded }: AnnouncedFile, announcing: boolean): Promise<Standing> {
    const mine = { file: hash, agoMs: performance.now() - readAt };
    const { role, generation, replicas } = await this.#database.run('be heard of by the other replicas', (db) =>
      db.transaction(async (transaction) => {
        // One after the other, so that two files do not get the same generation.
        const lock = storableText(`gateway-sync: replicas of ${this.#instance}`);
        await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`);
        const place = await this.#place(transaction, { ...mine, reloaded, announcing });
        await this.#keep(transaction, mine, place);
        return place;
      }),
    );
    return { role, generation, replicas };
  }

  async #place(
    db: NodePgDatabase,
    { agoMs, ...self }: Omit<Self, 'id' | 'loadedAt'> & { agoMs: number },
  ): Promise<Place> {
    const files = await db
      .select({ file: fileGeneration.file, generation: fileGeneration.generation, loadedAt: fileGeneration.loadedAt })
      .from(fileGeneration)
      .where(
        and(
          eq(fileGeneration.instance, this.#instance),
          sql`(${fileGeneration.file} = ${self.file} or ${fileGeneration.generation} = (
            select max(newest.generation) from ${fileGeneration} as newest where newest.instance = ${this.#instance}))`,
        ),
      );
    const replicas = await db
      .select({ id: replica.id, generation: replica.generation, beatAt: replica.beatAt })
      .from(replica)
      .where(eq(replica.instance, this.#instance));
    const clock = await db.execute<{ now: string }>(sql`select ${now} as now`);
    const at = new Date(clock.rows[0]?.now ?? Number.NaN).getTime();
    const loaded = files.map((one) => ({ ...one, loadedAt: new Date(one.loadedAt).getTime() }));
    return placeOf({ files: loaded, replicas }, { id: this.#id, loadedAt: at - agoMs, ...self }, at);
  }

  async #keep(
    db: NodePgDatabase,
    { file, agoMs }: { file: string; agoMs: number },
    { generation, fresh }: Place,
  ): Promise<void> {
    const instance = this.#instance;
    const mine = { instance, generation, version: VERSION };
    await db
      .insert(replica)
      .values({ id: this.#id, ...mine })
      .onConflictDoUpdate({ target: replica.id, set: { ...mine, beatAt: now } });
    if (!fresh) return;
    const loadedAt = sql`${now} - make_interval(secs => ${agoMs / 1000}::float8)`;
    await db
      .insert(fileGeneration)
      .values({ instance, file, generation, loadedAt })
      .onConflictDoUpdate({ target: [fileGeneration.instance, fileGeneration.file], set: { generation, loadedAt } });
    await db
      .delete(fileGeneration)
      .where(and(eq(fileGeneration.instance, instance), lt(fileGeneration.generation, generation - FILES)));
  }
}
