import { EVENT_TYPES, isEventType, type DeliveredPayload, type EventPayload } from '@gateway-sync/events';

export function nameOf({ id, name }: EventPayload<'product.created'>): string {
  const english = name?.['en'];
  return typeof english === 'string' ? english : (id ?? 'no id');
}

// With excludedFields: [description, mixins] there is no payload.description.
export type Product = DeliveredPayload<'product.created', 'description' | 'mixins'>;

export const orderEvents = EVENT_TYPES.filter((type) => type.startsWith('order.'));
export const isKnown = isEventType('order.craeted'); // false
