/**
 * Remembers which handlers are through with a delivery, so that a retry runs the others only. One that processes share
 * makes them act as one. Every method may reject: then the sender is asked to try again.
 */
export interface DeliveryStore {
  /**
   * Takes a delivery for `leaseMs`, in one step that no other claim comes between. Busy when somebody else holds it and
   * the lease has not run out: who died with it holds it no longer than that.
   */
  claim(deliveryId: string, leaseMs: number): Promise<Claim>;
  /** The handler is through with it, for good; may come after the lease. */
  markDone(deliveryId: string, handler: string): Promise<void>;
  /** Gives it back before the lease runs out. Does nothing when somebody else holds it by now. */
  release(deliveryId: string, token: string): Promise<void>;
}

export type Claim =
  | {
      readonly kind: 'claimed';
      /** Tells this holder from those after it. */
      readonly token: string;
      /** Handlers that are through with it. */
      readonly done: readonly string[];
    }
  | { readonly kind: 'busy' };
