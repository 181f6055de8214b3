import { monthOf, type Clock } from '../clock.js';
import type { StoredConfig } from '../configs/config.js';
import type { JsonObject } from '../json.js';
import type { Quirks } from '../quirks.js';
import type { Random } from '../random.js';
import type { Tenant } from '../state/tenant.js';
import { canonicalJson } from './canonical-json.js';
import type { Courier } from './courier.js';
import type { Delivery, EventOutcome, EventRecord } from './event-record.js';
import { reducePayload, routeEvent, type Destination, type Routing } from './route-event.js';
import { samplePayload } from './sample-payload.js';
import { signBody } from './signature.js';
import type { SvixOutlet } from './svix-outlet.js';

/** What emitting needs of the emulator. */
export interface EmitContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly quirks: Quirks;
  readonly courier: Courier;
  readonly svix: SvixOutlet;
}

/** Lets an event happen: decides who gets it, sends it once, and leaves the rest to the retries. */
export async function emitEvent(
  tenant: Tenant,
  type: string,
  given: JsonObject | undefined,
  context: EmitContext,
): Promise<EventRecord> {
  const now = context.clock.now();
  const payload = given ?? samplePayload(tenant.catalogue.get(type)?.schema ?? null, now);
  const config = [...tenant.documents.configs.values()].find((candidate) => candidate.active);
  const record = (outcome: EventOutcome, routing?: Routing): EventRecord => ({
    id: context.random.uuid(),
    tenant: tenant.name,
    type,
    publishedAt: now,
    payload,
    provider: config?.provider ?? null,
    outcome,
    deliveries: (routing?.destinations ?? []).map((destination) => toDelivery(destination, now, context)),
    skipped: routing?.skipped ?? [],
    counted: 0,
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
  record: (outcome: EventOutcome, routing?: Routing) => EventRecord,
  context: EmitContext,
): Promise<EventRecord> {
  const subscription = tenant.documents.subscriptions.get(type);
  if (subscription?.state !== 'SUBSCRIBED') return record('not-subscribed');
  if (config === undefined) return record('no-active-config');
  if (isOverLimit(tenant, config, context)) return record('lost-over-limit');
  if (config.provider === 'HTTP') {
    const routing = routeEvent(config, type, payload, subscription.excludedFields, context.quirks);
    const event = record(routing.destinations.length === 0 ? 'no-destination' : 'retrying', routing);
    await context.courier.send(event, tenant);
    return event;
  }
  const event = record('handed-to-svix');
  await context.svix.publish({
    id: event.id,
    tenant: tenant.name,
    provider: config.provider,
    eventType: type,
    payload: reducePayload(payload, subscription.excludedFields),
  });
  event.counted = 1;
  tenant.usage.add(monthOf(event.publishedAt), 1);
  return event;
}

function isOverLimit(tenant: Tenant, config: StoredConfig, { clock, quirks }: EmitContext): boolean {
  if (quirks.beyondLimit === 'sent' || (config.provider === 'HTTP' && !quirks.httpDeliveriesCount)) return false;
  return (tenant.usage.in(monthOf(clock.now())) ?? 0) >= tenant.usage.limit;
}

function toDelivery(destination: Destination, now: number, { random }: EmitContext): Delivery {
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
