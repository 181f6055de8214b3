import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { entry, tenant } from '../../test/support/values.js';
import { type ChangingFile, compareFiles, judgeChange, judgeStart } from './file-change.js';
import { Secret } from './secret.js';

const KEY = new Secret('a key');
const GUARDS = { maxTenantRemovalPercent: 30, minTenants: 10 };

/** Names as `a`, or `a:order.created` for a tenant that wants an event type. */
const file = (names: readonly string[], further: object = {}): ChangingFile => ({
  instance: 'shops',
  guards: GUARDS,
  tenants: names.map((name) => {
    const [one = '', event] = name.split(':');
    return tenant({ tenant: one, subscriptions: event === undefined ? [] : [entry(event)] });
  }),
  ...further,
});
const many = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `t${from + index}`);
const compared = (before: ChangingFile, after: ChangingFile) => compareFiles(before, after, KEY);
const judged = (before: ChangingFile, after: ChangingFile) => judgeChange(before, after, compared(before, after));

describe('a comparison', () => {
  it('tells which tenants came, went and want something else', () => {
    expect(compared(file(['a', 'b', 'c:x.y', 'd']), file(['d', 'e', 'c:x.z', 'a']))).toEqual({
      added: ['e'],
      removed: ['b'],
      changed: ['c'],
      settings: [],
    });
  });

  it('finds nothing where only the place in the file or its text is another', () => {
    const before = file(['a:x.y', 'b'], { path: '/one', hash: '1' });
    expect(compared(before, file(['b', 'a:x.y'], { path: '/two', hash: '2' }))).toEqual({
      added: [],
      removed: [],
      changed: [],
      settings: [],
    });
  });

  it('names the settings of which the file says something else, secrets included, new ones and ones left out', () => {
    const before = file([], { sync: { concurrency: 1 }, emporix: { token: new Secret('a') }, gone: 1, same: [1] });
    const after = file([], { same: [1], sync: { concurrency: 2 }, emporix: { token: new Secret('b') }, fresh: 1 });
    expect(compared(before, after).settings).toEqual(['sync', 'emporix', 'gone', 'fresh']);
  });
});

test.each<[string, ChangingFile, ChangingFile, string[]]>([
  ['three of ten go', file(many(10)), file(many(7)), []],
  ['four of ten go', file(many(10)), file(many(6)), ['tenant-removal']],
  ['four of ten go and others come', file(many(10)), file([...many(6), ...many(90, 100)]), ['tenant-removal']],
  ['eight of nine go', file(many(9)), file(['t0']), []],
  ['all of nine go', file(many(9)), file([]), ['tenant-removal']],
  ['the only one goes and another comes', file(['a']), file(['b']), ['tenant-removal']],
  [
    'all go and the new file allows it',
    file(['a']),
    file([], { guards: { ...GUARDS, maxTenantRemovalPercent: 100 } }),
    [],
  ],
  [
    'the old file allows it and the new one does not',
    file(many(10), { guards: { ...GUARDS, maxTenantRemovalPercent: 100 } }),
    file(many(6)),
    ['tenant-removal'],
  ],
  [
    'one of two goes and two are enough to judge',
    file(['a', 'b']),
    file(['a'], { guards: { ...GUARDS, minTenants: 2 } }),
    ['tenant-removal'],
  ],
  ['there was none', file([]), file(many(20)), []],
  ['nothing changes', file(many(20)), file(many(20)), []],
  ['the instance is another', file(['a']), file(['a'], { instance: 'other' }), ['other-instance']],
])('%s', (_, before, after, guards) => {
  expect(judged(before, after).map(({ guard }) => guard)).toEqual(guards);
});

test.each<[string, readonly string[], ChangingFile, readonly string[] | undefined]>([
  ['with none of three', many(3), file(['other']), undefined],
  ['with seven of ten', many(10), file(many(7)), undefined],
  ['with six of ten', many(10), file(many(6)), ['t6', 't7', 't8', 't9']],
  ['with six of ten and others', many(10), file([...many(6), ...many(90, 100)]), ['t6', 't7', 't8', 't9']],
  [
    'with six of ten, which it allows',
    many(10),
    file(many(6), { guards: { ...GUARDS, maxTenantRemovalPercent: 40 } }),
    undefined,
  ],
  ['for the first time', [], file(many(20)), undefined],
])('a start %s', (_, lookedAfter, after, removed) => {
  expect(judgeStart(lookedAfter, after)?.removed).toEqual(removed);
});

test('a verdict has the counts and the line that allows it', () => {
  expect(judged(file(many(12)), file(many(7)))).toEqual([
    {
      guard: 'tenant-removal',
      message: '5 of 12 tenants (41.7 %) would no longer be looked after, more than 30 %',
      allow: 'write at the top of the file:  guards: { maxTenantRemovalPercent: 42 }',
    },
  ]);
  expect(judged(file(['a']), file(['a'], { instance: 'b' }))).toEqual([
    {
      guard: 'other-instance',
      message: 'the instance would change from shops to b, which owns other things',
      allow: 'restart gateway-sync: a running service keeps its instance',
    },
  ]);
});

describe('whatever the files are', () => {
  const names = fc.uniqueArray(
    fc.integer({ min: 0, max: 40 }).map((n) => `t${n}`),
    { maxLength: 40 },
  );
  const guards = fc.record({
    maxTenantRemovalPercent: fc.double({ min: 0, max: 100, noNaN: true }),
    minTenants: fc.nat(20),
  });

  it('what the verdict says to write allows it', () => {
    fc.assert(
      fc.property(names, names, guards, (before, after, rule) => {
        const [verdict] = judged(file(before), file(after, { guards: rule }));
        const written = Number(
          /maxTenantRemovalPercent: (\d+)/.exec(verdict?.allow ?? '')?.[1] ?? rule.maxTenantRemovalPercent,
        );
        const allowing = { ...rule, maxTenantRemovalPercent: written };
        expect(judged(file(before), file(after, { guards: allowing }))).toEqual([]);
      }),
    );
  });

  it('adding tenants is never withheld, and removing more is never judged milder', () => {
    fc.assert(
      fc.property(names, names, guards, (before, more, rule) => {
        const old = file(before);
        expect(judged(old, file([...new Set([...before, ...more])], { guards: rule }))).toEqual([]);
        const withheld = before.map((_, left) => judged(old, file(before.slice(0, left), { guards: rule })).length);
        expect(withheld).toEqual(withheld.toSorted((a, b) => b - a));
      }),
    );
  });

  it('a comparison the other way round finds the same, with came and went exchanged', () => {
    fc.assert(
      fc.property(names, names, (one, other) => {
        const there = compared(file(one), file(other));
        const back = compared(file(other), file(one));
        expect([there.added, there.removed]).toEqual([back.removed, back.added]);
        expect(there.added.length - there.removed.length).toBe(other.length - one.length);
      }),
    );
  });
});
