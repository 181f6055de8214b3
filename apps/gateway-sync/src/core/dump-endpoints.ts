import { wantedEvents } from './endpoint-events.js';
import { hasBothMarks, ownName } from './endpoint-marks.js';
import type { EndpointReading, ObservedEndpoint } from './endpoint.js';
import type { Dumped, ValueWriter } from './dump-values.js';
import { literal, type DumpNote } from './dump-words.js';
import type { JsonObject } from './json.js';
import { compareText, sortedSet } from './order.js';
import { eventKey, type ObservedSubscription } from './state.js';

/** What the file says of endpoints, and what it could say but does not, because that would be a change. */
export interface DumpedEndpoints extends Dumped<readonly JsonObject[] | undefined> {
  readonly aside: readonly JsonObject[];
}

/** Ours are entries; the others would be taken over by naming them, so they stand beside. */
export function dumpEndpoints(
  { endpoints, complete, assumed }: EndpointReading,
  catalogue: readonly ObservedSubscription[],
  instance: string,
  writer: ValueWriter,
  full: boolean,
): DumpedEndpoints {
  if (!complete) {
    const message = 'endpoints are not managed: they could not be listed to their end';
    return { value: undefined, notes: [{ path: [], message }], aside: [] };
  }
  if (endpoints.length === 0) return { value: full && !assumed ? [] : undefined, notes: [], aside: [] };
  const isOurs = (endpoint: ObservedEndpoint) => hasBothMarks(endpoint, instance);
  const ours = endpoints
    .filter(isOurs)
    .map((endpoint) => ({ endpoint, uid: ownName(instance, endpoint.uid) ?? endpoint.id }))
    .toSorted((a, b) => compareText(a.uid, b.uid));
  const entries = ours.map(({ endpoint, uid }, index) =>
    dumpEndpoint(endpoint, uid, ['endpoints', index], catalogue, writer.within(uid), full),
  );
  const others = endpoints.filter((endpoint) => !isOurs(endpoint)).toSorted((a, b) => compareText(a.id, b.id));
  const names = uniqueNames(others, new Set(ours.map(({ uid }) => uid)));
  const aside = others.map((endpoint, index) => ({
    ...dumpEndpoint(endpoint, names[index] ?? endpoint.id, [], catalogue, writer.within(endpoint.id), full).value,
    adopt: true,
  }));
  return { value: entries.map(({ value }) => value), notes: entries.flatMap(({ notes }) => notes), aside };
}

function dumpEndpoint(
  endpoint: ObservedEndpoint,
  uid: string,
  path: readonly (string | number)[],
  catalogue: readonly ObservedSubscription[],
  writer: ValueWriter,
  full: boolean,
): Dumped<JsonObject> {
  const { url, description, eventTypes, channels, rateLimit, disabled, headers } = endpoint;
  const address = writer.url(url, [...path, 'url']);
  const values =
    headers && headers.sensitive.length === 0 ? writer.headers(headers.values, [...path, 'headers']) : undefined;
  const events = eventTypes && sortedSet(eventTypes.map(eventKey));
  return {
    value: {
      uid,
      url: address.value,
      events: events ?? 'all',
      ...((full || description !== '') && { description: literal(description) }),
      ...((full || channels) && { channels: channels && sortedSet(channels).map(literal) }),
      ...((full || rateLimit !== null) && { rateLimit }),
      ...((full || disabled) && { disabled }),
      ...(values && (full || Object.keys(values.value).length > 0) && { headers: values.value }),
    },
    notes: [
      ...unknownEvents(uid, events, path, catalogue),
      ...unreadableHeaders(headers?.sensitive ?? [], path),
      ...address.notes,
      ...(values?.notes ?? []),
    ],
  };
}

function unknownEvents(
  uid: string,
  events: readonly string[] | null,
  path: readonly (string | number)[],
  catalogue: readonly ObservedSubscription[],
): DumpNote[] {
  const known = catalogue.map(({ eventType }) => eventType);
  const { problems } = wantedEvents({ uid, events: events ?? 'all', url: '', adopt: false, place: '' }, known);
  return problems.map(({ message }) => ({
    path,
    message: `the endpoint is left as it is until this is corrected: ${message}`,
  }));
}

/** All headers are written together, so naming some would lose the others. */
function unreadableHeaders(names: readonly string[], path: readonly (string | number)[]): DumpNote[] {
  if (names.length === 0) return [];
  const message = `headers are not managed, because the values of ${sortedSet(names).join(', ')} cannot be read`;
  return [{ path, message }];
}

/** Names for endpoints that have none of ours: the host, numbered where several have it. */
function uniqueNames(endpoints: readonly ObservedEndpoint[], taken: Set<string>): string[] {
  return endpoints.map(({ url }) => {
    const host = URL.canParse(url) ? new URL(url).hostname.replaceAll(/[^a-z0-9]+/g, '-').slice(0, 60) : 'endpoint';
    let name = host;
    for (let n = 2; taken.has(name); n++) name = `${host}-${n}`;
    taken.add(name);
    return name;
  });
}
