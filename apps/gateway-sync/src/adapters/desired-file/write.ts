import { Document, isMap, isScalar, isSeq, stringify, type Node, type YAMLMap } from 'yaml';
import type { TenantDump } from '../../core/dump.js';
import type { DumpNote } from '../../core/dump-words.js';
import { canonicalJson, type JsonObject } from '../../core/json.js';
import { child, keyOf } from './document.js';

export interface DumpedFile {
  /** The file as it was written, without what the tenants were asked for; see `writtenBase`. */
  readonly base: JsonObject;
  /** In the order of the file. */
  readonly tenants: readonly TenantDump[];
  /** Remarks on the whole file, such as a tenant that could not be read. */
  readonly remarks: readonly string[];
}

const WIDTH = 120;

/** The text of a desired-state file that says what the tenants have; notes are comments above their places. */
export function writeDesiredFile({ base, tenants, remarks }: DumpedFile): string {
  const entries = tenants.map((dump) => entryOf(base, dump));
  const { defaults, ...head } = base;
  const document = new Document(
    { ...head, ...(canonicalJson(defaults ?? {}) !== '{}' && { defaults }), tenants: entries },
    { aliasDuplicateObjects: false, compat: 'yaml-1.1' },
  );
  const list = document.get('tenants');
  for (const [index, dump] of tenants.entries()) {
    const entry = isSeq(list) ? list.items[index] : undefined;
    if (!isMap(entry)) throw new TypeError(`the entry of ${dump.tenant} was not written`);
    entry.spaceBefore = index > 0;
    annotate(entry, dump);
  }
  document.commentBefore = comment([TITLE, ...remarks]);
  return document.toString({ lineWidth: WIDTH });
}

const TITLE = 'Written by gateway-sync dump: what the tenants have, as a file for which a plan has nothing to do.';

function entryOf(base: JsonObject, { tenant, subscriptions, delivery, endpoints }: TenantDump): JsonObject {
  const written = Array.isArray(base['tenants']) ? (base['tenants'] as readonly JsonObject[]) : [];
  return {
    ...written.find((candidate) => candidate['tenant'] === tenant),
    subscriptions,
    ...(delivery && { delivery }),
    ...(endpoints && { endpoints }),
  };
}

function annotate(entry: YAMLMap, { notes, foreignEndpoints }: TenantDump): void {
  const byPath = new Map<string, { readonly path: DumpNote['path']; readonly messages: string[] }>();
  for (const { path, message } of notes) {
    const place = byPath.get(JSON.stringify(path)) ?? { path, messages: [] };
    place.messages.push(message);
    byPath.set(JSON.stringify(path), place);
  }
  for (const { path, messages } of byPath.values()) addComment(placeOf(entry, path), messages);
  if (foreignEndpoints.length > 0) addComment(placeOf(entry, ['endpoints']), aside(foreignEndpoints));
  compact(entry.get('subscriptions'));
}

function aside(endpoints: readonly JsonObject[]): string[] {
  const entries = stringify(endpoints, { lineWidth: 0, aliasDuplicateObjects: false }).trimEnd().split('\n');
  return ['Endpoints that are not ours and left alone. An entry takes one over with the next apply:', ...entries];
}

/** What a comment has to stand above: the key of a mapping, or an entry of a list; as far as the path can be followed. */
function placeOf(entry: YAMLMap, path: DumpNote['path']): Node {
  let node: Node = entry;
  let place: Node = entry;
  for (const step of path) {
    const next = child(node, step);
    if (!next) return place;
    place = isMap(node) ? (keyOf(node, step) ?? next) : next;
    node = next;
  }
  return place;
}

function addComment(node: Node, lines: readonly string[]): void {
  const before = typeof node.commentBefore === 'string' ? `${node.commentBefore}\n` : '';
  node.commentBefore = `${before}${comment(lines)}`;
}

/** Nothing from outside ends the line that it stands on. */
function comment(lines: readonly string[]): string {
  return lines.map((line) => ` ${line.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ')}`).join('\n');
}

/** Short entries without comments on one line each. */
function compact(list: unknown): void {
  if (!isSeq(list)) return;
  for (const item of list.items) {
    if (isMap(item) && item.items.every(({ key, value }) => isPlain(key) && (isPlain(value) || isPlainList(value)))) {
      item.flow = true;
    }
  }
}

function isPlain(node: unknown): boolean {
  return isScalar(node) && !node.commentBefore;
}

function isPlainList(node: unknown): boolean {
  return isSeq(node) && node.items.every(isPlain);
}
