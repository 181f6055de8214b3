import { expect, test } from 'vitest';
import { chance, seedOf } from './random.js';

const draws = (seed: number) => {
  const one = chance(seed);
  return Array.from({ length: 1_000 }, () => one.next());
};

test('a seed gives the same again, another one something else', () => {
  expect(draws(7)).toEqual(draws(7));
  expect(draws(7)).not.toEqual(draws(8));
});

test('draws are spread over all of [0, 1)', () => {
  const counts = Array.from({ length: 10 }, (_, tenth) => draws(1).filter((draw) => Math.floor(draw * 10) === tenth));
  expect(Math.min(...counts.map(({ length }) => length))).toBeGreaterThan(70);
});

test('what a fork draws does not shift the others', () => {
  const [one, other] = [chance(3), chance(3)];
  const fork = one.fork();
  for (let draw = 0; draw < 5; draw++) fork.next();
  other.fork();
  expect(one.next()).toBe(other.next());
});

test('the seed comes from the text, or is made', () => {
  expect([seedOf('42'), seedOf(undefined, () => 0.5), seedOf('', () => 0)]).toEqual([42, 2 ** 31, 0]);
  expect(() => seedOf('x')).toThrow('x is no seed');
});
