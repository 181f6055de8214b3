import type { EndpointFields, ObservedEndpoint } from '../../core/endpoint.js';
import { normalUrl } from '../../core/url.js';
import { DiscrepancyError } from '../../core/errors.js';
import { canonicalJson } from '../../core/json.js';
import { sortedSet } from '../../core/order.js';

/** Throws when the answer to a write shows other settings than were sent. */
export function compareAnswer(operation: string, sent: EndpointFields, answer: ObservedEndpoint): void {
  const names = FIELDS.filter(
    (name) => sent[name] !== undefined && comparable(sent)[name] !== comparable(answer)[name],
  );
  if (names.length === 0) return;
  const other = names.filter((name) => name !== 'eventTypes').join(', ');
  const problems = [
    ...(names.includes('eventTypes')
      ? [
          `endpoint ${answer.id} now gets other events than asked for: ${events(answer.eventTypes)} instead of ${events(sent.eventTypes)}; if the server knows event types by their older name, write svix.filterField: filterTypes`,
        ]
      : []),
    ...(other === '' ? [] : [`endpoint ${answer.id} has another ${other} than was sent`]),
  ];
  throw new DiscrepancyError(`${operation} was accepted, but ${problems.join('; ')}`, { operation });
}

const FIELDS = ['url', 'uid', 'description', 'eventTypes', 'channels', 'rateLimit', 'disabled', 'metadata'] as const;

function comparable(fields: EndpointFields): Record<(typeof FIELDS)[number], string> {
  return {
    url: normalUrl(fields.url ?? ''),
    uid: fields.uid ?? '',
    description: fields.description ?? '',
    eventTypes: setText(fields.eventTypes),
    channels: setText(fields.channels),
    rateLimit: String(fields.rateLimit ?? ''),
    disabled: String(fields.disabled ?? false),
    metadata: canonicalJson(fields.metadata ?? {}),
  };
}

function setText(values: readonly string[] | null | undefined): string {
  return canonicalJson(values ? sortedSet(values) : null);
}

function events(types: readonly string[] | null | undefined): string {
  if (!types) return 'all';
  return types.length > 5 ? `${types.slice(0, 5).join(', ')} and ${types.length - 5} more` : types.join(', ');
}
