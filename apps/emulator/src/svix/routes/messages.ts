import { z } from 'zod';
import { samplePayload } from '../../delivery/sample-payload.js';
import type { JsonObject } from '../../json.js';
import { fieldsOf } from '../../state/catalogue.js';
import { applicationOf, endpointOf, type SvixCall, type SvixHandler } from '../call.js';
import { refuseMember, refuseSvix } from '../errors.js';
import { newMessage, viewMessage } from '../message.js';
import { cutPage, readPageQuery, viewPage } from '../page.js';
import type { Message } from '../traffic.js';

const creationSchema = z.object({
  eventType: z.string(),
  payload: z.record(z.string(), z.json()),
  eventId: z.string().nullable().default(null),
  channels: z.array(z.string()).nullable().default(null),
});
const exampleSchema = z.object({ eventType: z.string() });

const PING = 'svix.ping';
const DAY = 86_400_000;
/** How far back a list goes by itself, and how long payloads are kept. */
const KEPT_DAYS = 90;

/** Newest first, wanted by an endpoint or not. */
export const listMessages: SvixHandler = (call) => {
  const application = applicationOf(call);
  const query = readPageQuery(call.query, 'descending', /^msg_[0-9A-Za-z]{27}$/);
  const messages = call.tenant.svixTraffic.messages(application.id);
  const listed = messages.filter(listedBy(call, messages, query.iterator));
  const view = (message: Message): object =>
    viewMessage({ ...message, payload: payloadFor(call, message) }, call.quirks);
  return viewPage(
    cutPage(listed, ({ id }) => id, query),
    view,
    call.quirks,
  );
};

function listedBy({ query, quirks, now }: SvixCall, messages: readonly Message[], iterator: string | undefined) {
  const isFirst = iterator === undefined;
  const seen = messages.find(({ id }) => id === iterator?.replace(/^-/, ''));
  const earliest = (seen?.sentAt ?? now) - KEPT_DAYS * DAY;
  const holds = isFirst || quirks.svixMessageRange === 'every-page';
  const after = (holds ? timeIn(query['after']) : undefined) ?? earliest;
  const before = (holds ? timeIn(query['before']) : undefined) ?? Infinity;
  const types = typeof query['event_types'] === 'string' ? query['event_types'].split(',') : undefined;
  const channel = typeof query['channel'] === 'string' ? query['channel'] : undefined;
  return ({ sentAt, eventType, channels }: Message): boolean =>
    sentAt > after &&
    sentAt < before &&
    (types?.includes(eventType) ?? true) &&
    (channel === undefined || channels?.includes(channel) === true);
}

function payloadFor({ query, now }: SvixCall, { payload, sentAt }: Message): JsonObject {
  if (query['with_content'] === false) return {};
  return now - sentAt > KEPT_DAYS * DAY ? { expired: true } : payload;
}

function timeIn(value: unknown): number | undefined {
  return typeof value === 'string' ? Date.parse(value) : undefined;
}

/** The type need not be one of the environment: only the filters of endpoints are compared with it. */
export const createMessage: SvixHandler = (call) => {
  const application = applicationOf(call);
  const given = creationSchema.parse(call.body);
  const known = call.tenant.svixTraffic.messages(application.id);
  if (given.eventId !== null && known.some(({ eventId }) => eventId === given.eventId))
    refuseSvix(409, 'conflict', 'An entity with the specified eventId already exists.');
  const message = newMessage(application.id, given, call);
  return { answer: { status: 202, body: viewMessage(message, call.quirks) }, send: [{ message }] };
};

export const sendExample: SvixHandler = (call) => {
  const { application, endpoint } = endpointOf(call);
  const { eventType } = exampleSchema.parse(call.body);
  const message = newMessage(application.id, { eventType, payload: exampleOf(call, eventType) }, call);
  return {
    answer: { status: call.quirks.svixSendExampleStatus, body: viewMessage(message, call.quirks) },
    send: [{ message, endpointId: endpoint.id }],
  };
};

function exampleOf(call: SvixCall, eventType: string): JsonObject {
  if (eventType === PING) return { success: true };
  if (!call.eventTypes.some(({ name, archived }) => name === eventType && !archived))
    refuseMember('eventType', `Unknown event types: ${eventType}`);
  return samplePayload(fieldsOf(call.tenant.catalogue.get(eventType)?.schema ?? null), call.now);
}
