import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutPage, type PageQuery } from './page.js';

const keys = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,4}$/), { maxLength: 20 });
const order = fc.constantFrom<PageQuery['order'][]>('ascending', 'descending');
const same = (key: string): string => key;

/** Goes on until a page says that it is the last one. */
function walk(all: readonly string[], query: Omit<PageQuery, 'iterator'>, from: string | undefined, back: boolean) {
  const pages: (readonly string[])[] = [];
  let iterator = from;
  for (;;) {
    const page = cutPage(all, same, { ...query, iterator });
    pages.push(page.data);
    iterator = (back ? page.prevIterator : page.iterator) ?? undefined;
    if (page.done) return pages;
  }
}

const sorted = (all: readonly string[], direction: PageQuery['order']): string[] =>
  direction === 'ascending' ? all.toSorted() : all.toSorted().toReversed();

test('going on page by page shows everything once and in order', () => {
  fc.assert(
    fc.property(keys, order, fc.integer({ min: 1, max: 8 }), (all, direction, limit) => {
      const pages = walk(all, { order: direction, limit }, undefined, false);
      expect(pages.flat()).toEqual(sorted(all, direction));
      expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true);
    }),
  );
});

test('going back from anywhere shows everything before it', () => {
  fc.assert(
    fc.property(keys, order, fc.integer({ min: 1, max: 8 }), fc.nat(), (all, direction, limit, place) => {
      const whole = sorted(all, direction);
      const from = whole[place % Math.max(1, whole.length)];
      const pages = walk(all, { order: direction, limit }, `-${from ?? 'a'}`, true);
      expect(pages.toReversed().flat()).toEqual(from === undefined ? [] : whole.slice(0, whole.indexOf(from)));
    }),
  );
});
