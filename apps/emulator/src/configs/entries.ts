import type { StoredEntry } from './config.js';
import { sameType, toEntry } from './entry.js';
import type { ConfigRules } from './rules.js';
import type { EntryWrite } from './write.js';

/**
 * The entries that replace `stored`. Known ids are kept, unknown and repeated ones are problems. An entry without an
 * id gets a new one, unless it is the only one of its event type in both lists: then it takes over the stored id.
 */
export function replaceEntries(
  stored: readonly StoredEntry[],
  writes: readonly EntryWrite[],
  rules: ConfigRules,
  problems: string[],
): StoredEntry[] {
  const ids = writes.flatMap((write) => (write.id === undefined ? [] : [write.id]));
  for (const id of new Set(ids.filter((candidate, index) => ids.indexOf(candidate) !== index))) {
    problems.push(`eventsConfiguration: id ${id} is used more than once`);
  }
  return writes.map((write, index) => {
    const place = `eventsConfiguration[${index}].`;
    const previous =
      write.id === undefined
        ? onlyOneOfType(stored, writes, write.eventType)
        : stored.find((entry) => entry.id === write.id);
    if (write.id !== undefined && previous === undefined) {
      problems.push(`${place}id: there is no entry ${write.id}; ids are given by the server`);
    }
    // An id that another write quotes cannot be taken over as well.
    const kept = write.id === undefined && previous !== undefined && ids.includes(previous.id) ? undefined : previous;
    return toEntry(write, place, kept?.id ?? rules.random.uuid(), kept, rules, problems);
  });
}

/** The entries of a new config: none may bring an id. */
export function createEntries(writes: readonly EntryWrite[], rules: ConfigRules, problems: string[]): StoredEntry[] {
  return writes.map((write, index) => createEntry(write, `eventsConfiguration[${index}].`, rules, problems));
}

export function createEntry(write: EntryWrite, place: string, rules: ConfigRules, problems: string[]): StoredEntry {
  const chosen = rules.seeding === true ? write.id : undefined;
  if (write.id !== chosen) problems.push(`${place}id: is given by the server and must be left out`);
  return toEntry(write, place, chosen ?? rules.random.uuid(), undefined, rules, problems);
}

function onlyOneOfType(
  stored: readonly StoredEntry[],
  writes: readonly EntryWrite[],
  type: string,
): StoredEntry | undefined {
  const before = stored.filter((entry) => sameType(entry.eventType, type));
  const after = writes.filter((write) => sameType(write.eventType, type));
  return before.length === 1 && after.length === 1 ? before[0] : undefined;
}
