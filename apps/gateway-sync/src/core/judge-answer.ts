import type { Action } from './action.js';
import { shownUrl } from './url.js';
import { ConflictError, DiscrepancyError, GatewayError, RejectedError, UnreachableError } from './errors.js';
import type { Json } from './json.js';
import type { ItemAnswer } from './ports.js';
import type { ItemResult } from './result.js';

/** What came of sending an action: the answer to its item, or the error of its request. */
export type Answer = ItemAnswer | GatewayError;

/** Item codes that say "later" although they are 4xx. */
const TRANSIENT_CODES: ReadonlySet<number> = new Set([408, 425, 429]);

/** Item codes that leave open whether it was carried out. */
const LOST_CODES = /^(?:408|5..)$/;

/** What an answer means for the action it was given to; `applied` still has to be verified. */
export function judgeAnswer(action: Action, answer: Answer | undefined): ItemResult {
  if (answer === undefined) {
    return { action, status: 'skipped', message: 'not sent: an earlier request of the plan failed' };
  }
  if (answer instanceof GatewayError) {
    return {
      action,
      status: statusOfError(answer),
      ...(answer.status !== undefined && { code: answer.status }),
      ...(answer.answerLost && { answerLost: true }),
      message: answer instanceof UnreachableError ? withDestinations(answer.message, action) : answer.message,
    };
  }
  const { code, message = 'the answer has no result for it' } = answer;
  if (code === undefined) return { action, status: 'failed', message, answerLost: true };
  return { action, status: statusOf(code), ...answer, ...(LOST_CODES.test(`${code}`) && { answerLost: true }) };
}

/** The service does not say which destination did not answer; these are the ones that the request wanted to set. */
function withDestinations(message: string, { after }: Action): string {
  const urls = [...new Set(destinationsIn(after))];
  return urls.length === 0 ? message : `${message}; sent: ${urls.join(', ')}`;
}

function destinationsIn(settings: Json): string[] {
  if (typeof settings !== 'object' || settings === null) return [];
  return Object.entries(settings).flatMap(([key, value]) => {
    if (key === 'destinationUrl') return typeof value === 'string' ? [shownUrl(value)] : [];
    return key === 'headers' ? [] : destinationsIn(value);
  });
}

function statusOfError(error: GatewayError): ItemResult['status'] {
  if (error instanceof ConflictError) return 'conflict';
  if (error instanceof RejectedError) return 'rejected';
  if (error instanceof UnreachableError) return 'unreachable';
  return error instanceof DiscrepancyError ? 'not-applied' : 'failed';
}

function statusOf(code: number): ItemResult['status'] {
  if (code >= 200 && code < 300) return 'applied';
  if (code === 409) return 'conflict';
  return code >= 400 && code < 500 && !TRANSIENT_CODES.has(code) ? 'rejected' : 'failed';
}
