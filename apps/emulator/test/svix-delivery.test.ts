import { createHmac, createPublicKey, verify } from 'node:crypto';
import { Webhook } from 'svix';
import { describe, expect, test } from 'vitest';
import { invalid } from './svix-answers.js';
import { emit, isDisabled, KEY, openSvix, ORDER, secretOf } from './svix-bench.js';
import { NOON } from './support.js';

const URL_A = 'https://hooks.test/a';
const URL_B = 'https://hooks.test/b';
const DAY = 86_400_000;
/** What `signature` says about a body, by kind. */
const entriesOf = (signature: string | undefined): string[] => (signature ?? '').split(' ');

test('an event of the tenant is delivered as a signed message', async () => {
  const bench = openSvix({}, { subscriptions: [{ eventType: ORDER, excludedFields: ['mixins'] }] });
  const { id } = await bench.create();
  const event = await bench.emulator.emit('acme', { type: ORDER, payload: { id: 'o-1', mixins: {}, b: 1, a: 2 } });
  const [request] = bench.receiver.received;
  const seconds = String(NOON / 1_000);
  const body = '{"id":"o-1","b":1,"a":2}';
  const key = Buffer.from((await secretOf(bench, id)).slice('whsec_'.length), 'base64');
  const mac = createHmac('sha256', key).update(`${event.messageId}.${seconds}.${body}`).digest('base64');
  expect(request).toEqual({
    method: 'POST',
    url: URL_A,
    headers: {
      'content-type': 'application/json',
      'user-agent': expect.stringMatching(/^Svix-Webhooks\//),
      'svix-id': event.messageId,
      'svix-timestamp': seconds,
      'svix-signature': `v1,${mac}`,
    },
    body,
  });
  expect(event).toMatchObject({
    outcome: 'delivered',
    provider: 'SVIX_SHARED',
    counted: 1,
    deliveries: [{ endpointId: id, status: 'delivered', attempts: [{ at: NOON, status: 200, trigger: 'scheduled' }] }],
  });
});

test('an event of a tenant with its own account goes to the application there', async () => {
  const configs = [{ code: 's', provider: 'SVIX', configuration: { apiKey: `Bearer ${KEY}` } }];
  const bench = openSvix({}, { configs });
  await bench.svix('POST', '/app/acme/endpoint', { url: URL_B }, { token: KEY });
  await bench.svix('POST', '/app', { name: 'second', uid: 'second' }, { token: KEY });
  await bench.svix('POST', '/app/second/endpoint', { url: URL_A }, { token: KEY });
  expect(await emit(bench)).toMatchObject({ outcome: 'delivered', deliveries: [{ url: URL_B }] });
});

test('white-labelled accounts name their headers otherwise', async () => {
  const bench = openSvix({ quirks: { svixSignatureHeaders: 'webhook' } });
  await bench.create();
  await emit(bench);
  const names = Object.keys(bench.receiver.received[0]?.headers ?? {});
  expect(names).toEqual(expect.arrayContaining(['webhook-id', 'webhook-timestamp', 'webhook-signature']));
  expect(names.filter((name) => name.startsWith('svix-'))).toEqual([]);
});

describe('Svix behaviour 12: after a rotation', () => {
  test('old and new key both sign, until the old one runs out', async () => {
    const bench = openSvix();
    const { id } = await bench.create();
    const old = await secretOf(bench, id);
    await bench.endpoints('POST', `/${id}/secret/rotate`, { gracePeriodSeconds: 60 });
    const secrets = [await secretOf(bench, id), old];
    await emit(bench);
    const { headers = {}, body = '' } = bench.receiver.received[0] ?? {};
    expect(entriesOf(headers['svix-signature'])).toHaveLength(2);
    for (const [index, secret] of secrets.entries()) {
      const signature = entriesOf(headers['svix-signature'])[index] ?? '';
      const content = `${headers['svix-id']}.${NOON / 1_000}.${body}`;
      const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
      expect(signature).toBe(`v1,${createHmac('sha256', key).update(content).digest('base64')}`);
    }
    await bench.emulator.advance(60_000);
    await emit(bench);
    expect(entriesOf(bench.receiver.received[1]?.headers['svix-signature'])).toHaveLength(1);
  });

  test('to a key of two halves, the signatures are of both kinds', async () => {
    const bench = openSvix();
    const { id } = await bench.create();
    const key = `whsk_${Buffer.alloc(64, 7).toString('base64')}`;
    await bench.endpoints('POST', `/${id}/secret/rotate`, { key });
    await emit(bench);
    const { headers = {}, body = '' } = bench.receiver.received[0] ?? {};
    const [fresh = '', old = ''] = entriesOf(headers['svix-signature']);
    expect([fresh.slice(0, 4), old.slice(0, 3)]).toEqual(['v1a,', 'v1,']);
    const content = Buffer.from(`${headers['svix-id']}.${headers['svix-timestamp']}.${body}`);
    const x = Buffer.from((await secretOf(bench, id)).slice('whpk_'.length), 'base64').toString('base64url');
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    expect(verify(null, content, publicKey, Buffer.from(fresh.slice(4), 'base64'))).toBe(true);
  });
});

describe('Svix behaviour 17: a message goes', () => {
  test('to the endpoints of its type, and to those without types', async () => {
    const bench = openSvix();
    const all = await bench.create({ url: 'https://hooks.test/all' });
    await bench.create({ url: 'https://hooks.test/updated', eventTypes: ['order.updated'] });
    const both = await bench.create({ url: 'https://hooks.test/both', eventTypes: ['order.updated', ORDER] });
    await bench.create({ url: 'https://hooks.test/off', disabled: true });
    const { deliveries } = await emit(bench);
    expect(deliveries.map(({ endpointId }) => endpointId)).toEqual([all.id, both.id]);
  });

  test('by channel only to endpoints that share one, and to those without channels', async () => {
    const bench = openSvix(
      {},
      { configs: [{ code: 's', provider: 'SVIX', configuration: { apiKey: `Bearer ${KEY}` } }] },
    );
    const org = { token: KEY };
    for (const channels of [undefined, ['north'], ['south'], ['south', 'north']])
      await bench.svix(
        'POST',
        '/app/acme/endpoint',
        { url: `https://hooks.test/${channels?.join('-') ?? 'any'}`, ...(channels === undefined ? {} : { channels }) },
        org,
      );
    const reached = (): string[] => bench.receiver.received.map(({ url }) => url.replace('https://hooks.test/', ''));
    const message = { eventType: ORDER, payload: {} };
    await bench.svix('POST', '/app/acme/msg', { ...message, channels: ['north', 'east'] }, org);
    expect(reached()).toEqual(['any', 'north', 'south-north']);
    await bench.svix('POST', '/app/acme/msg', message, org);
    expect(reached()).toEqual(['any', 'north', 'south-north', 'any']);
  });

  test('nowhere when no endpoint wants it, and is kept all the same', async () => {
    const bench = openSvix();
    await bench.create({ eventTypes: ['order.updated'] });
    expect(await emit(bench)).toMatchObject({ outcome: 'handed-to-svix', deliveries: [], counted: 1 });
    expect(await bench.messages()).toMatchObject([{ eventType: ORDER, deliveries: [] }]);
  });
});

test('Svix behaviour 20: an example is sent to one endpoint, whatever it is filtered by', async () => {
  const { create, endpoints, emulator, receiver } = openSvix();
  const { id } = await create({ eventTypes: ['order.updated'] });
  await create({ url: URL_B });
  const ping = await endpoints('POST', `/${id}/send-example`, { eventType: 'svix.ping' });
  expect(ping).toMatchObject({ status: 202, body: { eventType: 'svix.ping', payload: { success: true } } });
  expect(receiver.received).toMatchObject([{ url: URL_A, body: '{"success":true}' }]);
  emulator.setQuirks({ svixSendExampleStatus: 200 });
  const order = await endpoints('POST', `/${id}/send-example`, { eventType: ORDER });
  expect(order).toMatchObject({
    status: 200,
    body: { eventType: ORDER, payload: { id: 'sample-id', status: 'sample-status' } },
  });
  expect(await endpoints('POST', `/${id}/send-example`, { eventType: 'nope' })).toMatchObject(invalid('eventType'));
});

describe('a message that is not taken', () => {
  test('is sent again after 5 s, 5 m, 30 m, 2 h, 5 h, 10 h and 10 h, and then no more', async () => {
    const bench = openSvix({ quirks: { svixAutoDisable: 'never' } });
    await bench.create();
    bench.receiver.answer(...Array<number>(20).fill(500));
    const { deliveries } = await emit(bench);
    await bench.emulator.advance(3 * DAY);
    const times = deliveries[0]?.attempts.map((attempt) => (attempt.at - NOON) / 1_000);
    expect(times).toEqual([0, 5, 305, 2_105, 9_305, 27_305, 63_305, 99_305]);
    expect(await bench.messages()).toMatchObject([{ deliveries: [{ status: 'failed', nextAttemptAt: null }] }]);
    const signed = bench.receiver.received.map(({ headers }) => [headers['svix-id'], headers['svix-timestamp']]);
    expect(new Set(signed.map(([id]) => id)).size).toBe(1);
    expect(signed.map(([, seconds]) => Number(seconds) - NOON / 1_000)).toEqual(times);
  });

  test('waits for its own time, whatever else is due', async () => {
    const bench = openSvix();
    await bench.create();
    bench.receiver.answer(500, 500);
    const first = await emit(bench);
    await bench.emulator.advance(3_000);
    const second = await emit(bench);
    expect(await bench.emulator.advance(2_000)).toBe(1);
    expect([first.outcome, second.outcome]).toEqual(['delivered', 'retrying']);
    expect(await bench.emulator.advance(3_000)).toBe(1);
    expect(second).toMatchObject({ outcome: 'delivered', deliveries: [{ attempts: [{}, { at: NOON + 8_000 }] }] });
  });

  test.for([
    [200, 'delivered'],
    [299, 'delivered'],
    [300, 'retrying'],
    [304, 'retrying'],
    [404, 'retrying'],
  ] as const)('is one that was answered with no 2xx: %i is %s', async ([status, outcome]) => {
    const bench = openSvix();
    await bench.create();
    bench.receiver.answer(status);
    expect((await emit(bench)).outcome).toBe(outcome);
  });

  test('goes to where the endpoint points by then, with the headers of then', async () => {
    const bench = openSvix();
    const { id } = await bench.create();
    bench.receiver.answer(503);
    const event = await emit(bench);
    expect(event).toMatchObject({ outcome: 'retrying', deliveries: [{ nextAttemptAt: NOON + 5_000 }] });
    await bench.endpoints('PATCH', `/${id}`, { url: URL_B });
    await bench.endpoints('PUT', `/${id}/headers`, { headers: { 'x-late': '1' } });
    expect(await bench.emulator.advance(5_000)).toBe(1);
    expect(bench.receiver.received[1]).toMatchObject({ url: URL_B, headers: { 'x-late': '1' } });
    expect(event).toMatchObject({ outcome: 'delivered', deliveries: [{ url: URL_B }] });
  });

  test.for(['disabled', 'deleted'])('is given up when its endpoint is %s meanwhile', async (how) => {
    const bench = openSvix();
    const { id } = await bench.create();
    bench.receiver.answer(500);
    const event = await emit(bench);
    if (how === 'deleted') await bench.endpoints('DELETE', `/${id}`);
    else await bench.endpoints('PATCH', `/${id}`, { disabled: true });
    await bench.emulator.advance(DAY);
    expect(bench.receiver.received).toHaveLength(1);
    expect(event).toMatchObject({ outcome: 'failed', deliveries: [{ status: 'canceled', nextAttemptAt: null }] });
  });

  test('and whose receiver says `abort-message` is given up, the endpoint goes on', async () => {
    const bench = openSvix();
    const { id } = await bench.create();
    bench.receiver.answer(500);
    bench.receiver.answerHeader('webhook-delivery', 'abort-message');
    expect((await emit(bench)).outcome).toBe('failed');
    expect([await bench.emulator.advance(DAY), isDisabled(bench, id)]).toEqual([0, false]);
  });

  test.for([200, 500])('and whose receiver says `disable` with %i disables the endpoint', async (status) => {
    const bench = openSvix();
    const { id } = await bench.create();
    bench.receiver.answer(status);
    bench.receiver.answerHeader('webhook-delivery', 'disable');
    expect((await emit(bench)).outcome).toBe(status === 200 ? 'delivered' : 'failed');
    expect([await bench.emulator.advance(DAY), isDisabled(bench, id)]).toEqual([0, true]);
    expect((await emit(bench)).outcome).toBe('handed-to-svix');
  });
});

test('the signature is the one that the vendor’s library checks', async () => {
  const bench = openSvix({ now: Date.now });
  const { id } = await bench.create();
  await emit(bench);
  const { headers = {}, body = '' } = bench.receiver.received[0] ?? {};
  const own = new Webhook(await secretOf(bench, id));
  expect(() => own.verify(body, headers)).not.toThrow();
  expect(() => own.verify(`${body} `, headers)).toThrow('No matching signature found');
  const another = new Webhook(`whsec_${Buffer.alloc(24).toString('base64')}`);
  expect(() => another.verify(body, headers)).toThrow('No matching signature found');
});
