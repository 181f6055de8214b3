import type { Quirks } from '../quirks.js';
import { fieldsOf, type CatalogueEvent } from '../state/catalogue.js';
import type { SubscriptionRow, Subscriptions } from '../state/documents.js';
import { refuse } from '../http/answer.js';
import { unreachable } from '../unreachable.js';
import { z } from 'zod';

const fields = z.array(z.string()).readonly().optional();

/** The request body. */
export const subscriptionUpdatesSchema = z
  .array(
    z.object({
      eventType: z.string(),
      action: z.enum(['SUBSCRIBE', 'UNSUBSCRIBE']).optional(),
      metadata: z.object({ version: z.int().optional() }).optional(),
      fieldsToUnsubscribe: fields,
      fieldsToSubscribe: fields,
    }),
  )
  .readonly();
export type SubscriptionUpdate = z.infer<typeof subscriptionUpdatesSchema>[number];

export interface ItemResult {
  readonly eventType: string;
  readonly code: number;
  readonly status: string;
  readonly message?: string;
}

export interface UpdateRules {
  readonly catalogue: ReadonlyMap<string, CatalogueEvent>;
  readonly quirks: Quirks;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Judges each item on its own, in order. Refuses the whole request only where a quirk says so. */
export function updateSubscriptions(
  before: Subscriptions,
  items: readonly SubscriptionUpdate[],
  rules: UpdateRules,
): { readonly subscriptions: Subscriptions; readonly results: readonly ItemResult[] } {
  const subscriptions = new Map(before);
  const seen = new Set<string>();
  const results = items.map((item) => {
    const type = item.eventType.toLowerCase();
    const problem = problemOf(item, type, subscriptions.get(type), seen.has(type), rules);
    seen.add(type);
    const spelled = rules.quirks.resultEventTypeCase === 'lower' ? type : item.eventType;
    if (problem !== undefined) return { eventType: spelled, ...problem };
    const row = applyUpdate(subscriptions.get(type), item, rules);
    if (row !== undefined) subscriptions.set(type, row);
    return { eventType: spelled, code: 200, status: 'OK' };
  });
  return { subscriptions, results };
}

/** The row with a new version, as after an update by somebody else. */
export function touchRow(
  row: SubscriptionRow | undefined,
  changes: Partial<Pick<SubscriptionRow, 'state' | 'excludedFields'>>,
  now: number,
): SubscriptionRow {
  return {
    state: changes.state ?? row?.state ?? 'NONE',
    version: (row?.version ?? 0) + 1,
    createdAt: row?.createdAt ?? now,
    modifiedAt: now,
    excludedFields: changes.excludedFields ?? row?.excludedFields ?? [],
  };
}

type Problem = Omit<ItemResult, 'eventType'>;

function problemOf(
  item: SubscriptionUpdate,
  type: string,
  row: SubscriptionRow | undefined,
  repeated: boolean,
  rules: UpdateRules,
): Problem | undefined {
  const { quirks } = rules;
  const event = rules.catalogue.get(type);
  if (event === undefined) return unknownType(item.eventType, quirks);
  if (repeated && quirks.duplicateEventType !== 'sequential') {
    if (quirks.duplicateEventType === 'request-400') refuse(400, `Event type ${type} is named more than once.`);
    return badItem(`Event type ${type} is named more than once.`);
  }
  if (item.action === undefined && quirks.missingAction === 'item-400') return badItem('An action is required.');
  const adding = item.fieldsToUnsubscribe ?? [];
  const removing = item.fieldsToSubscribe ?? [];
  if ([...adding, ...removing].some((field) => field.trim() === '')) return badItem('Field names must not be blank.');
  if (quirks.fieldInBothLists === 'item-400' && adding.some((field) => removing.includes(field)))
    return badItem('A field stands in both lists.');
  if (quirks.unknownFields === 'item-400') {
    const known = fieldsOf(event.schema);
    const unknown = [...adding, ...removing].find((field) => known !== null && !(field in known));
    if (unknown !== undefined) return badItem(`The event has no field ${unknown}.`);
  }
  if (isStale(item.metadata?.version, row, quirks)) {
    if (quirks.staleVersion === 'request-409') refuse(409, `The version given for ${type} is not the current one.`);
    return {
      code: 409,
      status: 'CONFLICT',
      message: 'The version given is not the current one; read the subscriptions again.',
    };
  }
  return undefined;
}

function unknownType(sent: string, quirks: Quirks): Problem {
  const message = `There is no event type ${sent}.`;
  switch (quirks.unknownEventType) {
    case 'item-404':
      return { code: 404, status: 'NOT_FOUND', message };
    case 'item-400':
      return badItem(message);
    case 'request-404':
      return refuse(404, message);
    case 'request-400':
      return refuse(400, message);
    default:
      return unreachable(quirks.unknownEventType);
  }
}

function badItem(message: string): Problem {
  return { code: 400, status: 'BAD_REQUEST', message };
}

/** An item without a version is never stale. */
function isStale(version: number | undefined, row: SubscriptionRow | undefined, quirks: Quirks): boolean {
  if (version === undefined) return false;
  if (row !== undefined) return version !== row.version;
  if (quirks.firstTouchVersion === 'any') return false;
  return quirks.firstTouchVersion === 'absent-only' || version !== 1;
}

/** The new row; undefined when nothing changes and such updates do not count. */
function applyUpdate(
  row: SubscriptionRow | undefined,
  item: SubscriptionUpdate,
  rules: UpdateRules,
): SubscriptionRow | undefined {
  const state =
    item.action === 'SUBSCRIBE'
      ? 'SUBSCRIBED'
      : item.action === 'UNSUBSCRIBE'
        ? 'UNSUBSCRIBED'
        : (row?.state ?? 'NONE');
  const unsubscribing = item.action === 'UNSUBSCRIBE' && !rules.quirks.unsubscribeKeepsExcludedFields;
  const kept = unsubscribing ? [] : (row?.excludedFields ?? []);
  const included = new Set(item.fieldsToSubscribe);
  const excludedFields = [...new Set([...kept, ...(item.fieldsToUnsubscribe ?? [])])].filter(
    (field) => !included.has(field),
  );
  const unchanged = row !== undefined && row.state === state && sameFields(row.excludedFields, excludedFields);
  return unchanged && !rules.quirks.unchangedUpdateBumpsVersion
    ? undefined
    : touchRow(row, { state, excludedFields }, rules.now);
}

function sameFields(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((field) => b.includes(field));
}
