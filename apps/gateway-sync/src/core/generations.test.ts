import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { BEAT_MS, type Generations, placeOf, type Self, SILENT_MS } from './generations.js';

const NOW = 1_000_000;
const files = (...names: string[]) =>
  names.map((file, index) => ({ file, generation: index + 1, loadedAt: NOW - 60_000 + index }));
const replica = (id: string, generation: number, beatAt = NOW - 1_000) => ({ id, generation, beatAt });
const started = (file: string, loadedAt = NOW) => ({ id: 'me', file, loadedAt, reloaded: false, announcing: true });
const reloaded = (file: string, loadedAt = NOW) => ({ ...started(file, loadedAt), reloaded: true });

test.each<[string, Generations, Self, string]>([
  ['the first of all leads', { files: [], replicas: [] }, started('a'), '1 fresh leading 1'],
  [
    'whoever has the newest file leads along',
    { files: files('a'), replicas: [replica('x', 1)] },
    started('a'),
    '1 leading 2',
  ],
  [
    'a file that nobody knows is the newest',
    { files: files('a'), replicas: [replica('x', 1)] },
    started('b'),
    '2 fresh leading 2',
  ],
  [
    'an older file stands by while a newer one is at work',
    { files: files('a', 'b'), replicas: [replica('x', 2)] },
    started('a'),
    '1 behind 2',
  ],
  [
    'an older file that was loaded while running is the newest: somebody took the change back',
    { files: files('a', 'b'), replicas: [replica('x', 2)] },
    reloaded('a'),
    '3 fresh leading 2',
  ],
  [
    'an older file that was loaded before the newest, and is announced after it, stands by',
    { files: files('a', 'b'), replicas: [replica('x', 2)] },
    reloaded('a', NOW - 70_000),
    '1 behind 2',
  ],
  [
    'so does one that nobody knows yet',
    { files: files('a', 'b'), replicas: [replica('x', 2)] },
    reloaded('c', NOW - 70_000),
    '0 behind 2',
  ],
  [
    'and a start whose file was changed before anybody had it',
    { files: files('a', 'b'), replicas: [replica('x', 2)] },
    started('c', NOW - 70_000),
    '0 behind 2',
  ],
  [
    'which leads when nobody has a newer one any more',
    { files: files('a', 'b'), replicas: [] },
    reloaded('c', NOW - 70_000),
    '3 fresh leading 1',
  ],
  [
    'or nobody who ever had a place; until then whoever was overtaken stands by, wherever the lead goes',
    { files: [{ file: 'a', generation: 3, loadedAt: NOW - 60_000 }], replicas: [replica('x', 3), replica('me', 0)] },
    { ...started('c', NOW - 60_000), announcing: false },
    '0 behind 2',
  ],
  [
    'one that is started anew was not overtaken yet',
    { files: files('a'), replicas: [replica('x', 1), replica('me', 0)] },
    started('c'),
    '2 fresh leading 2',
  ],
  [
    'an older file leads again when nobody has a newer one any more',
    { files: files('a', 'b'), replicas: [replica('x', 1)] },
    started('a'),
    '3 fresh leading 2',
  ],
  [
    'whoever was not heard of for too long is gone',
    { files: files('a', 'b'), replicas: [replica('x', 2, NOW - SILENT_MS - 1)] },
    started('a'),
    '3 fresh leading 1',
  ],
  [
    'one that stands by with the same file does not hold up the one that leads with it',
    {
      files: [...files('b', 'a').slice(1), { file: 'b', generation: 1, loadedAt: 1 }],
      replicas: [replica('x', 1), replica('me', 1)],
    },
    started('a'),
    '2 leading 2',
  ],
  [
    'a replica of oneself is not somebody else',
    { files: files('a', 'b'), replicas: [replica('me', 2)] },
    started('a'),
    '3 fresh leading 1',
  ],
])('%s', (_, state, who, expected) => {
  const { generation, fresh, role, replicas } = placeOf(state, who, NOW);
  expect([generation, ...(fresh ? ['fresh'] : []), role, replicas].join(' ')).toBe(expected);
});

const HOUR = 3_600_000;
/** Of a replica with an older file: in the first beat after a leap of the clock, and in the second. */
const beats = (leap: number) => {
  const before = { files: files('a', 'b'), replicas: [replica('me', 1), replica('x', 2, NOW - 4_000)] };
  const first = placeOf(before, started('a'), NOW + leap).role;
  const after = { files: before.files, replicas: [replica('me', 1, NOW + leap), replica('x', 2, NOW - 4_000)] };
  return [first, placeOf(after, started('a'), NOW + leap + BEAT_MS).role];
};

describe('a leap of the clock', () => {
  it('does not make a live replica look dead before it could be heard of again', () => {
    expect(beats(HOUR)[0]).toBe('behind');
    expect(beats(-HOUR)[0]).toBe('behind');
  });

  it('does not keep a dead one alive for longer than a beat', () => {
    expect(beats(HOUR)[1]).toBe('leading');
    expect(beats(-HOUR)[1]).toBe('leading');
  });
});

type Wish = Pick<Self, 'file' | 'loadedAt' | 'reloaded'>;

/** Several replicas, and the tables between them. */
class Fleet {
  now = NOW;
  #files = new Map<string, { generation: number; loadedAt: number }>();
  #rows = new Map<string, { generation: number; beatAt: number }>();
  readonly alive = new Map<string, Wish & { role: string }>();
  readonly told: string[] = [];

  /** `agoMs`: so long its start has taken. */
  start(id: string, file: string, agoMs: number): void {
    this.#say(id, { file, loadedAt: this.now - agoMs, reloaded: false }, true);
  }

  /** `agoMs`: so late it is announced. */
  reload(id: string, file: string, agoMs: number): void {
    this.#say(id, { file, loadedAt: this.now - agoMs, reloaded: true }, true);
  }

  #say(id: string, wish: Wish, announcing: boolean): void {
    const known = [...this.#files].map(([name, one]) => ({ file: name, ...one }));
    const replicas = [...this.#rows].map(([name, row]) => ({ id: name, ...row }));
    const place = placeOf({ files: known, replicas }, { id, ...wish, announcing }, this.now);
    if (place.role === 'leading' && this.#newerAt(place.generation, id))
      this.told.push(`${id} leads beside a newer file`);
    if (place.fresh && known.some(({ generation }) => generation === place.generation))
      this.told.push('two files share a generation');
    if (place.fresh) {
      this.#files.set(wish.file, { generation: place.generation, loadedAt: wish.loadedAt });
    }
    this.#rows.set(id, { generation: place.generation, beatAt: this.now });
    this.alive.set(id, { ...wish, role: place.role });
  }

  /** Everybody alive is heard of once. */
  round(): void {
    this.now += BEAT_MS;
    for (const [id, { role: _, ...wish }] of this.alive) this.#say(id, wish, false);
  }

  kill(id: string): void {
    this.alive.delete(id);
  }

  leave(id: string): void {
    this.alive.delete(id);
    this.#rows.delete(id);
  }

  leaders(): string[] {
    return [...this.alive.values()].filter(({ role }) => role === 'leading').map(({ file }) => file);
  }

  #newerAt(generation: number, id: string): boolean {
    return [...this.#rows].some(([name, row]) => name !== id && this.alive.has(name) && row.generation > generation);
  }
}

const ID = fc.constantFrom('r1', 'r2', 'r3', 'r4');
const FILE = fc.constantFrom('a', 'b', 'c');
type Event =
  | { readonly type: 'start' | 'reload'; readonly id: string; readonly file: string; readonly agoMs: number }
  | { readonly type: 'kill' | 'leave'; readonly id: string }
  | { readonly type: 'round' };
const EVENT: fc.Arbitrary<Event> = fc.oneof(
  fc.record({
    type: fc.constantFrom('start' as const, 'reload' as const),
    id: ID,
    file: FILE,
    agoMs: fc.constantFrom(0, 1_000, 60_000),
  }),
  fc.record({ type: fc.constantFrom('kill' as const, 'leave' as const), id: ID }),
  fc.record({ type: fc.constant('round' as const) }),
);

const played = (events: readonly Event[]) => {
  const fleet = new Fleet();
  for (const event of events) {
    if (event.type === 'start' && !fleet.alive.has(event.id)) fleet.start(event.id, event.file, event.agoMs);
    else if (event.type === 'reload' && fleet.alive.has(event.id)) fleet.reload(event.id, event.file, event.agoMs);
    else if (event.type === 'kill') fleet.kill(event.id);
    else if (event.type === 'leave') fleet.leave(event.id);
    else if (event.type === 'round') fleet.round();
  }
  return fleet;
};

describe('whatever happens', () => {
  it('nobody leads beside a live replica with a newer file, and no two files share a generation', () => {
    fc.assert(
      fc.property(fc.array(EVENT, { maxLength: 60 }), (events) => {
        expect(played(events).told).toEqual([]);
      }),
    );
  });

  it('30 seconds after all who lead died somebody leads, and all who lead have the same file', () => {
    const overtaken: Event[] = [
      { type: 'start', id: 'r4', file: 'a', agoMs: 1_000 },
      { type: 'start', id: 'r2', file: 'b', agoMs: 0 },
      { type: 'start', id: 'r1', file: 'c', agoMs: 1_000 },
    ];
    fc.assert(
      fc.property(fc.array(EVENT, { maxLength: 60 }), (events) => {
        const fleet = played([...events, { type: 'round' }, { type: 'round' }]);
        for (const [id, { role }] of fleet.alive) if (role === 'leading') fleet.kill(id);
        const end = fleet.now + 30_000;
        while (fleet.now < end) fleet.round();
        const leaders = fleet.leaders();
        expect(leaders.length > 0).toBe(fleet.alive.size > 0);
        expect(new Set(leaders).size).toBeLessThanOrEqual(1);
      }),
      { examples: [[overtaken]] },
    );
  });

  it('and when nobody comes or goes the leaders stay the same', () => {
    fc.assert(
      fc.property(fc.array(EVENT, { maxLength: 60 }), (events) => {
        const fleet = played(events);
        for (let round = 0; round < 7; round++) fleet.round();
        const roles = () => [...fleet.alive].map(([id, { role }]) => `${id} ${role}`);
        const before = roles();
        for (let round = 0; round < 20; round++) fleet.round();
        expect(roles()).toEqual(before);
      }),
    );
  });
});
