import { expect, expectTypeOf, it, test } from 'vitest';
import {
  EVENT_TYPES,
  isEventType,
  type DeliveredPayload,
  type EventPayload,
  type EventType,
  type ExcludableField,
  type Receiver,
  type ReceivedEvent,
  type UnhandledEvent,
  type UnknownPayload,
} from '../src/index.js';

// The compiler is what runs most of these tests; the functions are never called.

type AnyObject = Readonly<Record<string, unknown>>;

function payloads(
  product: EventPayload<'product.created'>,
  item: EventPayload<'index-item.updated'>,
  cart: EventPayload<'cart.updated'>,
): void {
  expectTypeOf(product.id).toEqualTypeOf<string | null | undefined>();
  expectTypeOf(product.published).toEqualTypeOf<boolean | null | undefined>();
  expectTypeOf(product.metadata?.version).toEqualTypeOf<number | null | undefined>();
  expectTypeOf(item.tags).toEqualTypeOf<readonly string[] | null | undefined>();
  expectTypeOf(item.mixins).toEqualTypeOf<AnyObject | null | undefined>();
  expectTypeOf(item.popularity).toEqualTypeOf<number | null | undefined>();
  expectTypeOf(item.labels?.[0]?.description).toEqualTypeOf<Readonly<Record<string, string>> | null | undefined>();
  expectTypeOf(item.labels?.[0]?.overlay?.position).toEqualTypeOf<number | null | undefined>();
  expectTypeOf(item.variants?.['v-1']?.sellable).toEqualTypeOf<boolean | null | undefined>();
  expectTypeOf(cart.id).not.toBeAny();
  // @ts-expect-error there is no such field
  void product.prise;
  // @ts-expect-error any field may be missing
  void product.id.length;
  // @ts-expect-error payloads are for reading
  product.id = 'p-1';
}

it('has a type for each payload, with fields that may be missing or null', () => expectTypeOf(payloads).toBeFunction());

function unpublished(job: EventPayload<'ai.agent-job-finished'>, other: EventPayload<'moon.risen'>): void {
  expectTypeOf(job).toEqualTypeOf<UnknownPayload>();
  expectTypeOf(other).toEqualTypeOf<UnknownPayload>();
  expectTypeOf(other['phase']).toBeUnknown();
}

it('knows nothing of payloads without schema and of unknown types', () => expectTypeOf(unpublished).toBeFunction());

function delivered(
  payload: DeliveredPayload<'product.created', 'description' | 'mixins'>,
  other: DeliveredPayload<'moon.risen', 'phase'>,
): void {
  expectTypeOf(payload.id).toEqualTypeOf<string | null | undefined>();
  // @ts-expect-error excluded
  void payload.description;
  // @ts-expect-error excluded
  void payload.mixins;
  expectTypeOf<DeliveredPayload<'product.created'>>().toEqualTypeOf<EventPayload<'product.created'>>();
  expectTypeOf<EventPayload<'product.created'>>().toExtend<typeof payload>();
  // @ts-expect-error no field of this payload
  expectTypeOf<DeliveredPayload<'product.created', 'prise'>>().toBeObject();
  // @ts-expect-error only fields at the root can be excluded
  expectTypeOf<DeliveredPayload<'product.created', 'metadata.version'>>().toBeObject();
  // @ts-expect-error only fields at the root can be excluded
  expectTypeOf<DeliveredPayload<'product.created', 'version'>>().toBeObject();
  expectTypeOf(other['phase']).toBeUnknown();
  expectTypeOf<ExcludableField<'availability.deleted'>>().toEqualTypeOf<'id'>();
}

it('leaves out excluded fields, and takes only names that can be', () => expectTypeOf(delivered).toBeFunction());

function handlers(
  receiver: Receiver,
  record: (event: UnhandledEvent) => void,
  both: (event: ReceivedEvent<'order.created' | 'order.updated'>) => void,
): void {
  receiver
    .on('order.created', ({ type, payload }) => {
      expectTypeOf(type).toEqualTypeOf<'order.created'>();
      expectTypeOf(payload).toEqualTypeOf<EventPayload<'order.created'>>();
    })
    .on('product.created', ({ payload }: ReceivedEvent<'product.created', 'description'>) => {
      expectTypeOf(payload).toEqualTypeOf<DeliveredPayload<'product.created', 'description'>>();
    })
    .on('ai.agent-job-finished', ({ payload }) => expectTypeOf(payload).toEqualTypeOf<UnknownPayload>())
    .on('order.updated', record)
    .on('order.updated', both)
    .on('order.created', both);
  // @ts-expect-error no such type
  receiver.on('order.craeted', () => undefined);
  // @ts-expect-error the payload of another type
  receiver.on('order.created', (event: ReceivedEvent<'product.created'>) => event);
}

it('types the event by the name that it is registered for', () => expectTypeOf(handlers).toBeFunction());

test('the list has the names that the types have', () => {
  expectTypeOf<(typeof EVENT_TYPES)[number]>().toEqualTypeOf<EventType>();
  const type: string = 'order.created';
  if (isEventType(type)) expectTypeOf(type).toEqualTypeOf<EventType>();
  expect([isEventType(type), isEventType('ORDER.CREATED'), isEventType('moon.risen')]).toEqual([true, false, false]);
});

declare module '../src/index.js' {
  interface EventPayloads {
    'moon.setting': { readonly phase?: number | null };
  }
}

function added(receiver: Receiver): void {
  receiver.on('moon.setting', ({ payload }) => expectTypeOf(payload.phase).toEqualTypeOf<number | null | undefined>());
}

it('takes payloads that a program adds', () => {
  expectTypeOf(added).toBeFunction();
  expectTypeOf<EventPayload<'moon.setting'>>().toEqualTypeOf<{ readonly phase?: number | null }>();
});
