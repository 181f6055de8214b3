import type { ItemResult, SubscriptionUpdate } from '../subscriptions/update.js';
import type { FiredFaults } from './fault-book.js';

/** The items that no fault keeps from being applied, and how to put the results together in request order. */
export interface StruckItems {
  readonly kept: readonly SubscriptionUpdate[];
  merge(results: readonly ItemResult[]): readonly ItemResult[];
}

/** Takes out the items that an `item-status` or `missing-item` fault names. */
export function strikeItems(items: readonly SubscriptionUpdate[], faults: FiredFaults): StruckItems {
  const verdicts = items.map((item) => {
    const failed = faults.of('item-status').find((fault) => names(fault.eventTypes, item));
    const missing = faults.of('missing-item').some((fault) => names(fault.eventTypes, item));
    return missing ? 'missing' : failed;
  });
  return {
    kept: items.filter((_, index) => verdicts[index] === undefined),
    merge: (results) => {
      const rest = [...results];
      return items.flatMap((item, index) => {
        const verdict = verdicts[index];
        if (verdict === 'missing') return [];
        if (verdict === undefined) return rest.splice(0, 1);
        return [
          {
            eventType: item.eventType.toLowerCase(),
            code: verdict.code,
            status: ITEM_STATUSES[verdict.code] ?? 'ERROR',
            message: verdict.message ?? 'A fault was asked for.',
          },
        ];
      });
    },
  };
}

const ITEM_STATUSES: Readonly<Record<number, string>> = {
  400: 'BAD_REQUEST',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  500: 'INTERNAL_SERVER_ERROR',
};

function names(types: readonly string[] | undefined, item: SubscriptionUpdate): boolean {
  return types === undefined || types.some((type) => type.toLowerCase() === item.eventType.toLowerCase());
}
