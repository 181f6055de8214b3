import type { Action } from './action.js';
import { ConflictError, GatewayError, RejectedError } from './errors.js';
import { MAX_CHANGES, type Gateway, type ItemAnswer, type SubscriptionChange } from './ports.js';

/** What the API said to each action, and how many requests that took. */
export interface Sent {
  /** Without an entry for actions that were not sent. */
  readonly answers: ReadonlyMap<Action, ItemAnswer | GatewayError>;
  readonly writes: number;
  /** Why the last request failed as a whole, unless it was a refusal or a conflict. */
  readonly error?: GatewayError;
}

/**
 * Sends the actions in their order, at most 200 to a request. A refusal of a whole request is narrowed down by
 * halves, so that one bad item stops no other; after any other failure the rest is not sent.
 */
export async function send(actions: readonly Action[], gateway: Gateway, signal: AbortSignal): Promise<Sent> {
  const answers = new Map<Action, ItemAnswer | GatewayError>();
  let writes = 0;
  let failure: GatewayError | undefined;

  async function write(batch: readonly Action[]): Promise<boolean> {
    writes++;
    try {
      const given = await gateway.updateSubscriptions(batch.map(change), signal);
      batch.forEach((action, index) => answers.set(action, given[index] ?? {}));
      return true;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof GatewayError)) throw error;
      const refused = error instanceof RejectedError;
      if (!refused || batch.length === 1) {
        for (const action of batch) answers.set(action, error);
        if (!refused && !(error instanceof ConflictError)) failure = error;
        return refused;
      }
      const middle = Math.ceil(batch.length / 2);
      return (await write(batch.slice(0, middle))) && (await write(batch.slice(middle)));
    }
  }

  for (let start = 0; start < actions.length; start += MAX_CHANGES) {
    if (!(await write(actions.slice(start, start + MAX_CHANGES)))) break;
  }
  return { answers, writes, ...(failure && { error: failure }) };
}

/** `SUBSCRIBE` is sent with a change of fields too: an item without an action is not documented. */
function change(action: Action): SubscriptionChange {
  return {
    eventType: action.eventType,
    action: action.type === 'delete' ? 'UNSUBSCRIBE' : 'SUBSCRIBE',
    ...(action.version !== undefined && { version: action.version }),
    fieldsToUnsubscribe: action.fieldsToUnsubscribe,
    fieldsToSubscribe: action.fieldsToSubscribe,
  };
}
