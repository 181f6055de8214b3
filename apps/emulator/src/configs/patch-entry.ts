import { refuse, refuseInvalid } from '../http/answer.js';
import { unreachable } from '../unreachable.js';
import type { HttpConfig, StoredEntry } from './config.js';
import { sameType, toEntry } from './entry.js';
import type { EntryAddress, EntryField } from './patch-path.js';
import {
  readBoolean,
  readExcludedFields,
  readFilter,
  readHeaders,
  readName,
  readSecret,
  readUrl,
} from './patch-values.js';
import type { ConfigRules } from './rules.js';
import type { EntryWrite } from './write.js';

/** Replaces the entry at an address. By event type, one that does not exist yet is created. */
export function upsertEntry(config: HttpConfig, by: EntryAddress, write: EntryWrite, rules: ConfigRules): HttpConfig {
  const previous = find(config, by);
  if (previous === undefined && 'id' in by) refuseUnknown(by, rules);
  const problems: string[] = [];
  if ('eventType' in by && !sameType(by.eventType, write.eventType)) {
    problems.push('eventType: differs from the path');
  }
  if (write.id !== undefined && write.id !== previous?.id) {
    problems.push('id: is given by the server and cannot be chosen');
  }
  const entry = toEntry(write, '', previous?.id ?? rules.random.uuid(), previous, rules, problems);
  if (problems.length > 0) refuseInvalid(problems);
  return { ...config, entries: previous === undefined ? [...config.entries, entry] : replace(config.entries, entry) };
}

export function removeEntry(config: HttpConfig, by: EntryAddress, rules: ConfigRules): HttpConfig {
  const entry = find(config, by) ?? refuseUnknown(by, rules);
  return { ...config, entries: config.entries.filter((other) => other.id !== entry.id) };
}

export function upsertEntryField(
  config: HttpConfig,
  by: EntryAddress,
  field: EntryField,
  path: string,
  value: unknown,
  rules: ConfigRules,
): HttpConfig {
  const entry = find(config, by) ?? refuseUnknown(by, rules);
  return { ...config, entries: replace(config.entries, withField(entry, field, path, value, rules)) };
}

function withField(
  entry: StoredEntry,
  field: EntryField,
  path: string,
  value: unknown,
  rules: ConfigRules,
): StoredEntry {
  switch (field) {
    case 'active':
      return { ...entry, active: readBoolean(path, value) };
    case 'headers':
      return { ...entry, headers: readHeaders(path, value) };
    case 'excludedFields':
      return { ...entry, excludedFields: readExcludedFields(path, value) };
    case 'destinationUrl':
      return { ...entry, destinationUrl: readUrl(path, value) };
    case 'name':
      return { ...entry, name: readName(path, value) };
    case 'filter':
      return { ...entry, filter: readFilter(path, value) };
    case 'secretKey':
      return { ...entry, secretKey: readSecret(path, value, rules.quirks) };
    default:
      return unreachable(field);
  }
}

function find(config: HttpConfig, by: EntryAddress): StoredEntry | undefined {
  if ('id' in by) return config.entries.find((entry) => entry.id === by.id);
  const found = config.entries.filter((entry) => sameType(entry.eventType, by.eventType));
  if (found.length > 1) refuse(409, `Several entries are of type ${by.eventType}; address them by id.`);
  return found[0];
}

function refuseUnknown(by: EntryAddress, rules: ConfigRules): never {
  const what = 'id' in by ? `id ${by.id}` : `event type ${by.eventType}`;
  refuse(rules.quirks.unknownEntryId, `There is no entry with ${what}.`);
}

function replace(entries: readonly StoredEntry[], entry: StoredEntry): StoredEntry[] {
  return entries.map((other) => (other.id === entry.id ? entry : other));
}
