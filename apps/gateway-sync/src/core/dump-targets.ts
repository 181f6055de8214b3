import type { ObservedTarget } from './delivery.js';
import type { Dumped, ValueWriter } from './dump-values.js';
import { literal, type DumpNote } from './dump-words.js';
import type { JsonObject } from './json.js';
import { compareText, sortedSet } from './order.js';
import { eventKey, type ObservedSubscription } from './state.js';

const LIST = ['delivery', 'targets'] as const;

/** The targets as the file writes them; no value when it cannot say all of them, and then they are not managed. */
export function dumpTargets(
  targets: readonly ObservedTarget[],
  catalogue: readonly ObservedSubscription[],
  writer: ValueWriter,
  full: boolean,
): Dumped<readonly JsonObject[] | undefined> {
  const rows = new Map(catalogue.map((row) => [eventKey(row.eventType), row]));
  const groups = alike(targets);
  const obstacles = targets.flatMap((target) => obstacle(target, rows, groups));
  if (obstacles.length > 0) {
    const message = `the targets are not managed, because the file cannot name them all: ${sortedSet(obstacles).join('; ')}`;
    return { value: undefined, notes: [{ path: ['delivery'], message }] };
  }
  const dumped = [...groups.values()].flatMap((group) =>
    group.map((target, index) => ({ target, given: group.length > 1 ? `${target.event} ${index + 1}` : undefined })),
  );
  const entries = dumped.map(({ target, given }, index) =>
    dumpTarget(target, given, rows.get(eventKey(target.event)), [...LIST, index], writer, full),
  );
  const nameless = dumped.some(({ target, given }) => target.name === undefined && given === undefined);
  return {
    value: entries.map(({ value }) => value),
    notes: [...(nameless ? [NAMELESS] : []), ...entries.flatMap(({ notes }) => notes)],
  };
}

const NAMELESS: DumpNote = {
  path: LIST,
  message: 'the service returns no names of targets; they are told apart by event, destination and filter',
};

type Rows = ReadonlyMap<string, ObservedSubscription>;
type Groups = ReadonlyMap<string, readonly ObservedTarget[]>;

/** By natural key, in its order; members of one group in an order that does not depend on ids. */
function alike(targets: readonly ObservedTarget[]): Groups {
  const keyed = targets.map((target) => ({ target, key: naturalKey(target), rank: rankOf(target) }));
  const groups = new Map<string, ObservedTarget[]>();
  for (const { target, key } of keyed.toSorted((a, b) => compareText(a.key, b.key) || compareText(a.rank, b.rank))) {
    groups.set(key, [...(groups.get(key) ?? []), target]);
  }
  return groups;
}

function naturalKey({ event, destinationUrl = '', filter = '', name = '' }: ObservedTarget): string {
  const url = URL.canParse(destinationUrl) ? new URL(destinationUrl).href : destinationUrl;
  return JSON.stringify([eventKey(event), url, filter.trim(), name]);
}

function rankOf({ active, excludedFields, headers, secretKeyExists }: ObservedTarget): string {
  const names = Object.keys(headers).toSorted(compareText);
  return JSON.stringify([active, excludedFields && sortedSet(excludedFields), names, secretKeyExists]);
}

function obstacle(target: ObservedTarget, rows: Rows, groups: Groups): string[] {
  const { event, destinationUrl, name } = target;
  if (destinationUrl === undefined) return [`a target of ${event} has no destination of its own`];
  if (!rows.has(eventKey(event))) return [`the catalogue has no event type ${event}`];
  const many = (groups.get(naturalKey(target)) ?? []).length > 1;
  return many && name !== undefined ? [`two targets of ${event} are alike and have the same name`] : [];
}

function dumpTarget(
  target: ObservedTarget,
  given: string | undefined,
  row: ObservedSubscription | undefined,
  path: readonly (string | number)[],
  writer: ValueWriter,
  full: boolean,
): Dumped<JsonObject> {
  const { event, destinationUrl = '', filter, excludedFields, headers, secretKeyExists, active } = target;
  const name = target.name ?? given;
  const own = writer.within(name ?? event);
  const url = own.url(destinationUrl, [...path, 'destinationUrl']);
  const values = own.headers(headers, [...path, 'headers']);
  const unknown = (excludedFields ?? []).filter((field) => row && row.fields.length > 0 && !row.fields.includes(field));
  return {
    value: {
      ...(name !== undefined && { name: literal(name) }),
      event: literal(event),
      destinationUrl: url.value,
      ...(filter !== undefined && { filter: literal(filter) }),
      ...(unknown.length === 0 && { excludedFields: excludedFields && sortedSet(excludedFields).map(literal) }),
      ...((full || Object.keys(headers).length > 0) && { headers: values.value }),
      ...((full || !active) && { active }),
    },
    notes: [...notesOf(path, given, secretKeyExists, unknown), ...url.notes, ...values.notes],
  };
}

function notesOf(
  path: readonly (string | number)[],
  given: string | undefined,
  secretKeyExists: boolean,
  unknown: readonly string[],
): DumpNote[] {
  const messages = [
    ...(given === undefined ? [] : ['the service returns no name; this one tells targets apart that are alike']),
    ...(secretKeyExists ? ['its secretKey cannot be read and stays as it is'] : []),
    ...(unknown.length === 0
      ? []
      : [`excludedFields is not managed: the payload has no ${unknown.join(', ')}, which it names now`]),
  ];
  return messages.map((message) => ({ path, message }));
}
