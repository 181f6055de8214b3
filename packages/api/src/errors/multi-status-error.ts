import type { MultiStatusItem } from '../multi-status.js';
import { ApiError, type FailedCall } from './api-error.js';

const MAX_NAMED = 5;

/** Some items of a request were not applied; the others were. */
export class MultiStatusError extends ApiError {
  override readonly name = 'MultiStatusError';
  readonly code = 'multi-status';
  readonly transient: boolean;
  /** The items that were not applied. */
  readonly items: readonly MultiStatusItem[];

  constructor(call: FailedCall, failed: readonly MultiStatusItem[], total: number) {
    const named = failed.slice(0, MAX_NAMED).map((item) => `${item.request.eventType} ${item.state}`);
    const more = failed.length > MAX_NAMED ? `, and ${failed.length - MAX_NAMED} more` : '';
    super(`${call.operationId} did not apply ${failed.length} of ${total} items: ${named.join(', ')}${more}`, call);
    this.items = failed;
    this.transient = failed.every(({ result }) => result === undefined || result.code === 429 || result.code >= 500);
  }
}
