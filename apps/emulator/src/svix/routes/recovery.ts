import { z } from 'zod';
import type { Delivery } from '../../delivery/event-record.js';
import { endpointOf, type SvixCall, type SvixHandler } from '../call.js';
import { wants, type Endpoint } from '../endpoint.js';
import { refuseMember, refuseSvix } from '../errors.js';
import { svixId } from '../id.js';
import type { Message } from '../traffic.js';
import { time } from '../view.js';

const DAY = 86_400_000;
const STATS_DAYS = 28;
const RECOVERY_DAYS = 14;

const requestSchema = z.object({ since: z.string(), until: z.string().nullable().optional() });

/** Counts the messages of the range by what became of them. */
export const getEndpointStats: SvixHandler = (call) => {
  const { endpoint } = endpointOf(call);
  const until = timeIn(call.query['until']) ?? call.now;
  const since = timeIn(call.query['since']) ?? until - STATS_DAYS * DAY;
  if (until - since > STATS_DAYS * DAY)
    refuseSvix(400, 'invalid_range', `The range is longer than ${STATS_DAYS} days.`);
  const statuses = messagesBetween(call, since, until).flatMap(
    (message) => deliveryTo(endpoint, message)?.status ?? [],
  );
  const having = (status: Delivery['status']): number => statuses.filter((other) => other === status).length;
  const body = {
    success: having('delivered'),
    pending: having('retrying'),
    sending: 0,
    fail: having('failed'),
    canceled: having('canceled'),
  };
  return { answer: { status: 200, body } };
};

/** Sends once more what failed. */
export const recoverEndpoint: SvixHandler = (call) =>
  sendAgain(call, 'endpoint.recover', (endpoint, message) => deliveryTo(endpoint, message)?.status === 'failed');

/** Sends what the endpoint wants now and was never sent. */
export const replayMissing: SvixHandler = (call) =>
  sendAgain(
    call,
    'endpoint.replay',
    (endpoint, message) => deliveryTo(endpoint, message) === undefined && wants(endpoint, message),
  );

function sendAgain(call: SvixCall, task: string, chooses: (endpoint: Endpoint, message: Message) => boolean) {
  const { endpoint } = endpointOf(call);
  const { since, until } = requestSchema.parse(call.body);
  if (call.now - Date.parse(since) > RECOVERY_DAYS * DAY)
    refuseMember('since', `cannot be more than ${RECOVERY_DAYS} days ago`);
  const messages = messagesBetween(call, Date.parse(since), timeIn(until) ?? call.now);
  return {
    answer: {
      status: 202,
      body: { id: svixId('qtask', call.now, call.random), status: 'running', task, updatedAt: time(call.now) },
    },
    send: messages
      .filter((message) => chooses(endpoint, message))
      .map((message) => ({ message, endpointId: endpoint.id, manual: true as const })),
  };
}

function messagesBetween(call: SvixCall, since: number, until: number): readonly Message[] {
  return call.tenant.svixTraffic
    .messages(endpointOf(call).application.id)
    .filter(({ sentAt }) => sentAt >= since && sentAt <= until);
}

function deliveryTo(endpoint: Endpoint, message: Message): Delivery | undefined {
  return message.deliveries.find(({ endpointId }) => endpointId === endpoint.id);
}

function timeIn(value: unknown): number | undefined {
  return typeof value === 'string' ? Date.parse(value) : undefined;
}
