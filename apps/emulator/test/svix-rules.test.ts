import { describe, expect, test } from 'vitest';
import { idsOf, invalid, keysOf } from './svix-answers.js';
import { KEY, openSvix, ORDER, secretOf } from './svix-bench.js';
import { NOON } from './support.js';

const DAY = 86_400_000;
const URL_A = 'https://hooks.test/a';

describe('read from the code of the open server', () => {
  test('a PUT without uid and metadata clears both and keeps headers and secret', async () => {
    const bench = openSvix();
    const { id } = await bench.create({ uid: 'erp', metadata: { a: 'b' }, headers: { 'x-a': '1' } });
    const secret = await secretOf(bench, id);
    const put = await bench.endpoints('PUT', '/erp', { url: URL_A });
    expect([keysOf(put).includes('uid'), Object(put.body).metadata]).toEqual([false, {}]);
    expect(await secretOf(bench, id)).toBe(secret);
    expect((await bench.endpoints('GET', `/${id}/headers`)).body).toMatchObject({ headers: { 'x-a': '1' } });
  });

  test('an archived type is refused on write, even where it is already', async () => {
    const { create, endpoints, control, svix } = openSvix();
    const { id } = await create({ eventTypes: [ORDER, 'order.updated'] });
    await control('POST', '/svix/event-types', { name: ORDER, archived: true });
    expect((await endpoints('GET', `/${id}`)).body).toMatchObject({ eventTypes: [ORDER, 'order.updated'] });
    const again = { eventTypes: [ORDER, 'order.updated'] };
    expect(await endpoints('PATCH', `/${id}`, again)).toMatchObject(invalid('eventTypes'));
    expect((await endpoints('PATCH', `/${id}`, { description: 'x' })).status).toBe(200);
    expect((await endpoints('PATCH', `/${id}`, { eventTypes: ['order.updated'] })).status).toBe(200);
    expect(Object((await svix('GET', '/event-type?limit=250')).body).data).toHaveLength(80);
    expect(Object((await svix('GET', '/event-type?limit=250&include_archived=true')).body).data).toHaveLength(81);
  });

  test.for([
    ['uid', 'ep_mine'],
    ['uid', 'a b'],
    ['throttleRate', 0],
    ['throttleRate', 65_536],
    ['metadata', { a: 'x'.repeat(4_096) }],
    ['url', 'ftp://hooks.test'],
    ['url', 'https://hooks.test/a b'],
    ['url', 'https://999.999.999.999/'],
    ['description', 'a\u0000b'],
  ] as const)('%s %j is refused', async ([name, value]) => {
    const { endpoints, create } = openSvix();
    const { id } = await create();
    for (const answer of [
      await endpoints('POST', '', { url: URL_A, [name]: value }),
      await endpoints('PUT', `/${id}`, { url: URL_A, [name]: value }),
      await endpoints('PATCH', `/${id}`, { [name]: value }),
    ])
      expect(answer).toMatchObject({ status: 422, body: { detail: [{ loc: ['body', name] }] } });
  });

  test('a metadata value that is no text is refused, an unknown field is ignored', async () => {
    const { endpoints } = openSvix();
    expect(await endpoints('POST', '', { url: URL_A, metadata: { a: 1 } })).toMatchObject({
      status: 422,
      body: { detail: [{ loc: ['body', 'metadata', 'a'] }] },
    });
    expect((await endpoints('POST', '', { url: URL_A, colour: 'red' })).status).toBe(201);
    const longest = { a: 'x'.repeat(4_096 - '{"a":""}'.length) };
    expect((await endpoints('POST', '', { url: URL_A, metadata: longest })).status).toBe(201);
  });

  test('both names of a field in one body are refused', async () => {
    const { endpoints } = openSvix();
    const both = { url: URL_A, eventTypes: [ORDER], filterTypes: [ORDER] };
    expect(await endpoints('POST', '', both)).toMatchObject(invalid('filterTypes'));
    expect(await endpoints('POST', '', { url: URL_A, throttleRate: 1, rateLimit: 1 })).toMatchObject(
      invalid('rateLimit'),
    );
  });

  test('a path that is not declared answers 404 with nothing, a slash at the end makes no difference', async () => {
    const { svix } = openSvix();
    const answer = await svix('GET', '/nope');
    expect([answer.status, answer.body, answer.headers.get('content-type')]).toEqual([404, undefined, null]);
    expect((await svix('GET', '/app/acme/endpoint/')).status).toBe(200);
    expect(await svix('PATCH', '/app/acme/endpoint')).toMatchObject({ status: 405, body: undefined });
  });

  test('a POST with a known idempotency key brings back the first answer for 12 hours', async () => {
    const { endpoints, emulator } = openSvix();
    const headers = { 'idempotency-key': 'k1' };
    const post = (body: object, more = headers) => endpoints('POST', '', body, { headers: more });
    const first = await post({ url: URL_A });
    const { id } = Object(first.body);
    expect((await post({ url: 'https://hooks.test/other' })).body).toEqual(first.body);
    await endpoints('DELETE', `/${id}`);
    expect(await post({ url: URL_A })).toMatchObject({ status: 201, body: { id } });
    expect(idsOf(await endpoints('GET', ''))).toEqual([]);
    expect(Object((await post({ url: URL_A }, { 'idempotency-key': 'k2' })).body).id).not.toBe(id);
    await emulator.advance(DAY / 2);
    expect(Object((await post({ url: URL_A })).body).id).not.toBe(id);
  });

  test('an idempotency key counts by URL and keeps no refusal', async () => {
    const { endpoints, create } = openSvix();
    const headers = { 'idempotency-key': 'k' };
    expect((await endpoints('POST', '', { url: 'nope' }, { headers })).status).toBe(422);
    expect((await endpoints('POST', '', { url: URL_A }, { headers })).status).toBe(201);
    const { id } = await create();
    expect((await endpoints('POST', `/${id}/secret/rotate`, {}, { headers })).status).toBe(204);
  });

  test('a repetition while the message is still on its way sends nothing more', async () => {
    const { svix, receiver } = openSvix();
    const org = { token: KEY };
    await svix('POST', '/app/acme/endpoint', { url: URL_A }, org);
    const message = { eventType: ORDER, payload: {} };
    const send = () => svix('POST', '/app/acme/msg', message, { ...org, headers: { 'idempotency-key': 'k' } });
    const [first, second] = await Promise.all([send(), send()]);
    expect([first.status, second.body]).toEqual([202, first.body]);
    expect(receiver.received).toHaveLength(1);
  });

  test('every write moves updatedAt, that of headers and secret too', async () => {
    const { endpoints, create, emulator } = openSvix();
    const { id } = await create();
    const writes: readonly (readonly [string, string, object])[] = [
      ['PATCH', '', {}],
      ['PUT', '', { url: URL_A }],
      ['PUT', '/headers', { headers: {} }],
      ['PATCH', '/headers', { headers: {} }],
      ['POST', '/secret/rotate', {}],
    ];
    for (const [method, path, body] of writes) {
      await emulator.advance(1_000);
      await endpoints(method, `/${id}${path}`, body);
      const updatedAt = new Date(emulator.clock.now()).toISOString().replace('Z', '000Z');
      expect((await endpoints('GET', `/${id}`)).body).toMatchObject({ updatedAt });
    }
    expect(emulator.clock.now()).toBe(NOON + 5_000);
  });
});
