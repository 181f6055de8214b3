import { expect, test } from 'vitest';
import { invalid } from './svix-answers.js';
import { openSvix, ORDER } from './svix-bench.js';

const URL_A = 'https://hooks.test/a';
test('Svix behaviour 20: an example is sent to one endpoint, whatever it is filtered by', async () => {
  const { create, endpoints, emulator, receiver } = openSvix();
  const { id } = await create({ eventTypes: ['order.updated'] });
  await create({ url: 'https://hooks.test/b' });
  const ping = await endpoints('POST', `/${id}/send-example`, { eventType: 'svix.ping' });
  expect(ping).toMatchObject({ status: 202, body: { eventType: 'svix.ping', payload: { success: true } } });
  expect(receiver.received).toMatchObject([{ url: URL_A, body: '{"success":true}' }]);
  emulator.setQuirks({ svixSendExampleStatus: 200 });
  const order = await endpoints('POST', `/${id}/send-example`, { eventType: ORDER });
  expect(order).toMatchObject({ status: 200, body: { eventType: ORDER, payload: { id: expect.any(String) } } });
  expect(await endpoints('POST', `/${id}/send-example`, { eventType: 'nope' })).toMatchObject(invalid('eventType'));
});
