import { RawBodyLostError, type ReceiverAnswer } from './incoming-request.js';
import type { Outcome } from './outcome.js';

const ALLOW = { allow: 'POST, HEAD, OPTIONS' };

/** What HEAD and OPTIONS get: Emporix asks with them whether there is anybody at an address before it accepts it. */
export const PROBE_ANSWER: ReceiverAnswer = { status: 204, headers: ALLOW, body: '' };

/** Success means that nothing is left to do; whatever else is answered, the sender tries again. */
export function toAnswer(outcome: Outcome): ReceiverAnswer {
  switch (outcome.kind) {
    case 'handled':
      return json(200, { outcome: 'handled' });
    case 'failed':
      return json(503, { outcome: 'failed', failed: outcome.failures.map(({ handler }) => handler) });
    case 'busy':
      return json(503, { outcome: 'busy' }, { 'retry-after': '5' });
    case 'refused':
      return json(
        outcome.status,
        { outcome: 'refused', reason: outcome.reason, message: outcome.message },
        more(outcome),
      );
    case 'broken': {
      // Of other errors it is not known what their messages show.
      const message = outcome.error instanceof RawBodyLostError ? outcome.error.message : undefined;
      return json(500, { outcome: 'broken', step: outcome.step, message });
    }
    default:
      return outcome satisfies never;
  }
}

function more({ reason }: Extract<Outcome, { kind: 'refused' }>): Readonly<Record<string, string>> {
  if (reason === 'method') return ALLOW;
  // What is left of such a body is not read.
  return reason === 'body-too-large' || reason === 'body-timeout' ? { connection: 'close' } : {};
}

function json(status: number, body: object, headers: Readonly<Record<string, string>> = {}): ReceiverAnswer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}
