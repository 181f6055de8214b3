import type { TestDatabase } from '../support/database.js';
import type { Replica } from '../support/replicas.js';

/** What was measured at one moment, by name; the unit is in the name. */
export type Sample = ReadonlyMap<string, number>;

/** Series of `/metrics` that tell how a process lives. */
const LIFE: Readonly<Record<string, string>> = {
  process_resident_memory_bytes: 'RSS, MB',
  nodejs_heap_size_used_bytes: 'heap, MB',
  nodejs_active_handles_total: 'handles',
  nodejs_active_requests_total: 'requests under way',
  nodejs_eventloop_lag_p99_seconds: 'event loop p99, ms',
  process_open_fds: 'open files',
};
const SCALE: Readonly<Record<string, number>> = { MB: 1 / 2 ** 20, ms: 1_000 };

export async function takeSample(replica: Replica, database: Pick<TestDatabase, 'query'>): Promise<Sample> {
  const text = await replica.text('/metrics');
  const sample = new Map<string, number>();
  let series = 0;
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    series++;
    const [name = '', value] = line.split(' ');
    const measure = LIFE[name];
    if (measure !== undefined) sample.set(measure, Number(value) * (SCALE[measure.split(', ')[1] ?? ''] ?? 1));
  }
  sample.set('series', series);
  const [connections] = await database.query<{ count: number }>(
    'select count(*)::int as count from pg_stat_activity where datname = current_database()',
  );
  sample.set('connections', connections?.count ?? 0);
  for (const { name, count } of await rowCounts(database)) sample.set(`rows of ${name}`, count);
  return sample;
}

/** Of every table, ours and those of the queue. */
async function rowCounts(database: Pick<TestDatabase, 'query'>): Promise<{ name: string; count: number }[]> {
  const tables = await database.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
  );
  if (tables.length === 0) return [];
  const counts = tables.map(({ name }) => `select '${name}' as name, count(*)::int as count from ${name}`);
  return database.query(counts.join(' union all '));
}
