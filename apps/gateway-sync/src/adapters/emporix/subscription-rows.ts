import type { EventSubscription } from '@gateway-sync/api';
import type { ObservedSubscription } from '../../core/state.js';

/** Rows of which equal ones are one object; more than all tenants together have as a rule. */
const MAX_ROWS = 20_000;
/** Texts and lists of fields: those of one catalogue, and of what else comes by. */
const MAX_PARTS = 10_000;

/**
 * Turns rows of the Webhook Service into rows of the core. Ten thousand tenants have the same catalogue, so equal rows of all
 * of them are the same frozen object: what a tenant costs is a list of references.
 */
export class SubscriptionRows {
  readonly #rows = new Pool<ObservedSubscription>(MAX_ROWS);
  readonly #lists = new Pool<readonly string[]>(MAX_PARTS);

  observed({ event, metadata, subscription, excludedFields }: EventSubscription): ObservedSubscription {
    const excluded = this.#list(excludedFields ?? []);
    const fields = this.#list(fieldsOf(event.eventSchema));
    const { version } = metadata;
    const row = {
      eventType: event.type,
      state: subscription,
      excludedFields: excluded,
      fields,
      ...(version !== undefined && { version }),
    };
    return this.#rows.get(JSON.stringify(row), () => Object.freeze(row));
  }

  #list(texts: readonly string[]): readonly string[] {
    return this.#lists.get(JSON.stringify(texts), () => Object.freeze([...texts]));
  }
}

/** None where the schema does not come as an object, but as a text for example: then any field may be named. */
function fieldsOf(schema: unknown): string[] {
  return typeof schema === 'object' && schema !== null && !Array.isArray(schema) ? Object.keys(schema) : [];
}

/** One value for each key. When there are too many it begins anew; who has a value keeps it. */
class Pool<Value> {
  readonly #values = new Map<string, Value>();

  constructor(private readonly limit: number) {}

  get(key: string, make: () => Value): Value {
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    if (this.#values.size >= this.limit) this.#values.clear();
    const value = make();
    this.#values.set(key, value);
    return value;
  }
}
