import type { DeliveryStore } from './delivery-store.js';
import type { Handler } from './event.js';
import type { HandlerFailure, Outcome } from './outcome.js';
import { whenAborted } from './when-aborted.js';

export interface NamedHandler<E> {
  readonly name: string;
  readonly handle: Handler<E>;
}

/** What the handlers did by the end of their time. */
export interface Progress {
  readonly done: readonly string[];
  readonly failures: readonly HandlerFailure[];
  /** Fulfilled when the last handler is through, however long that takes. */
  readonly settled: Promise<unknown>;
}

/**
 * Runs all of them at once; none is stopped by another that fails. `through` is called for each that succeeds, late
 * ones too.
 */
export async function runHandlers<E>(
  handlers: readonly NamedHandler<E>[],
  event: E,
  signal: AbortSignal,
  through: (handler: string) => Promise<void>,
): Promise<Progress> {
  const done: string[] = [];
  const failures: HandlerFailure[] = [];
  const timeout = whenAborted(signal);
  // Nobody may be listening when it comes.
  timeout.catch(() => undefined);
  const runs = handlers.map(async ({ name, handle }) => {
    await handle(event, { signal });
    await through(name);
  });
  await Promise.all(
    runs.map(async (run, index) => {
      const handler = handlers[index]?.name ?? '';
      try {
        await Promise.race([run, timeout]);
        done.push(handler);
      } catch (error) {
        failures.push({ handler, error });
      }
    }),
  );
  return { done, failures, settled: Promise.allSettled(runs) };
}

/** Marks in the store what cannot be marked otherwise; a handler is through even when that cannot be written down. */
export function marker(
  store: DeliveryStore,
  deliveryId: string,
  report: (outcome: Outcome) => void,
): (handler: string) => Promise<void> {
  return async (handler) => {
    try {
      await store.markDone(deliveryId, handler);
    } catch (error) {
      report({ kind: 'broken', step: 'store', error });
    }
  };
}
