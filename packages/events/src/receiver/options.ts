import type { UnknownPayload } from '../payload.js';
import type { EmporixOptions } from '../signature/emporix.js';
import type { Secrets } from '../signature/secrets.js';
import type { SvixOptions } from '../signature/svix.js';
import type { DeliveryStore } from './delivery-store.js';
import type { Handler, Sender, UnhandledEvent } from './event.js';
import type { Outcome } from './outcome.js';

/** The secrets, or what gets them for each request: then a rotation needs no restart. */
export type SecretSource = Secrets | (() => Secrets | Promise<Secrets>);

/** A request whose body is verified. Its address and its headers are not: nobody signs those. */
export interface VerifiedRequest {
  readonly sender: Sender;
  /** Path and query are as sent; the host is `receiver.invalid` where the request does not name it. */
  readonly url: URL;
  /** The value of a header whatever the case of its name. */
  readonly header: (name: string) => string | undefined;
  readonly payload: UnknownPayload;
  readonly rawBody: Uint8Array;
}

export interface EmporixSource extends Omit<EmporixOptions, 'now'> {
  /** `secretKey` of the delivery config or target. */
  readonly secrets: SecretSource;
  /**
   * Tells the attempts of one delivery from other deliveries. Emporix documents no id, so by default there is none:
   * each attempt is handled by every handler. `digestOfDelivery` is the next best thing; read there what it costs.
   */
  readonly deliveryId?: (request: VerifiedRequest) => string | undefined;
}

export interface SvixSource extends Omit<SvixOptions, 'now'> {
  /** `whsec_…` of the endpoint. */
  readonly secrets: SecretSource;
}

export interface ReceiverOptions {
  /** Takes what Emporix sends itself (provider HTTP). One of the two must be there; both may. */
  readonly emporix?: EmporixSource;
  /** Takes what Svix sends for it (providers SVIX and SVIX_SHARED). */
  readonly svix?: SvixSource;
  /**
   * The type of the events. No delivery says it, neither in a header nor in the body: it is in the address that a
   * target or endpoint has, in a header that it is given, or there is a receiver for each type. Nobody signs address or
   * headers, so whoever has a delivery can show it as one of another type; a secret for each type, with a receiver for
   * each, leaves no room for that.
   */
  readonly eventType: string | ((request: VerifiedRequest) => string | null | undefined);
  /** Gets every event that no handler is registered for. Types come into being that no list knows. */
  readonly fallback: Handler<UnhandledEvent>;
  /** Where it is remembered which handlers are through: in memory. One store for one receiver. */
  readonly store?: DeliveryStore;
  /** Hears of every POST, for logs and metrics. Without it, failures and bad signatures are written to stderr. */
  readonly onOutcome?: (outcome: Outcome) => void;
  /** For everything together, from the first byte: 10 seconds. Svix waits 15. */
  readonly timeoutMs?: number;
  /** How long a delivery is held by a process that does not come back: a minute. Longer than `timeoutMs`. */
  readonly leaseMs?: number;
  /** 1 MiB. */
  readonly maxBodyBytes?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}
