import { describe, expect, test } from 'vitest';
import type { Quirks } from '../src/index.js';
import { INVALID, NOON, openBench, serviceError, type Bench } from './support.js';

const PATH = '/event-subscriptions';

interface Row {
  readonly event: { readonly type: string; readonly name: object; readonly eventSchema: object };
  readonly metadata: object;
  readonly subscription: string;
  readonly excludedFields: readonly string[];
}

async function rows({ call }: Bench): Promise<readonly Row[]> {
  return Object.values(Object((await call('GET', PATH)).body));
}

async function row(bench: Bench, type: string): Promise<Row | undefined> {
  return (await rows(bench)).find(({ event }) => event.type === type);
}

const patch = ({ call }: Bench, ...items: readonly object[]) => call('PATCH', PATH, items);
const ok = (eventType: string): object => ({ eventType, code: 200, status: 'OK' });
const conflict = (eventType: string): object => ({
  eventType,
  code: 409,
  status: 'CONFLICT',
  message: 'The version given is not the current one; read the subscriptions again.',
});

/** Codes of the items, or the status of a request that was refused. */
async function codesOf(quirks: Partial<Quirks>, ...items: readonly object[]): Promise<unknown> {
  const { status, body } = await patch(openBench({ quirks }), ...items);
  return status === 207 ? Object.values<{ code: number }>(Object(body)).map((item) => item.code) : status;
}

describe('the catalogue', () => {
  test('of a fresh tenant has 81 types, all NONE and without metadata', async () => {
    const all = await rows(openBench());
    expect(all).toHaveLength(81);
    expect(all.map(({ event }) => event.type)).toEqual(all.map(({ event }) => event.type).toSorted());
    expect(
      all.every(
        ({ subscription, metadata, excludedFields }) =>
          subscription === 'NONE' && Object.keys(metadata).length === 0 && excludedFields.length === 0,
      ),
    ).toBe(true);
    expect(
      all.filter(({ event }) => Object.keys(event.eventSchema).length === 0).map(({ event }) => event.type),
    ).toEqual([
      'ai.agent-job-finished',
      'client-management.contactassignment-created',
      'client-management.contactassignment-deleted',
      'client-management.contactassignment-updated',
    ]);
  });

  test('leaves out the types without a schema where that is switched', async () => {
    expect(await rows(openBench({ quirks: { catalogueWithoutSchemas: 'absent' } }))).toHaveLength(77);
  });

  test.for([
    [undefined, ['en']],
    ['de', ['de']],
    ['de-AT, en;q=0.5', ['de', 'en']],
    ['en;q=0.1, de;q=0.9', ['de', 'en']],
    ['*', ['en', 'de']],
    ['fr', ['en']],
    ['en;q=0, de', ['de']],
  ] as const)('shows texts in the languages of Accept-Language %s', async ([header, languages]) => {
    const { call } = openBench();
    const { body } = await call(
      'GET',
      PATH,
      undefined,
      header === undefined ? {} : { headers: { 'accept-language': header } },
    );
    const [first] = Object.values<Row>(Object(body));
    expect(Object.keys(first?.event.name ?? {})).toEqual(languages);
  });

  test('of a tenant without events answers 404', async () => {
    const { call } = openBench({ tenants: [{ tenant: 'acme', catalogue: [] }] });
    expect((await call('GET', PATH)).status).toBe(404);
    expect((await call('PATCH', PATH, [{ eventType: 'order.created' }])).status).toBe(404);
  });
});

describe('an update', () => {
  test('gives results in request order, and versions that grow by one', async () => {
    const bench = openBench();
    const first = await patch(
      bench,
      { eventType: 'order.created', action: 'SUBSCRIBE', metadata: { version: 1 } },
      { eventType: 'cart.closed', action: 'SUBSCRIBE' },
    );
    expect({ status: first.status, body: first.body }).toEqual({
      status: 207,
      body: [ok('order.created'), ok('cart.closed')],
    });
    bench.emulator.clock.freeze();
    await bench.emulator.advance(60_000);
    await patch(bench, { eventType: 'order.created', action: 'UNSUBSCRIBE', metadata: { version: 1 } });
    expect(await row(bench, 'order.created')).toMatchObject({
      subscription: 'UNSUBSCRIBED',
      metadata: {
        version: 2,
        createdAt: new Date(NOON).toISOString(),
        modifiedAt: new Date(NOON + 60_000).toISOString(),
      },
    });
    expect(await row(bench, 'cart.closed')).toMatchObject({ subscription: 'SUBSCRIBED', metadata: { version: 1 } });
  });

  test('with a stale version is a 409 item and leaves the others alone', async () => {
    const bench = openBench();
    await patch(bench, { eventType: 'order.created', action: 'SUBSCRIBE' });
    const { status, body } = await patch(
      bench,
      { eventType: 'order.created', action: 'UNSUBSCRIBE', metadata: { version: 2 } },
      { eventType: 'order.deleted', action: 'SUBSCRIBE' },
    );
    expect({ status, body }).toEqual({ status: 207, body: [conflict('order.created'), ok('order.deleted')] });
    expect(await row(bench, 'order.created')).toMatchObject({ subscription: 'SUBSCRIBED', metadata: { version: 1 } });
  });

  test('without a version is always applied', async () => {
    const bench = openBench();
    for (const action of ['SUBSCRIBE', 'UNSUBSCRIBE', 'SUBSCRIBE']) {
      expect((await patch(bench, { eventType: 'order.created', action })).body).toEqual([ok('order.created')]);
    }
    expect(await row(bench, 'order.created')).toMatchObject({ subscription: 'SUBSCRIBED', metadata: { version: 3 } });
  });

  test('lets one of many writers with the same version win', async () => {
    const bench = openBench();
    await patch(bench, { eventType: 'order.created', action: 'SUBSCRIBE' });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        patch(bench, { eventType: 'order.created', action: 'UNSUBSCRIBE', metadata: { version: 1 } }),
      ),
    );
    const codes = answers.map(({ body }) => Object(body)[0].code);
    expect(codes.filter((code) => code === 200)).toHaveLength(1);
    expect(codes.filter((code) => code === 409)).toHaveLength(19);
    expect(await row(bench, 'order.created')).toMatchObject({ metadata: { version: 2 } });
  });

  test('adds and takes away excluded fields, and keeps the others', async () => {
    const bench = openBench();
    const eventType = 'product.created';
    await patch(bench, { eventType, action: 'SUBSCRIBE', fieldsToUnsubscribe: ['mixins', 'media', 'mixins'] });
    await patch(bench, { eventType, fieldsToSubscribe: ['media', 'never'], fieldsToUnsubscribe: ['code', 'name'] });
    expect(await row(bench, eventType)).toMatchObject({
      subscription: 'SUBSCRIBED',
      excludedFields: ['mixins', 'code', 'name'],
      metadata: { version: 2 },
    });
  });

  test('treats upper and lower case of the type alike', async () => {
    const bench = openBench();
    expect((await patch(bench, { eventType: 'ORDER.Created', action: 'SUBSCRIBE' })).body).toEqual([
      ok('order.created'),
    ]);
    expect(await row(bench, 'order.created')).toMatchObject({ subscription: 'SUBSCRIBED' });
  });

  test('without an action changes fields only, even of a type nobody touched', async () => {
    const bench = openBench();
    await patch(bench, { eventType: 'order.created', fieldsToUnsubscribe: ['mixins'] });
    expect(await row(bench, 'order.created')).toMatchObject({
      subscription: 'NONE',
      excludedFields: ['mixins'],
      metadata: { version: 1 },
    });
  });

  test.for([
    ['no list', { eventType: 'order.created', action: 'SUBSCRIBE' }, 'body: must be array'],
    ['an empty list', [], 'body: must NOT have fewer than 1 items'],
    [
      '201 items',
      Array.from({ length: 201 }, () => ({ eventType: 'order.created' })),
      'body: must NOT have more than 200 items',
    ],
    ['an item without a type', [{ action: 'SUBSCRIBE' }], "[0]: must have required property 'eventType'"],
    [
      'an unknown action',
      [{ eventType: 'order.created', action: 'TOGGLE' }],
      '[0].action: must be equal to one of the allowed values (["SUBSCRIBE","UNSUBSCRIBE"])',
    ],
    ['version 0', [{ eventType: 'order.created', metadata: { version: 0 } }], '[0].metadata.version: must be >= 1'],
  ] as const)('with %s is refused as a whole', async ([, body, detail]) => {
    const answer = await openBench().call('PATCH', PATH, body);
    expect({ status: answer.status, body: answer.body }).toEqual({
      status: 400,
      body: serviceError(400, 'Bad Request', INVALID, [detail]),
    });
  });

  test('takes 200 items', async () => {
    const { status } = await openBench().call(
      'PATCH',
      PATH,
      Array.from({ length: 200 }, () => ({ eventType: 'order.created', action: 'SUBSCRIBE' })),
    );
    expect(status).toBe(207);
  });

  test.for([
    ['text/plain', 'body: is required, with the right content type'],
    ['application/json', 'body: is not valid JSON'],
  ])('that is no JSON is refused (%s)', async ([type = '', detail]) => {
    const { emulator, token } = openBench();
    const response = await emulator.fetch(
      new Request(`http://emulator.test/webhook/acme${PATH}`, {
        method: 'PATCH',
        headers: { authorization: `Bearer ${await token()}`, 'content-type': type },
        body: '[{"eventType": oops}]',
      }),
    );
    expect([response.status, await response.json()]).toEqual([
      400,
      serviceError(400, 'Bad Request', INVALID, [String(detail)]),
    ]);
  });
});

describe('by quirk', () => {
  const order = { eventType: 'order.created', action: 'SUBSCRIBE' };
  test.for([
    ['unknownEventType', 'item-404', [{ eventType: 'no.such' }, order], [404, 200]],
    ['unknownEventType', 'item-400', [{ eventType: 'no.such' }, order], [400, 200]],
    ['unknownEventType', 'request-404', [{ eventType: 'no.such' }, order], 404],
    ['unknownEventType', 'request-400', [{ eventType: 'no.such' }, order], 400],
    ['duplicateEventType', 'sequential', [order, order], [200, 200]],
    [
      'duplicateEventType',
      'sequential',
      [
        { ...order, metadata: { version: 1 } },
        { ...order, metadata: { version: 2 } },
      ],
      [200, 409],
    ],
    ['duplicateEventType', 'item-400', [order, { ...order, eventType: 'ORDER.CREATED' }], [200, 400]],
    ['duplicateEventType', 'request-400', [order, order], 400],
    ['missingAction', 'item-400', [{ eventType: 'order.created' }], [400]],
    ['unknownFields', 'accept', [{ ...order, fieldsToUnsubscribe: ['nonsense'] }], [200]],
    ['unknownFields', 'item-400', [{ ...order, fieldsToUnsubscribe: ['nonsense'] }], [400]],
    ['unknownFields', 'item-400', [{ ...order, fieldsToUnsubscribe: ['id'] }], [200]],
    [
      'fieldInBothLists',
      'subscribe-wins',
      [{ ...order, fieldsToUnsubscribe: ['id'], fieldsToSubscribe: ['id'] }],
      [200],
    ],
    ['fieldInBothLists', 'item-400', [{ ...order, fieldsToUnsubscribe: ['id'], fieldsToSubscribe: ['id'] }], [400]],
    ['firstTouchVersion', 'absent-or-one', [{ ...order, metadata: { version: 2 } }], [409]],
    ['firstTouchVersion', 'absent-only', [{ ...order, metadata: { version: 1 } }], [409]],
    ['firstTouchVersion', 'any', [{ ...order, metadata: { version: 7 } }], [200]],
    ['staleVersion', 'request-409', [{ ...order, metadata: { version: 2 } }], 409],
  ] as const)('%s %s', async ([name, value, items, expected]) => {
    expect(await codesOf({ [name]: value }, ...items)).toEqual(expected);
  });

  test('an update without effect counts or does not', async () => {
    for (const unchangedUpdateBumpsVersion of [true, false]) {
      const bench = openBench({ quirks: { unchangedUpdateBumpsVersion } });
      await patch(bench, order);
      await patch(bench, order);
      expect(await row(bench, 'order.created')).toMatchObject({
        metadata: { version: unchangedUpdateBumpsVersion ? 2 : 1 },
      });
    }
  });

  test('an unsubscribed type keeps its excluded fields or does not', async () => {
    for (const unsubscribeKeepsExcludedFields of [true, false]) {
      const bench = openBench({ quirks: { unsubscribeKeepsExcludedFields } });
      await patch(bench, { ...order, fieldsToUnsubscribe: ['id'] });
      await patch(bench, { ...order, action: 'UNSUBSCRIBE' });
      expect((await row(bench, 'order.created'))?.excludedFields).toEqual(unsubscribeKeepsExcludedFields ? ['id'] : []);
    }
  });

  test('results come in another order, spelling and status', async () => {
    const bench = openBench({
      quirks: { resultOrder: 'reversed', resultEventTypeCase: 'as-sent', subscriptionsStatus: 200 },
    });
    const { status, body, headers } = await patch(
      bench,
      { ...order, eventType: 'Order.Created' },
      { ...order, eventType: 'cart.closed' },
    );
    expect({ status, body, note: headers.get('x-emulator-off-contract') }).toEqual({
      status: 200,
      body: [ok('cart.closed'), ok('Order.Created')],
      note: 'quirk subscriptionsStatus',
    });
  });
});
