import type { FailedCall } from './errors/api-error.js';
import { MultiStatusError } from './errors/multi-status-error.js';
import type { SubscriptionUpdate, SubscriptionUpdateResult } from './generated/emporix-webhook/types.js';
import { redactStrings } from './redact.js';
import { failedCallOf, metaOf, type CallMeta, type Reading } from './reading.js';

/** `applied`: 2xx · `conflict`: 409 or 412, the version is old · `rejected`: any other code · `missing`: no word about it. */
export type ItemState = 'applied' | 'conflict' | 'rejected' | 'missing';

/** One requested item and what became of it. */
export interface MultiStatusItem {
  readonly request: SubscriptionUpdate;
  readonly state: ItemState;
  /** What the service said; absent when the state is `missing`. */
  readonly result?: SubscriptionUpdateResult;
  /**
   * Only with a conflict: an earlier request of this call may have been carried out although its answer was lost, so
   * that the conflict may be with ourselves. Read again before believing it.
   */
  readonly ambiguous: boolean;
}

/** The answer to a request with several items, judged item by item: each requested item is in exactly one state. */
export class MultiStatusResult {
  /** In the order of the request. */
  readonly items: readonly MultiStatusItem[];
  /** Parts of the answer that are about nothing that was requested. */
  readonly extras: readonly unknown[];
  readonly meta: CallMeta;
  readonly #call: FailedCall;

  constructor(requests: readonly SubscriptionUpdate[], answers: readonly unknown[], reading: Reading) {
    const { paired, extras } = pair(
      requests,
      answers.map((answer) => redactStrings(answer, reading.redact)),
    );
    const meta = metaOf(reading);
    this.items = paired.map(({ request, result }) => judge(request, result, meta.ambiguous));
    this.extras = extras;
    this.meta = meta;
    this.#call = failedCallOf(reading);
  }

  get applied(): readonly MultiStatusItem[] {
    return this.items.filter((item) => item.state === 'applied');
  }

  /** Every item that is not applied. */
  get failed(): readonly MultiStatusItem[] {
    return this.items.filter((item) => item.state !== 'applied');
  }

  /** Whether every item is applied. */
  get ok(): boolean {
    return this.failed.length === 0;
  }

  /** Throws a `MultiStatusError` unless every item is applied. */
  throwIfFailed(): void {
    if (!this.ok) throw new MultiStatusError(this.#call, this.failed, this.items.length);
  }
}

interface Pair {
  readonly request: SubscriptionUpdate;
  readonly result: SubscriptionUpdateResult | undefined;
}

/**
 * Finds the answer to each request by event type, in any order and case. An event type requested twice gets its answers
 * in turn. More answers than requests contradict each other, and then the worst one counts.
 */
function pair(
  requests: readonly SubscriptionUpdate[],
  answers: readonly unknown[],
): { paired: readonly Pair[]; extras: readonly unknown[] } {
  const unanswered = Map.groupBy(requests, keyOf);
  const isWanted = (answer: unknown): answer is SubscriptionUpdateResult =>
    isResult(answer) && unanswered.has(keyOf(answer));
  const results = Map.groupBy(answers.filter(isWanted), keyOf);

  const paired = requests.map((request) => {
    const forType = results.get(keyOf(request)) ?? [];
    const wanted = unanswered.get(keyOf(request)) ?? [];
    return { request, result: forType.length > wanted.length ? worst(forType) : forType[wanted.indexOf(request)] };
  });
  return { paired, extras: answers.filter((answer) => !isWanted(answer)) };
}

function keyOf({ eventType }: { readonly eventType: string }): string {
  return eventType.toLowerCase();
}

function isResult(answer: unknown): answer is SubscriptionUpdateResult {
  return (
    typeof answer === 'object' &&
    answer !== null &&
    'eventType' in answer &&
    typeof answer.eventType === 'string' &&
    'code' in answer &&
    typeof answer.code === 'number'
  );
}

function worst(results: readonly SubscriptionUpdateResult[]): SubscriptionUpdateResult | undefined {
  const severity = ['applied', 'conflict', 'rejected'];
  return results.toSorted((a, b) => severity.indexOf(stateOf(b)) - severity.indexOf(stateOf(a)))[0];
}

function stateOf({ code }: SubscriptionUpdateResult): Exclude<ItemState, 'missing'> {
  if (code >= 200 && code < 300) return 'applied';
  return code === 409 || code === 412 ? 'conflict' : 'rejected';
}

function judge(
  request: SubscriptionUpdate,
  result: SubscriptionUpdateResult | undefined,
  ambiguous: boolean,
): MultiStatusItem {
  if (result === undefined) return { request, state: 'missing', ambiguous: false };
  const state = stateOf(result);
  return { request, state, result, ambiguous: ambiguous && state === 'conflict' };
}
