import type { EventSubscription } from '@gateway-sync/api';
import { describe, expect, it } from 'vitest';
import { SubscriptionRows } from './subscription-rows.js';

function row(overrides: Partial<EventSubscription> = {}): EventSubscription {
  return {
    event: { type: 'order.created', eventSchema: { id: { type: 'string' }, mixins: { type: 'object' } } },
    metadata: { version: 3 },
    subscription: 'SUBSCRIBED',
    excludedFields: ['mixins'],
    ...overrides,
  };
}

describe('rows of subscriptions', () => {
  it('say what the core wants to know', () => {
    expect(new SubscriptionRows().observed(row())).toEqual({
      eventType: 'order.created',
      state: 'SUBSCRIBED',
      excludedFields: ['mixins'],
      fields: ['id', 'mixins'],
      version: 3,
    });
  });

  it.each([['{"id": "String"}'], [['String']], [null], [undefined]])(
    'have no fields with the schema %j',
    (schema: unknown) => {
      const { event, ...rest } = row();
      const answered = { ...rest, event: { ...event, eventSchema: schema } } as EventSubscription; // as no document has it
      expect(new SubscriptionRows().observed(answered).fields).toEqual([]);
    },
  );

  it('are one object as long as they are equal, which nobody can change', () => {
    const rows = new SubscriptionRows();
    const [first, second] = [rows.observed(row()), rows.observed(row())];
    expect(second).toBe(first);
    expect([first, first.fields, first.excludedFields].every((part) => Object.isFrozen(part))).toBe(true);
  });

  it.each([
    ['the event type', { event: { type: 'order.deleted' } }],
    ['the version', { metadata: { version: 4 } }],
    ['a version that is not there', { metadata: {} }],
    ['the state', { subscription: 'NONE' }],
    ['the excluded fields', { excludedFields: [] }],
    ['the order of the excluded fields', { excludedFields: ['b', 'a'] }],
    ['the fields', { event: { type: 'order.created', eventSchema: { id: {} } } }],
  ] satisfies [string, Partial<EventSubscription>][])('are told apart by %s', (_, overrides) => {
    const rows = new SubscriptionRows();
    const before = rows.observed(row({ excludedFields: ['a', 'b'] }));
    const after = rows.observed(row({ excludedFields: ['a', 'b'], ...overrides }));
    const alone = new SubscriptionRows().observed(row({ excludedFields: ['a', 'b'], ...overrides }));
    expect(after).not.toEqual(before);
    expect(after).toEqual(alone);
  });

  it('stay what they are when there are too many to remember', () => {
    const rows = new SubscriptionRows();
    const first = rows.observed(row());
    for (let version = 10; version < 25_000; version += 1) rows.observed(row({ metadata: { version } }));
    expect(rows.observed(row())).toEqual(first);
    expect(rows.observed(row())).not.toBe(first);
  });
});
