import { AccessDeniedError, GatewayError, RejectedError, UnavailableError, UnreachableError } from './errors.js';
import type { Answer } from './judge-answer.js';

/** What the API said to each action, and how many requests that took. */
export interface Sent<Action> {
  /** Without an entry for actions that were not sent. */
  readonly answers: ReadonlyMap<Action, Answer>;
  readonly writes: number;
  /** Why a request failed in a way that concerns the others too; nothing was sent after it. */
  readonly error?: GatewayError;
}

/**
 * Sends batch after batch. A refusal of a batch is narrowed down by halves, so that one bad action stops no other; after
 * an error that says nothing about the actions the rest is not sent. `write` answers action by action, in their order.
 */
export async function sendNarrowing<Action>(
  batches: readonly (readonly Action[])[],
  write: (batch: readonly Action[]) => Promise<readonly Answer[]>,
  signal: AbortSignal,
): Promise<Sent<Action>> {
  const answers = new Map<Action, Answer>();
  let writes = 0;

  async function attempt(batch: readonly Action[]): Promise<GatewayError | undefined> {
    writes++;
    try {
      const given = await write(batch);
      batch.forEach((action, index) => answers.set(action, given[index] ?? {}));
      return undefined;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof GatewayError)) throw error;
      const refused = error instanceof RejectedError || error instanceof UnreachableError;
      if (refused && batch.length > 1) {
        const middle = Math.ceil(batch.length / 2);
        return (await attempt(batch.slice(0, middle))) ?? (await attempt(batch.slice(middle)));
      }
      for (const action of batch) answers.set(action, error);
      return error instanceof UnavailableError || error instanceof AccessDeniedError ? error : undefined;
    }
  }

  let error: GatewayError | undefined;
  for (const batch of batches) {
    error ??= await attempt(batch);
    if (error) break;
  }
  return { answers, writes, ...(error && { error }) };
}
