import { emporixKey, readSecrets, svixKey } from '../signature/secrets.js';
import type { Sender } from './event.js';
import type { ReceiverOptions } from './options.js';

/**
 * Throws when no sender is configured, a secret cannot be one, or something is missing that no request can do without:
 * better at the start than with the first event. Programs without types are told what the compiler tells others.
 */
export function checkOptions({ emporix, svix, eventType, fallback, onOutcome, now }: ReceiverOptions): void {
  if (emporix === undefined && svix === undefined) {
    throw new TypeError('A receiver needs the secrets of whoever sends: emporix, svix or both.');
  }
  checkSecrets('emporix', emporix, emporixKey);
  checkSecrets('svix', svix, svixKey);
  checkFunction('emporix: deliveryId', emporix?.deliveryId);
  if (typeof eventType !== 'function' && !isName(eventType)) {
    throw new TypeError('eventType must be the name of an event type, or a function that tells it by the request.');
  }
  if (typeof fallback !== 'function') {
    throw new TypeError('fallback must be a function: it gets what no handler is registered for.');
  }
  checkFunction('onOutcome', onOutcome);
  checkFunction('now', now);
}

/** Throws when what is registered is no handler of an event type. */
export function checkHandler(type: unknown, handler: unknown): void {
  if (!isName(type)) throw new TypeError('An event type must be a text that is not empty.');
  if (typeof handler !== 'function') throw new TypeError(`The handler of ${type} must be a function.`);
}

function checkSecrets(
  sender: Sender,
  source: ReceiverOptions[Sender],
  toKey: (secret: string) => Uint8Array | string,
): void {
  if (source === undefined || typeof source?.secrets === 'function') return;
  const keys = readSecrets(source?.secrets, toKey);
  if ('ok' in keys) throw new TypeError(`${sender}: ${keys.message}`);
}

function checkFunction(name: string, given: unknown): void {
  if (given !== undefined && typeof given !== 'function') throw new TypeError(`${name} must be a function.`);
}

function isName(given: unknown): given is string {
  return typeof given === 'string' && given !== '';
}
