import type { SubscriptionAction } from './action.js';
import { sortedSet } from './order.js';
import { eventKey, type ObservedSubscription } from './state.js';

export function subscriptionId({ eventType }: Pick<ObservedSubscription, 'eventType'>): string {
  return `subscription:${eventKey(eventType)}`;
}

/** Takes an event type away, whyever that is; its fields stay as they are for the day it comes back. */
export function unsubscribing(
  { eventType, version, excludedFields: fields }: ObservedSubscription,
  why: Pick<SubscriptionAction, 'reason' | 'row' | 'undone'>,
): SubscriptionAction {
  const excludedFields = sortedSet(fields);
  return {
    resource: 'subscription',
    type: 'delete',
    id: subscriptionId({ eventType }),
    name: eventType,
    eventType,
    ...why,
    step: 'subscribe',
    before: { state: 'SUBSCRIBED', excludedFields },
    after: { state: 'UNSUBSCRIBED', excludedFields },
    ...(version !== undefined && { version }),
    fieldsToUnsubscribe: [],
    fieldsToSubscribe: [],
  };
}
