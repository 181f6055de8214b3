import { describe, expect, test } from 'vitest';
import { idsOf } from './svix-answers.js';
import { openSvix } from './svix-bench.js';

async function openList(count: number) {
  const bench = openSvix();
  const made: string[] = [];
  for (let index = 0; index < count; index++) made.push((await bench.create({ uid: `e${index}` })).id);
  const page = async (query: string) => (await bench.endpoints('GET', query)).body;
  return { ...bench, made, page };
}

describe('Svix behaviour 8: lists', () => {
  test('begin with the newest, or with the oldest when asked', async () => {
    const { endpoints, made } = await openList(5);
    expect(idsOf(await endpoints('GET', ''))).toEqual(made.toReversed());
    expect(idsOf(await endpoints('GET', '?order=descending'))).toEqual(made.toReversed());
    expect(idsOf(await endpoints('GET', '?order=ascending'))).toEqual(made);
  });

  test('go on from the iterator and back again, and `done` alone tells the last page', async () => {
    const { endpoints, made, page } = await openList(5);
    const first = await page('?order=ascending&limit=2');
    expect(first).toMatchObject({ iterator: made[1], prevIterator: `-${made[0]}`, done: false });
    const second = await page(`?order=ascending&limit=2&iterator=${made[1]}`);
    expect(second).toMatchObject({ data: [{ id: made[2] }, { id: made[3] }], iterator: made[3], done: false });
    const last = await page(`?order=ascending&limit=2&iterator=${made[3]}`);
    expect(last).toMatchObject({ data: [{ id: made[4] }], iterator: made[4], prevIterator: `-${made[4]}`, done: true });
    expect(idsOf(await endpoints('GET', `?order=ascending&limit=2&iterator=-${made[2]}`))).toEqual(made.slice(0, 2));
    expect(await page(`?order=ascending&limit=2&iterator=-${made[4]}`)).toMatchObject({
      data: [{ id: made[2] }, { id: made[3] }],
      done: false,
    });
    expect(idsOf(await endpoints('GET', `?limit=2&iterator=${made[3]}`))).toEqual([made[2], made[1]]);
  });

  test('are done when exactly as many are left as asked for', async () => {
    const { page } = await openList(10);
    expect(await page('?limit=10')).toMatchObject({ done: true });
    expect(await page('?limit=9')).toMatchObject({ done: false });
    expect(await page('?limit=1')).toMatchObject({ done: false });
  });

  test('lose nothing when what was read is deleted in between', async () => {
    const { endpoints, made } = await openList(4);
    await endpoints('DELETE', `/${made[1]}`);
    expect(idsOf(await endpoints('GET', `?order=ascending&limit=2&iterator=${made[1]}`))).toEqual(made.slice(2));
  });

  test.for(['?limit=251', '?limit=0', '?iterator=nonsense', '?order=sideways'])('refuse %s', async (query) => {
    const { endpoints } = openSvix();
    const name = /\w+/.exec(query)?.[0];
    expect(await endpoints('GET', query)).toMatchObject({ status: 422, body: { detail: [{ loc: ['query', name] }] } });
  });
});
