import type { Answer } from '../http/answer.js';
import { EventTypes } from './event-types.js';
import { IdempotencyBook } from './idempotency.js';
import { SvixTokens } from './token.js';

/** What Svix knows besides the applications of tenants; made anew by a reset. */
export class SvixSide {
  readonly tokens = new SvixTokens();
  readonly eventTypes = new EventTypes();
  readonly answered = new IdempotencyBook<Answer>();
}
