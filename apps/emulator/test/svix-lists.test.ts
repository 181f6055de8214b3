import { describe, expect, test } from 'vitest';
import { idsOf } from './svix-answers.js';
import { emit, openSvix } from './svix-bench.js';

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

/** When the messages of a page were sent. */
const times = async ({ svix }: ReturnType<typeof openSvix>, query: string): Promise<string[]> => {
  const { body } = await svix('GET', `/app/acme/msg${query}`);
  return Object(body).data.map(({ timestamp }: { timestamp: string }) => timestamp.slice(8, 10));
};

describe('the list of messages', () => {
  test('begins with the newest, and goes back 90 days at most unless asked for more', async () => {
    const bench = openSvix();
    const start = new Date(bench.emulator.clock.now()).toISOString();
    const dayBefore = new Date(bench.emulator.clock.now() - 86_400_000).toISOString();
    await emit(bench);
    await bench.emulator.advance(91 * 86_400_000);
    await emit(bench);
    expect(await times(bench, '')).toHaveLength(1);
    expect(await times(bench, `?after=${dayBefore}`)).toHaveLength(2);
    const { body } = await bench.svix('GET', `/app/acme/msg?after=${dayBefore}`);
    expect(body).toMatchObject({ data: [{ payload: { id: 'o-1' } }, { payload: { expired: true } }] });
    expect(Object(body).data[1].timestamp.slice(0, 10)).toBe(start.slice(0, 10));
  });

  test('keeps to its range on every page, or as an older server does on the first one', async () => {
    const bench = openSvix();
    const after = new Date(bench.emulator.clock.now() + 1_000).toISOString();
    for (let day = 0; day < 3; day++) {
      await emit(bench);
      await bench.emulator.advance(86_400_000);
    }
    const first = Object((await bench.svix('GET', `/app/acme/msg?limit=1&after=${after}`)).body);
    const second = `?limit=5&after=${after}&iterator=${first.iterator}`;
    expect(await times(bench, second)).toHaveLength(1);
    bench.emulator.setQuirks({ svixMessageRange: 'first-page' });
    expect(await times(bench, second)).toHaveLength(2);
  });

  test.for(['limit=0', 'iterator=ep_1', 'after=yesterday', 'event_types=,', 'with_content=perhaps'])(
    'refuses %s',
    async (query) => {
      const { svix } = openSvix();
      const [name] = query.split('=');
      const answer = await svix('GET', `/app/acme/msg?${query}`);
      expect(answer).toMatchObject({ status: 422, body: { detail: [{ loc: ['query', name] }] } });
    },
  );
});
