import { AccessDeniedError, GatewayError, RejectedError, UnavailableError, UnreachableError } from './errors.js';
import type { Answer } from './judge-answer.js';

/** Told what the API said to an action, as soon as it has said it; not told of actions that were not sent. */
export type Answered<Action> = (action: Action, answer: Answer) => void;

export interface Sent {
  /** Requests that were made. */
  readonly writes: number;
  /** Why a request failed in a way that concerns the others too; nothing was sent after it. */
  readonly error?: GatewayError;
}

/**
 * Sends batch after batch. A refusal of a batch is narrowed down by halves, so that one bad action stops no other; after
 * an error that says nothing about the actions the rest is not sent. `write` answers action by action, in their order.
 * Aborted during a request, it tells that nobody knows what came of that one, and rejects.
 */
export async function sendNarrowing<Action>(
  batches: readonly (readonly Action[])[],
  write: (batch: readonly Action[]) => Promise<readonly Answer[]>,
  signal: AbortSignal,
  answered: Answered<Action>,
): Promise<Sent> {
  let writes = 0;

  async function attempt(batch: readonly Action[]): Promise<GatewayError | undefined> {
    signal.throwIfAborted();
    writes++;
    try {
      const given = await write(batch);
      batch.forEach((action, index) => answered(action, given[index] ?? {}));
      return undefined;
    } catch (error) {
      if (signal.aborted) {
        for (const action of batch) answered(action, UNANSWERED);
        throw signal.reason;
      }
      if (!(error instanceof GatewayError)) throw error;
      const refused = error instanceof RejectedError || error instanceof UnreachableError;
      if (refused && batch.length > 1) {
        const middle = Math.ceil(batch.length / 2);
        return (await attempt(batch.slice(0, middle))) ?? (await attempt(batch.slice(middle)));
      }
      for (const action of batch) answered(action, error);
      return error instanceof UnavailableError || error instanceof AccessDeniedError ? error : undefined;
    }
  }

  let error: GatewayError | undefined;
  for (const batch of batches) {
    error ??= await attempt(batch);
    if (error) break;
  }
  return { writes, ...(error && { error }) };
}

const UNANSWERED: Answer = { message: 'interrupted before the answer came' };
