import { succeeded, type Courier, type Errand, type Parcel } from '../delivery/courier.js';
import { outcomeOf, type Attempt, type Delivery } from '../delivery/event-record.js';
import type { Quirks } from '../quirks.js';
import type { Random } from '../random.js';
import type { Clock } from '../clock.js';
import type { Tenant } from '../state/tenant.js';
import { withApplication, withEndpoint } from './application.js';
import { wants, type Endpoint } from './endpoint.js';
import { noteFailure } from './failing.js';
import { svixId } from './id.js';
import { signMessage } from './sign-message.js';
import type { Message } from './traffic.js';

/** What sending needs of the emulator. */
export interface DispatchContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly courier: Courier;
}

/** A message to send: to every endpoint that wants it, or once more or only to one of them. */
export interface Sending {
  readonly message: Message;
  readonly endpointId?: string;
  /** What somebody asked for is tried once; the rest is retried on the schedule. */
  readonly manual?: true;
}

const USER_AGENT = 'Svix-Webhooks/1.0 (emulator)';

/** Sends the messages and makes the first attempts; retries are left to the courier. */
export async function dispatch(sendings: readonly Sending[], tenant: Tenant, context: DispatchContext): Promise<void> {
  const errands = sendings.flatMap((sending) => toErrands(sending, tenant, context));
  for (const { message } of sendings) tenant.svixTraffic.keep(message);
  await context.courier.send(errands);
}

function toErrands(sending: Sending, tenant: Tenant, context: DispatchContext): readonly Errand[] {
  const { message, endpointId } = sending;
  const all = [...(tenant.documents.applications.get(message.applicationId)?.endpoints.values() ?? [])];
  const targets = all.filter((endpoint) =>
    endpointId === undefined ? wants(endpoint, message) : endpoint.id === endpointId && !endpoint.disabled,
  );
  return targets.map((endpoint) => toErrand(sending, deliveryTo(endpoint, message, context), tenant, context));
}

/** The delivery of the message to that endpoint; a new one if there is none yet. */
function deliveryTo(endpoint: Endpoint, message: Message, { clock, random }: DispatchContext): Delivery {
  const known = message.deliveries.find((delivery) => delivery.endpointId === endpoint.id);
  if (known !== undefined) return known;
  const delivery: Delivery = {
    id: random.uuid(),
    entryId: null,
    endpointId: endpoint.id,
    url: endpoint.url,
    body: JSON.stringify(message.payload),
    headers: {},
    status: 'retrying',
    attempts: [],
    nextAttemptAt: clock.now(),
  };
  message.deliveries.push(delivery);
  return delivery;
}

function toErrand({ message, manual }: Sending, delivery: Delivery, tenant: Tenant, context: DispatchContext): Errand {
  const { courier, clock, random } = context;
  const find = (): Endpoint | undefined =>
    tenant.documents.applications.get(message.applicationId)?.endpoints.get(delivery.endpointId ?? '');
  let scheduled = 0;
  const nextDelay = (): number | undefined =>
    manual === true ? undefined : courier.quirks().svixRetryDelaysSeconds[scheduled - 1];
  return {
    delivery,
    prepare: () => {
      const endpoint = find();
      if (endpoint === undefined || endpoint.disabled) return undefined;
      scheduled++;
      const note = {
        id: svixId('atmpt', clock.now(), random),
        trigger: manual === true ? 'manual' : 'scheduled',
      } as const;
      return { ...toParcel(endpoint, message, delivery.body, clock.now(), courier.quirks()), note };
    },
    attempted: (attempt) => {
      const endpoint = find();
      if (endpoint !== undefined && mustDisable(endpoint, attempt, nextDelay() === undefined, tenant, courier.quirks()))
        disable(endpoint, message.applicationId, tenant, attempt.at);
    },
    retryAfter: (attempt) =>
      attempt.control === 'abort-message' || find()?.disabled !== false ? undefined : nextDelay(),
    settled: () => {
      if (message.event !== undefined) message.event.outcome = outcomeOf(message.event);
    },
  };
}

function toParcel(endpoint: Endpoint, message: Message, body: string, now: number, quirks: Quirks): Parcel {
  const seconds = Math.floor(now / 1_000);
  const prefix = quirks.svixSignatureHeaders;
  return {
    url: endpoint.url,
    headers: {
      ...endpoint.headers,
      'content-type': 'application/json',
      'user-agent': USER_AGENT,
      [`${prefix}-id`]: message.id,
      [`${prefix}-timestamp`]: String(seconds),
      [`${prefix}-signature`]: signMessage(endpoint.signing, { id: message.id, seconds, body }, now),
    },
  };
}

/** Whether the endpoint is over after this attempt: its receiver says so, or it has failed for too long. */
function mustDisable(
  endpoint: Endpoint,
  attempt: Attempt,
  exhausted: boolean,
  { svixTraffic: { failing: all } }: Tenant,
  { svixAutoDisable }: Quirks,
): boolean {
  const { at, control } = attempt;
  if (succeeded(attempt)) {
    all.delete(endpoint.id);
    return control === 'disable';
  }
  const { failing, disable: failed } = noteFailure(all.get(endpoint.id), { at, exhausted }, svixAutoDisable);
  if (failing === undefined) all.delete(endpoint.id);
  else all.set(endpoint.id, failing);
  return failed || control === 'disable';
}

function disable(endpoint: Endpoint, applicationId: string, tenant: Tenant, now: number): void {
  const { documents } = tenant;
  const application = documents.applications.get(applicationId);
  if (application === undefined || endpoint.disabled) return;
  const after = withEndpoint(application, { ...endpoint, disabled: true, updatedAt: now });
  tenant.write({ ...documents, applications: withApplication(documents.applications, after) });
}
