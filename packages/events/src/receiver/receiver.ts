import type { TypedEvent, UnknownPayload } from '../payload.js';
import { headerOf } from '../signature/headers.js';
import { PROBE_ANSWER, toAnswer } from './answer.js';
import { checkHandler, checkOptions } from './check-options.js';
import type { DeliveryStore } from './delivery-store.js';
import type { DeliveryFacts, Handler, ReceivedEvent, UnhandledEvent } from './event.js';
import type { IncomingRequest, ReceiverAnswer } from './incoming-request.js';
import { readLimits, type Limits } from './limits.js';
import { createMemoryStore } from './memory-store.js';
import type { ReceiverOptions, VerifiedRequest } from './options.js';
import { EarlyEnd, own, type Outcome } from './outcome.js';
import { BASE_URL, checkRequest, parsePayload, readBody } from './read-request.js';
import { reportToStderr } from './report.js';
import { marker, runHandlers, type NamedHandler } from './run-handlers.js';
import { verifyRequest } from './verify-request.js';
import { whenAborted } from './when-aborted.js';

export interface HandlerOptions {
  /**
   * What the store remembers the handler by: `order.created#1`, or as many as it is. Name it when the store outlives
   * the process.
   */
  readonly name?: string;
}

/** Verifies deliveries and hands their events to whoever registered for them. */
export interface Receiver {
  /** Registers for an event type; several may for the same. Returns the receiver. */
  on<T extends TypedEvent>(type: T, handler: Handler<ReceivedEvent<T>>, options?: HandlerOptions): Receiver;
  /** Answers a request, for adapters. Never rejects. */
  handle(request: IncomingRequest): Promise<ReceiverAnswer>;
}

/** The handlers had no more time; what they were doing is asked for again. */
export class DeliveryTimeoutError extends Error {
  override readonly name = 'DeliveryTimeoutError' as const;

  constructor(timeoutMs: number) {
    super(`The delivery was not handled within ${timeoutMs} ms.`);
  }
}

/** Throws when the options cannot work, such as a secret that is none. */
export function createReceiver(options: ReceiverOptions): Receiver {
  checkOptions(options);
  return new EventReceiver(options, readLimits(options));
}

/** What any handler can take; the types of `on` see to it that it gets what it expects. */
type AnyHandler = Handler<UnhandledEvent>;

class EventReceiver implements Receiver {
  readonly #options: ReceiverOptions;
  readonly #limits: Limits;
  readonly #store: DeliveryStore;
  readonly #handlers = new Map<string, readonly NamedHandler<UnhandledEvent>[]>();

  constructor(options: ReceiverOptions, limits: Limits) {
    this.#options = options;
    this.#limits = limits;
    this.#store = options.store ?? createMemoryStore(options.now === undefined ? {} : { now: options.now });
  }

  on<T extends TypedEvent>(type: T, handler: Handler<ReceivedEvent<T>>, options: HandlerOptions = {}): this {
    checkHandler(type, handler);
    const key = type.toLowerCase();
    const others = this.#handlers.get(key) ?? [];
    const { name = `${type}#${others.length + 1}` } = options;
    if (others.some((other) => other.name === name)) throw new Error(`${type} has a handler ${name} already.`);
    // oxlint-disable-next-line no-unsafe-type-assertion -- only events of this type reach it, with the payload of the catalogue
    this.#handlers.set(key, [...others, { name, handle: handler as AnyHandler }]);
    return this;
  }

  async handle(request: IncomingRequest): Promise<ReceiverAnswer> {
    if (request.method === 'HEAD' || request.method === 'OPTIONS') return PROBE_ANSWER;
    const { timeoutMs } = this.#limits;
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(new DeliveryTimeoutError(timeoutMs)), timeoutMs);
    const outcome = await this.#receive(request, deadline.signal).catch(toOutcome);
    clearTimeout(timer);
    this.#report(outcome);
    return toAnswer(outcome);
  }

  async #receive(request: IncomingRequest, signal: AbortSignal): Promise<Outcome> {
    checkRequest(request);
    const rawBody = await readBody(request, this.#limits.maxBodyBytes, signal);
    const { deliveryId: signedId, ...verified } = await verifyRequest(request, rawBody, this.#options, signal);
    const payload = parsePayload(rawBody);
    const asked = toVerifiedRequest(request, { ...verified, rawBody, payload });
    const type = await own('event-type', signal, () => this.#eventType(asked));
    const deliveryId = signedId ?? (await own('delivery-id', signal, () => this.#options.emporix?.deliveryId?.(asked)));
    // Every delivery has an empty one in common.
    const event = { ...verified, deliveryId: deliveryId === '' ? undefined : deliveryId, rawBody, type, payload };
    return await this.#dispatch(event, signal);
  }

  #eventType(request: VerifiedRequest): string | undefined {
    const { eventType } = this.#options;
    const type = typeof eventType === 'string' ? eventType : eventType(request);
    return type?.toLowerCase();
  }

  async #dispatch(event: UnhandledEvent, signal: AbortSignal): Promise<Outcome> {
    const { type, sender, deliveryId } = event;
    const subject = { sender, eventType: type, deliveryId };
    const handlers = this.#handlersOf(type);
    if (deliveryId === undefined) {
      const { done, failures } = await runHandlers(handlers, event, signal, async () => undefined);
      return conclude(subject, { done, before: [], failures });
    }
    const key = `${sender}:${deliveryId}`;
    const claim = await own('store', signal, () => this.#store.claim(key, this.#limits.leaseMs));
    if (claim.kind === 'busy') return { ...subject, kind: 'busy' };
    const pending = handlers.filter(({ name }) => !claim.done.includes(name));
    const through = marker(this.#store, key, (outcome) => this.#report(outcome));
    const { done, failures, settled } = await runHandlers(pending, event, signal, through);
    // Handlers that are late still hold the delivery, so that no retry runs beside them.
    const released = settled.then(() => this.#release(key, claim.token));
    await Promise.race([released, whenAborted(signal).catch(() => undefined)]);
    const before = handlers.map(({ name }) => name).filter((name) => claim.done.includes(name));
    return conclude(subject, { done, before, failures });
  }

  #handlersOf(type: string | undefined): readonly NamedHandler<UnhandledEvent>[] {
    const { fallback } = this.#options;
    return (type === undefined ? undefined : this.#handlers.get(type)) ?? [{ name: 'fallback', handle: fallback }];
  }

  async #release(key: string, token: string): Promise<void> {
    try {
      await this.#store.release(key, token);
    } catch (error) {
      this.#report({ kind: 'broken', step: 'store', error });
    }
  }

  /** Whoever listens does not change what is answered. */
  #report(outcome: Outcome): void {
    const { onOutcome = reportToStderr } = this.#options;
    try {
      onOutcome(outcome);
    } catch (error) {
      console.error('onOutcome failed:', error);
    }
  }
}

function conclude(
  subject: Pick<Extract<Outcome, { kind: 'failed' }>, 'sender' | 'eventType' | 'deliveryId'>,
  { failures, ...progress }: Pick<Extract<Outcome, { kind: 'failed' }>, 'done' | 'before' | 'failures'>,
): Outcome {
  return failures.length === 0
    ? { ...subject, kind: 'handled', ...progress }
    : { ...subject, kind: 'failed', ...progress, failures };
}

function toOutcome(error: unknown): Outcome {
  return error instanceof EarlyEnd ? error.outcome : { kind: 'broken', step: 'receiver', error };
}

function toVerifiedRequest(
  { url, headers }: IncomingRequest,
  verified: Pick<DeliveryFacts, 'sender' | 'rawBody'> & { readonly payload: UnknownPayload },
): VerifiedRequest {
  return {
    sender: verified.sender,
    rawBody: verified.rawBody,
    payload: verified.payload,
    url: new URL(url, BASE_URL),
    header: (name) => headerOf(headers, name.toLowerCase()),
  };
}
