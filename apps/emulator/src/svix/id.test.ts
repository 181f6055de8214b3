import { expect, test } from 'vitest';
import { createRandom } from '../random.js';
import { svixId } from './id.js';

test('ids have 27 characters behind the prefix and sort as they were made, at one time too', () => {
  const random = createRandom();
  const times = [0, 61, 62, 1e12, 1e12, 1e12, 1e12 + 1, Date.UTC(2026, 10, 15), Date.UTC(2099, 0, 1)];
  const made = times.flatMap((now) => Array.from({ length: 70 }, () => svixId('ep', now, random)));
  expect(made.every((id) => /^ep_[0-9A-Za-z]{27}$/.test(id))).toBe(true);
  expect(made.toSorted()).toEqual(made);
  expect(new Set(made).size).toBe(made.length);
});
