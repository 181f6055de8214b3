import type { CatalogueEvent } from '../state/catalogue.js';
import type { SubscriptionRow, Subscriptions } from '../state/documents.js';
import { describeEvent } from './texts.js';

/** One row for each event type of the catalogue, with texts in `languages`. */
export function viewSubscriptions(
  catalogue: Iterable<CatalogueEvent>,
  subscriptions: Subscriptions,
  languages: readonly string[],
): readonly object[] {
  return Array.from(catalogue, (event) => {
    const row = subscriptions.get(event.type);
    return {
      event: { type: event.type, ...describeEvent(event, languages), eventSchema: event.schema ?? {} },
      metadata: row === undefined ? {} : viewMetadata(row),
      subscription: row?.state ?? 'NONE',
      excludedFields: row?.excludedFields ?? [],
    };
  });
}

function viewMetadata(row: SubscriptionRow): object {
  return {
    createdAt: new Date(row.createdAt).toISOString(),
    modifiedAt: new Date(row.modifiedAt).toISOString(),
    version: row.version,
  };
}
