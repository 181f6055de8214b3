import { describe, expect, it } from 'vitest';
import { useDatabase } from '../../../test/support/database.js';
import type { Replicas } from '../../core/replica-ports.js';

const database = useDatabase();

/** Several replicas of one instance, each with connections of its own. */
async function replicasOf(instance: string, count: number): Promise<Replicas[]> {
  const opened = await Promise.all(Array.from({ length: count }, () => database.open()));
  return opened.map((store) => store.fleet(instance).replicas);
}

/** As if nobody of an instance had been heard of for so long. */
const silence = (instance: string, interval: string) =>
  database.query(`update gateway_sync.replica set beat_at = beat_at - $2::interval where instance = $1`, [
    instance,
    interval,
  ]);
/** A file that was read so long ago. */
const started = (hash: string, agoMs = 0) => ({ hash, readAt: performance.now() - agoMs, reloaded: false });
const reloaded = (hash: string, agoMs = 0) => ({ ...started(hash, agoMs), reloaded: true });
const files = (instance: string) =>
  database.query(`select file, generation::int from gateway_sync.file_generation where instance = $1 order by 2`, [
    instance,
  ]);
const roles = async (replicas: readonly Replicas[]) => {
  const told: string[] = [];
  for (const one of replicas) {
    const { role, replicas: count } = await one.beat();
    told.push(`${role} of ${count}`);
  }
  return told;
};

describe('replicas in PostgreSQL', () => {
  it('with the same file all lead', async () => {
    const all = await replicasOf('same', 3);
    await Promise.all(all.map((one) => one.announce(started('a'))));
    expect(await roles(all)).toEqual(['leading of 3', 'leading of 3', 'leading of 3']);
    expect(await files('same')).toEqual([{ file: 'a', generation: 1 }]);
  });

  it('in a rolling change the older file stands by, also when it starts again, until nobody has the newer one', async () => {
    const [old, young, late] = await replicasOf('rolling', 3);
    if (!old || !young || !late) throw new Error('no replicas');
    await old.announce(started('a'));
    expect(await young.announce(started('b'))).toEqual({ role: 'leading', generation: 2, replicas: 2 });
    expect(await old.beat()).toEqual({ role: 'behind', generation: 1, replicas: 2 });
    expect(await late.announce(started('a'))).toEqual({ role: 'behind', generation: 1, replicas: 3 });

    await young.leave();
    expect(await roles([late, old])).toEqual(['leading of 2', 'leading of 2']);
    expect(await young.announce(started('b', 1_000))).toEqual({ role: 'behind', generation: 2, replicas: 3 });
  });

  it('a change that is taken back while running leads', async () => {
    const [one, other] = await replicasOf('back', 2);
    if (!one || !other) throw new Error('no replicas');
    await one.announce(started('a'));
    await other.announce(started('a'));
    await one.announce(reloaded('b'));
    expect(await roles([one, other])).toEqual(['leading of 2', 'behind of 2']);
    await one.announce(reloaded('a'));
    expect(await roles([one, other])).toEqual(['leading of 2', 'leading of 2']);
    expect(await files('back')).toEqual([
      { file: 'b', generation: 2 },
      { file: 'a', generation: 3 },
    ]);
  });

  it('a change that was loaded before the newest, and is heard of after it, stands by', async () => {
    const [one, late] = await replicasOf('late', 2);
    if (!one || !late) throw new Error('no replicas');
    await one.announce(started('a'));
    await late.announce(started('a'));
    await one.announce(reloaded('c'));
    expect(await late.announce(reloaded('b', 60_000))).toEqual({ role: 'behind', generation: 0, replicas: 2 });
    expect(await roles([late, one])).toEqual(['behind of 2', 'leading of 2']);
    expect(await late.announce(reloaded('c'))).toEqual({ role: 'leading', generation: 2, replicas: 2 });
  });

  it('whoever died with the newer file is noticed, and does not lead again when it was only cut off', async () => {
    const [old, dead] = await replicasOf('dead', 2);
    if (!old || !dead) throw new Error('no replicas');
    await old.announce(started('a'));
    await dead.announce(started('b'));
    expect(await old.beat()).toMatchObject({ role: 'behind' });
    await silence('dead', '19 seconds');
    await old.beat();
    expect(await old.beat()).toMatchObject({ role: 'behind' });
    await silence('dead', '2 seconds');
    await old.beat();
    expect(await old.beat()).toEqual({ role: 'leading', generation: 3, replicas: 1 });
    expect(await dead.beat()).toEqual({ role: 'behind', generation: 2, replicas: 2 });
  });

  it('of files that are announced at the same time the one that was read last leads', async () => {
    const all = await replicasOf('race', 4);
    await Promise.all(all.map((one, index) => one.announce(started(`f${index}`, index * 10_000))));
    expect(await roles(all)).toEqual(['leading of 4', 'behind of 4', 'behind of 4', 'behind of 4']);
    const generations = (await files('race')).map(({ generation }) => generation);
    expect(generations).toEqual(generations.map((_, index) => index + 1));
  });

  it('a start whose file was changed before anybody had it stands by', async () => {
    const [one, start] = await replicasOf('quick edits', 2);
    if (!one || !start) throw new Error('no replicas');
    await one.announce(started('a', 60_000));
    const readAt = performance.now() - 1_000;
    await one.announce(reloaded('c', 500));
    expect(await start.announce({ hash: 'b', readAt, reloaded: false })).toMatchObject({ role: 'behind' });
    expect(await start.announce(reloaded('c'))).toEqual({ role: 'leading', generation: 2, replicas: 2 });
  });

  it('of other instances nobody hears', async () => {
    const [here] = await replicasOf('here', 1);
    const [there] = await replicasOf('there', 1);
    await here?.announce(started('a'));
    expect(await there?.announce(started('b'))).toEqual({ role: 'leading', generation: 1, replicas: 1 });
    expect(await here?.beat()).toEqual({ role: 'leading', generation: 1, replicas: 1 });
  });

  it('rows do not pile up: neither of processes that are gone nor of files', async () => {
    const [one] = await replicasOf('rows', 1);
    if (!one) throw new Error('no replica');
    for (let start = 0; start < 5; start++) {
      const [gone] = await replicasOf('rows', 1);
      await gone?.announce(started('a'));
    }
    await silence('rows', '2 hours');
    await database.query(
      `insert into gateway_sync.file_generation select 'rows', 'old ' || n, n + 1 from generate_series(1, 3000) n`,
    );
    await one.announce(reloaded('b'));
    const rows = await database.query(`select generation::int from gateway_sync.replica where instance = 'rows'`);
    expect(rows).toEqual([{ generation: 3_002 }]);
    expect(await files('rows')).toHaveLength(1_001);
  });

  it('a replica has to be announced before it is heard of', async () => {
    const [one] = await replicasOf('unknown', 1);
    await expect(async () => one?.beat()).rejects.toThrow('announced first');
  });
});
