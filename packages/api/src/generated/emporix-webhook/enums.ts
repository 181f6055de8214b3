// Made from specs/emporix-webhook.yaml by `pnpm generate`. Do not edit: change the source and run it again.

import type * as types from './types.js';

export const subscriptionActionValues = ['SUBSCRIBE', 'UNSUBSCRIBE'] as const satisfies readonly types.SubscriptionAction[];
export type SubscriptionAction = (typeof subscriptionActionValues)[number];
export const SubscriptionAction = {
  SUBSCRIBE: 'SUBSCRIBE',
  UNSUBSCRIBE: 'UNSUBSCRIBE',
} as const satisfies Record<string, types.SubscriptionAction>;

export const subscriptionStateValues = ['SUBSCRIBED', 'UNSUBSCRIBED', 'NONE'] as const satisfies readonly types.SubscriptionState[];
export type SubscriptionState = (typeof subscriptionStateValues)[number];
export const SubscriptionState = {
  SUBSCRIBED: 'SUBSCRIBED',
  UNSUBSCRIBED: 'UNSUBSCRIBED',
  NONE: 'NONE',
} as const satisfies Record<string, types.SubscriptionState>;
