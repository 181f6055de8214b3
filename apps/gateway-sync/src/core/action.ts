import type { ConfigOperation, ConfigWrite } from './delivery.js';
import type { EndpointWrite } from './endpoint.js';
import type { JsonObject } from './json.js';
import type { SubscriptionState } from './state.js';

/** `shed` and `restore`: given up while the quota runs out, and subscribed again after that; `adopted`: by the command adopt. */
export const REASONS = ['missing', 'changed', 'removed', 'drift', 'shed', 'restore', 'adopted'] as const;
export type Reason = (typeof REASONS)[number];

export const ACTION_TYPES = ['create', 'update', 'delete'] as const;
export type ActionType = (typeof ACTION_TYPES)[number];

/** Kinds of things a plan acts on; a target is an entry of an HTTP delivery config. */
export const RESOURCES = ['subscription', 'config', 'target', 'endpoint'] as const;
export type Resource = (typeof RESOURCES)[number];

/**
 * Steps of applying a plan, in this order: what delivers stands before the subscriptions that need it, and nothing is
 * taken away before its successor works. Subscribing and unsubscribing share a request.
 */
export const STEPS = ['prepare', 'activate', 'subscribe', 'remove', 'retire'] as const;
export type Step = (typeof STEPS)[number];

interface ActionBase {
  readonly type: ActionType;
  /** Unique in a plan, and the same in every plan for the same thing: `subscription:order.created`, `config:http/active`. */
  readonly id: string;
  /** What a person calls the thing. */
  readonly name: string;
  readonly reason: Reason;
  readonly step: Step;
  /** It was done before, and somebody undid it; with the reason `drift` that goes without saying. */
  readonly undone?: true;
  /** Ids of actions that a reading must have shown to be done before this one is sent. */
  readonly needs?: readonly string[];
  /** The compared settings, without secrets; null where there is nothing. */
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
  /** Fields whose secret is written, such as `secretKey` or `headers.x-api-key`. */
  readonly secrets?: readonly string[];
  /** Keyed fingerprints of those secrets, where there is a key. */
  readonly fingerprints?: Readonly<Record<string, string>>;
  /** The row of the ledger that it leads to; absent where no row comes of it. See `OwnedThing.key`. */
  readonly row?: { readonly key: string; readonly settings: JsonObject };
}

/** The compared part of a subscription; `excludedFields` sorted. */
export interface SubscriptionValue extends JsonObject {
  readonly state: Exclude<SubscriptionState, 'NONE'>;
  readonly excludedFields: readonly string[];
}

/** Subscribes (`create`), changes the fields of (`update`) or unsubscribes (`delete`) one event type. */
export interface SubscriptionAction extends ActionBase {
  readonly resource: 'subscription';
  /** As the catalogue spells it. */
  readonly eventType: string;
  readonly before: SubscriptionValue;
  readonly after: SubscriptionValue;
  /** Version the action was planned on; absent for an event type nobody touched yet. */
  readonly version?: number;
  /** Fields to exclude that are delivered now; sorted. */
  readonly fieldsToUnsubscribe: readonly string[];
  /** Fields to deliver that are excluded now; sorted. */
  readonly fieldsToSubscribe: readonly string[];
}

/** Creates, changes, activates, deactivates or deletes one delivery config. */
export interface ConfigAction extends ActionBase {
  readonly resource: 'config';
  readonly code: string;
  readonly write: ConfigWrite;
}

/** Creates, changes or deletes one entry of an HTTP config; those of one config and step share a request. */
export interface TargetAction extends ActionBase {
  readonly resource: 'target';
  /** Of the config. */
  readonly code: string;
  readonly operations: readonly ConfigOperation[];
}

/** Creates, changes or deletes one Svix endpoint. */
export interface EndpointAction extends ActionBase {
  readonly resource: 'endpoint';
  readonly write: EndpointWrite;
}

/** One create, update or delete of one thing, told apart by its `resource`. */
export type Action = SubscriptionAction | ConfigAction | TargetAction | EndpointAction;
