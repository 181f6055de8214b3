import { checkExcludedFields, checkFilter, checkHeaders, checkName, checkSecret, checkUrl } from './checks.js';
import type { StoredEntry } from './config.js';
import type { ConfigRules } from './rules.js';
import type { EntryWrite } from './write.js';

/** The stored form of a written entry. `previous` is the entry that it replaces. Adds what is wrong to `problems`. */
export function toEntry(
  write: EntryWrite,
  place: string,
  id: string,
  previous: StoredEntry | undefined,
  rules: ConfigRules,
  problems: string[],
): StoredEntry {
  problems.push(
    ...checkEventType(`${place}eventType`, write.eventType, rules),
    ...checkUrl(`${place}destinationUrl`, write.destinationUrl),
    ...(write.secretKey === undefined ? [] : checkSecret(`${place}secretKey`, write.secretKey)),
    ...(write.headers === undefined ? [] : checkHeaders(`${place}headers`, write.headers)),
    ...(write.filter === undefined ? [] : checkFilter(`${place}filter`, write.filter)),
    ...checkExcludedFields(`${place}excludedFields`, write.excludedFields ?? []),
    ...(write.name === undefined ? [] : checkName(`${place}name`, write.name)),
  );
  return {
    id,
    name: write.name,
    eventType: toStoredType(write.eventType, rules),
    destinationUrl: write.destinationUrl,
    secretKey: write.secretKey ?? (rules.quirks.omittedSecret === 'keep' ? previous?.secretKey : undefined),
    headers: write.headers,
    filter: toStoredFilter(write.filter),
    excludedFields: write.excludedFields ?? null,
    active: write.active ?? true,
  };
}

/** An empty filter is none. */
export function toStoredFilter(filter: string | undefined): string | undefined {
  return filter?.trim() === '' ? undefined : filter;
}

export function sameType(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function toStoredType(type: string, rules: ConfigRules): string {
  return rules.quirks.eventTypeCase === 'lower' ? type.toLowerCase() : type;
}

function checkEventType(place: string, type: string, rules: ConfigRules): string[] {
  const known = rules.catalogue.has(type.toLowerCase());
  return known || rules.quirks.unknownEventTypeInEntry === 'accept' ? [] : [`${place}: there is no event type ${type}`];
}
