import type { SubscriptionState } from './state.js';

/** `shed` and `restore` belong to quota shedding. */
export const REASONS = ['missing', 'changed', 'removed', 'drift', 'shed', 'restore'] as const;
export type Reason = (typeof REASONS)[number];

export const ACTION_TYPES = ['create', 'update', 'delete'] as const;
export type ActionType = (typeof ACTION_TYPES)[number];

/** Kinds of things a plan acts on. */
export const RESOURCES = ['subscription', 'config', 'endpoint'] as const;
export type Resource = (typeof RESOURCES)[number];

/** The compared part of a subscription; `excludedFields` sorted. */
export interface SubscriptionValue {
  readonly state: Exclude<SubscriptionState, 'NONE'>;
  readonly excludedFields: readonly string[];
}

/** Subscribes (`create`), changes the fields of (`update`) or unsubscribes (`delete`) one event type. */
export interface SubscriptionAction {
  readonly resource: 'subscription';
  readonly type: ActionType;
  /** As the catalogue spells it. */
  readonly eventType: string;
  readonly reason: Reason;
  readonly before: SubscriptionValue;
  readonly after: SubscriptionValue;
  /** Version the action was planned on; absent for an event type nobody touched yet. */
  readonly version?: number;
  /** Fields to exclude that are delivered now; sorted. */
  readonly fieldsToUnsubscribe: readonly string[];
  /** Fields to deliver that are excluded now; sorted. */
  readonly fieldsToSubscribe: readonly string[];
}

/** One create, update or delete of one thing. Delivery configs and endpoints join this union by their `resource`. */
export type Action = SubscriptionAction;
