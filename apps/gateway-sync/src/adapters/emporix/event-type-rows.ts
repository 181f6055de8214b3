import type { RawEventType } from '../../core/read-catalogue.js';

/** Takes rows of the Webhook Service apart, whatever they are; nothing is believed of what is in them. */
export function eventTypeRows(rows: readonly unknown[]): RawEventType[] {
  return rows.map((row) => {
    const event = membersOf(membersOf(row)['event']);
    return { type: event['type'], group: event['group'], schema: event['eventSchema'] };
  });
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
