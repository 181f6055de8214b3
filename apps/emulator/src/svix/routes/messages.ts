import { z } from 'zod';
import { samplePayload } from '../../delivery/sample-payload.js';
import type { JsonObject } from '../../json.js';
import { applicationOf, endpointOf, type SvixCall, type SvixHandler } from '../call.js';
import { refuseMember, refuseSvix } from '../errors.js';
import { newMessage, viewMessage } from '../message.js';

const creationSchema = z.object({
  eventType: z.string(),
  payload: z.record(z.string(), z.json()),
  eventId: z.string().nullable().default(null),
  channels: z.array(z.string()).nullable().default(null),
});
const exampleSchema = z.object({ eventType: z.string() });

const PING = 'svix.ping';

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
  return samplePayload(call.tenant.catalogue.get(eventType)?.schema ?? null, call.now);
}
