import type { Random } from '../random.js';
import type { Quirks } from '../quirks.js';
import { svixId } from './id.js';
import type { Message } from './traffic.js';
import { show, time } from './view.js';

export function newMessage(
  applicationId: string,
  given: Pick<Message, 'eventType' | 'payload'> & Partial<Pick<Message, 'eventId' | 'channels'>>,
  { now, random }: { readonly now: number; readonly random: Random },
): Message {
  const id = svixId('msg', now, random);
  return { eventId: null, channels: null, ...given, id, applicationId, sentAt: now, deliveries: [] };
}

export function viewMessage({ id, eventType, eventId, channels, payload, sentAt }: Message, quirks: Quirks): object {
  return show({ id, eventType, eventId, payload, channels, tags: null, timestamp: time(sentAt) }, quirks);
}
