import type { RefusalReason } from '../signature/verification.js';
import type { Sender } from './event.js';
import { whenAborted } from './when-aborted.js';

/** What an outcome says of the event. No payload: outcomes are for logs and metrics. */
export interface OutcomeSubject {
  readonly sender: Sender;
  readonly eventType: string | undefined;
  readonly deliveryId: string | undefined;
}

export interface HandlerFailure {
  readonly handler: string;
  readonly error: unknown;
}

/** What became of a POST. */
export type Outcome =
  /** Every handler is through; `before` names those that were from an earlier attempt. */
  | (OutcomeSubject & {
      readonly kind: 'handled';
      readonly done: readonly string[];
      readonly before: readonly string[];
    })
  /** The sender is asked to try again, for the handlers that failed. */
  | (OutcomeSubject & {
      readonly kind: 'failed';
      readonly done: readonly string[];
      readonly before: readonly string[];
      readonly failures: readonly HandlerFailure[];
    })
  /** Another attempt of the same delivery is being handled; the sender is asked to try again. */
  | (OutcomeSubject & { readonly kind: 'busy' })
  /** Not a delivery that can be trusted or read. */
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly reason: RefusalReason | RequestFault;
      readonly message: string;
    }
  /** The receiver itself does not work; the sender is asked to try again. */
  | { readonly kind: 'broken'; readonly step: Step; readonly error: unknown };

/** What may be wrong with a request before anybody looks at its signature, or after. */
export type RequestFault =
  | 'method'
  | 'url'
  | 'content-type'
  | 'content-encoding'
  | 'body-too-large'
  | 'body-timeout'
  | 'body-unreadable'
  | 'not-json';

export type Step = 'read-body' | 'read-secrets' | 'event-type' | 'delivery-id' | 'store' | 'receiver';

/** Carries an outcome that ends a request early. */
export class EarlyEnd extends Error {
  override readonly name = 'EarlyEnd' as const;
  readonly outcome: Outcome;

  constructor(outcome: Outcome) {
    super(outcome.kind);
    this.outcome = outcome;
  }
}

export function refused(status: number, reason: RefusalReason | RequestFault, message: string): EarlyEnd {
  return new EarlyEnd({ kind: 'refused', status, reason, message });
}

/** Runs a step of the receiver's own, no longer than there is time; what goes wrong in it is not the sender's fault. */
export async function own<T>(step: Step, signal: AbortSignal, run: () => T | Promise<T>): Promise<T> {
  try {
    return await Promise.race([run(), whenAborted(signal)]);
  } catch (error) {
    throw new EarlyEnd({ kind: 'broken', step, error });
  }
}
