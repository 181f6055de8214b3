import type { Clock } from '../clock.js';
import type { HttpConfig, StoredConfig } from '../configs/config.js';
import type { JsonObject } from '../json.js';
import type { Quirks } from '../quirks.js';
import type { Random } from '../random.js';
import { fieldsOf } from '../state/catalogue.js';
import type { Tenant } from '../state/tenant.js';
import type { SvixSide } from '../svix/svix-side.js';
import { canonicalJson } from './canonical-json.js';
import type { Courier } from './courier.js';
import type { Delivery, EventOutcome, EventRecord } from './event-record.js';
import { httpErrand } from './http-errand.js';
import { reducePayload, routeEvent, type Destination } from './route-event.js';
import { samplePayload } from './sample-payload.js';
import { signBody } from './signature.js';
import { sendThroughSvix } from './svix-outlet.js';

/** What emitting needs of the emulator. */
export interface EmitContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly quirks: Quirks;
  readonly courier: Courier;
  readonly svix: SvixSide;
}

/** Makes the record of an event. */
export type Recorder = (
  outcome: EventOutcome,
  more?: Partial<Pick<EventRecord, 'deliveries' | 'skipped' | 'messageId'>>,
) => EventRecord;

/** Lets an event happen: decides who gets it, sends it once, and leaves the rest to the retries. */
export async function emitEvent(
  tenant: Tenant,
  type: string,
  given: JsonObject | undefined,
  context: EmitContext,
): Promise<EventRecord> {
  const now = context.clock.now();
  const payload = given ?? samplePayload(fieldsOf(tenant.catalogue.get(type)?.schema ?? null), now);
  const config = [...tenant.documents.configs.values()].find((candidate) => candidate.active);
  const record: Recorder = (outcome, more = {}) => ({
    id: context.random.uuid(),
    tenant: tenant.name,
    type,
    publishedAt: now,
    payload,
    provider: config?.provider ?? null,
    outcome,
    deliveries: [],
    skipped: [],
    counted: 0,
    ...more,
  });

  const event = await send(tenant, type, payload, config, record, context);
  tenant.events.push(event);
  return event;
}

async function send(
  tenant: Tenant,
  type: string,
  payload: JsonObject,
  config: StoredConfig | undefined,
  record: Recorder,
  context: EmitContext,
): Promise<EventRecord> {
  const subscription = tenant.documents.subscriptions.get(type);
  if (subscription?.state !== 'SUBSCRIBED') return record('not-subscribed');
  if (config === undefined) return record('no-active-config');
  if (isOverLimit(tenant, config, context)) return record('lost-over-limit');
  const { excludedFields } = subscription;
  return config.provider === 'HTTP'
    ? await sendOverHttp(tenant, { type, payload, excludedFields }, config, record, context)
    : await sendThroughSvix(tenant, { type, payload: reducePayload(payload, excludedFields) }, config, record, context);
}

async function sendOverHttp(
  tenant: Tenant,
  event: { readonly type: string; readonly payload: JsonObject; readonly excludedFields: readonly string[] },
  config: HttpConfig,
  record: Recorder,
  context: EmitContext,
): Promise<EventRecord> {
  const { destinations, skipped } = routeEvent(config, event.type, event.payload, event.excludedFields, context.quirks);
  const deliveries = destinations.map((destination) => toDelivery(destination, context));
  const sent = record(deliveries.length === 0 ? 'no-destination' : 'retrying', { deliveries, skipped });
  await context.courier.send(deliveries.map((delivery) => httpErrand(delivery, sent, tenant, context)));
  return sent;
}

function isOverLimit(tenant: Tenant, config: StoredConfig, { clock, quirks }: EmitContext): boolean {
  if (quirks.beyondLimit === 'sent' || (config.provider === 'HTTP' && !quirks.httpDeliveriesCount)) return false;
  return (tenant.usage.in(tenant.usage.monthAt(clock.now())) ?? 0) >= tenant.usage.limit;
}

function toDelivery(destination: Destination, { clock, random }: EmitContext): Delivery {
  const now = clock.now();
  const body = canonicalJson(destination.payload);
  return {
    id: random.uuid(),
    entryId: destination.entryId,
    url: destination.url,
    body,
    headers: {
      ...destination.headers,
      'content-type': 'application/json',
      'emporix-event-publish-time': new Date(now).toISOString(),
      ...(destination.secretKey === undefined
        ? {}
        : { 'emporix-event-signature': signBody(body, destination.secretKey) }),
    },
    status: 'retrying',
    attempts: [],
    nextAttemptAt: now,
  };
}
