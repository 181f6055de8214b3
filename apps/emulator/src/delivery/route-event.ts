import { sameType } from '../configs/entry.js';
import type { HttpConfig, StoredEntry } from '../configs/config.js';
import type { HeaderMap } from '../configs/write.js';
import { compileFilter } from '../filter/filter.js';
import type { JsonObject } from '../json.js';
import type { Quirks } from '../quirks.js';
import type { Skipped } from './event-record.js';

/** One destination that gets the event, with what it gets. */
export interface Destination {
  readonly entryId: string | null;
  readonly url: string;
  readonly payload: JsonObject;
  readonly secretKey: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Routing {
  readonly destinations: readonly Destination[];
  readonly skipped: readonly Skipped[];
}

/** Who gets an event under the HTTP strategy. `excludedFields` are those of the subscription. */
export function routeEvent(
  config: HttpConfig,
  type: string,
  payload: JsonObject,
  excludedFields: readonly string[],
  quirks: Quirks,
): Routing {
  const entries = config.entries.filter((entry) => sameType(entry.eventType, type));
  const judged = entries.map((entry) => ({ entry, reason: reasonToSkip(entry, payload, excludedFields, quirks) }));
  const matching = judged.filter(({ reason }) => reason === undefined).map(({ entry }) => entry);
  const fallback =
    quirks.rootFallback === 'none-matched'
      ? matching.length === 0
      : quirks.rootFallback === 'no-entries-for-type' && entries.length === 0;
  const root =
    fallback && config.destinationUrl !== undefined
      ? [toRootDestination(config, config.destinationUrl, payload, excludedFields)]
      : [];
  return {
    destinations: [...root, ...matching.map((entry) => toDestination(config, entry, payload, excludedFields, quirks))],
    skipped: judged.flatMap(({ entry, reason }) => (reason === undefined ? [] : [{ entryId: entry.id, reason }])),
  };
}

/** The payload without the fields that a target does not want. */
export function reducePayload(payload: JsonObject, excludedFields: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(payload).filter(([name]) => !excludedFields.includes(name)));
}

function reasonToSkip(
  entry: StoredEntry,
  payload: JsonObject,
  excludedFields: readonly string[],
  quirks: Quirks,
): Skipped['reason'] | undefined {
  if (!entry.active) return 'inactive';
  const seen =
    quirks.filterSees === 'full-payload' ? payload : reducePayload(payload, entry.excludedFields ?? excludedFields);
  return compileFilter(entry.filter ?? '')(seen) ? undefined : 'filter';
}

function toRootDestination(
  config: HttpConfig,
  url: string,
  payload: JsonObject,
  excludedFields: readonly string[],
): Destination {
  return {
    entryId: null,
    url,
    payload: reducePayload(payload, excludedFields),
    secretKey: config.secretKey,
    headers: plainHeaders(config.headers),
  };
}

function toDestination(
  config: HttpConfig,
  entry: StoredEntry,
  payload: JsonObject,
  excludedFields: readonly string[],
  quirks: Quirks,
): Destination {
  const root = plainHeaders(config.headers);
  const own = plainHeaders(entry.headers);
  return {
    entryId: entry.id,
    url: entry.destinationUrl,
    payload: reducePayload(payload, entry.excludedFields ?? excludedFields),
    secretKey: entry.secretKey ?? config.secretKey,
    headers: quirks.headersMerge === 'merge' ? { ...root, ...own } : entry.headers === undefined ? root : own,
  };
}

function plainHeaders(headers: HeaderMap | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(headers ?? {}).map(([name, { value }]) => [name.toLowerCase(), value]));
}
