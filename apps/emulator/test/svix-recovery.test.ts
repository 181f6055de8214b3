import { describe, expect, test } from 'vitest';
import { invalid } from './svix-answers.js';
import { emit, openSvix, ORDER } from './svix-bench.js';
import { NOON } from './support.js';

const URL_A = 'https://hooks.test/a';
const URL_B = 'https://hooks.test/b';
const DAY = 86_400_000;
const at = (time: number): string => new Date(time).toISOString();

describe('Svix behaviour 21: recovery', () => {
  test('sends once more what failed since then, and nothing else', async () => {
    const bench = openSvix({ quirks: { svixRetryDelaysSeconds: [] } });
    const { id } = await bench.create();
    const outcomes: string[] = [];
    for (const status of [500, 200, 302, 0]) {
      bench.receiver.answer(status);
      outcomes.push((await emit(bench)).outcome);
      await bench.emulator.advance(1_000);
    }
    expect(outcomes).toEqual(['failed', 'delivered', 'failed', 'failed']);
    const answer = await bench.endpoints('POST', `/${id}/recover`, {
      since: at(NOON + 1_000),
      until: at(NOON + 2_000),
    });
    expect(answer).toMatchObject({ status: 202, body: { status: 'running', task: 'endpoint.recover' } });
    const statuses = (await bench.messages()).map(({ deliveries }) => deliveries.map(({ status }) => status));
    expect(statuses).toEqual([['failed'], ['delivered'], ['delivered'], ['failed']]);
    expect((await bench.messages())[2]?.deliveries[0]?.attempts).toMatchObject([
      { status: 302, trigger: 'scheduled' },
      { status: 200, trigger: 'manual' },
    ]);
    expect((await bench.control('GET', '/tenants/acme/events')).body).toMatchObject({
      events: [{ outcome: 'failed' }, {}, { outcome: 'delivered' }, { outcome: 'failed' }],
    });
  });

  test('is tried once and fails for good', async () => {
    const bench = openSvix({ quirks: { svixRetryDelaysSeconds: [] } });
    const { id } = await bench.create();
    bench.receiver.answer(500, 500);
    await emit(bench);
    await bench.endpoints('POST', `/${id}/recover`, { since: at(NOON) });
    bench.emulator.setQuirks({ svixRetryDelaysSeconds: [5] });
    expect(await bench.emulator.advance(DAY)).toBe(0);
    expect(await bench.messages()).toMatchObject([{ deliveries: [{ status: 'failed' }] }]);
  });

  test('reaches back 14 days', async () => {
    const { endpoints, create } = openSvix();
    const { id } = await create();
    expect((await endpoints('POST', `/${id}/recover`, { since: at(NOON - 14 * DAY) })).status).toBe(202);
    expect(await endpoints('POST', `/${id}/recover`, { since: at(NOON - 21 * DAY) })).toMatchObject(invalid('since'));
  });
});

test('a replay sends what the endpoint was never sent', async () => {
  const bench = openSvix();
  await bench.create({ url: URL_B });
  await emit(bench);
  await emit(bench, 'order.updated');
  const { id } = await bench.create({ eventTypes: [ORDER] });
  const replay = () => bench.endpoints('POST', `/${id}/replay-missing`, { since: at(NOON) });
  expect(await replay()).toMatchObject({ status: 202, body: { task: 'endpoint.replay' } });
  await replay();
  expect(bench.receiver.received.map(({ url }) => url)).toEqual([URL_B, URL_B, URL_A]);
  expect((await bench.messages())[0]?.deliveries).toMatchObject([{}, { endpointId: id, status: 'delivered' }]);
});

describe('Svix behaviour 22: stats', () => {
  test('count messages by what became of them', async () => {
    const bench = openSvix();
    const { id } = await bench.create();
    bench.receiver.answer(200, 200, 500, 500);
    bench.emulator.setQuirks({ svixRetryDelaysSeconds: [] });
    for (let count = 1; count <= 3; count++) await emit(bench);
    bench.emulator.setQuirks({ svixRetryDelaysSeconds: [60] });
    await emit(bench);
    const read = async (query = '') => (await bench.endpoints('GET', `/${id}/stats${query}`)).body;
    expect(await read()).toEqual({ success: 2, pending: 1, sending: 0, fail: 1, canceled: 0 });
    expect(await read(`?since=${at(NOON - DAY)}&until=${at(NOON - 1)}`)).toMatchObject({ success: 0, fail: 0 });
    await bench.endpoints('PATCH', `/${id}`, { disabled: true });
    await bench.emulator.advance(60_000);
    expect(await read()).toEqual({ success: 2, pending: 0, sending: 0, fail: 1, canceled: 1 });
  });

  test('cover 28 days at most', async () => {
    const { endpoints, create } = openSvix();
    const { id } = await create();
    const read = (days: number) => endpoints('GET', `/${id}/stats?since=${at(NOON - days * DAY)}&until=${at(NOON)}`);
    expect((await read(28)).status).toBe(200);
    expect(await read(29)).toMatchObject({ status: 400, body: { code: 'invalid_range' } });
  });
});
