import {
  isAlias,
  isMap,
  isNode,
  isPair,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Alias,
  type Document,
  type Node,
  type YAMLMap,
} from 'yaml';
import type { ConfigProblem } from '../../core/errors.js';

export type Path = readonly PropertyKey[];

/** A parsed file: its plain value, and where each part of it stands. */
export interface Source {
  readonly value: unknown;
  /** `file:line:column` of the value at a path, or of the nearest thing around it that exists. */
  place(path: Path): string;
  /** `file:line:column` of a key of the mapping at a path. */
  placeOfKey(path: Path, key: string): string;
}

/** Collections inside collections; the format needs eight. */
const MAX_DEPTH = 64;
/** An alias may stand for something large, so their number is limited. */
const MAX_ALIASES = 1000;

/** Parses YAML 1.2, of which JSON is a part. Problems of the text itself come back instead of a value. */
export function parseSource(text: string, file: string): Source | readonly ConfigProblem[] {
  const lines = new LineCounter();
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const root = `${file}:1:1`;
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
    const problems = [...document.errors, ...document.warnings].map(({ code, message, pos }): ConfigProblem => ({
      place: at(pos[0]),
      path: '',
      message: code === 'DUPLICATE_KEY' ? 'the same key stands twice in one mapping' : message,
      remedy: code === 'DUPLICATE_KEY' ? 'keep one of them' : 'correct the YAML here',
    }));
    if (problems.length > 0) return problems;
    const unknown = unknownAliases(document).map((alias): ConfigProblem => ({
      place: at(offsetOf(alias)),
      path: '',
      message: `no anchor &${alias.source} stands before this alias`,
      remedy: 'correct the name, or write the value out',
    }));
    if (unknown.length > 0) return unknown;
    if (depthOf(document.contents) > MAX_DEPTH) return [tooDeep(root)];
    return {
      value: document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown,
      place: (path) => at(offsetOf(nodeAt(document, path))),
      placeOfKey: (path, key) => at(offsetOf(keyAt(document, path, key))),
    };
  } catch (error) {
    if (error instanceof RangeError) return [tooDeep(root)];
    if (error instanceof ReferenceError) {
      return [{ place: root, path: '', message: 'aliases multiply too much', remedy: 'write the values out' }];
    }
    throw error;
  }
}

function unknownAliases(document: Document.Parsed): Alias[] {
  const unknown: Alias[] = [];
  visit(document, {
    Alias: (_, alias) => {
      if (!alias.resolve(document)) unknown.push(alias);
    },
  });
  return unknown;
}

function offsetOf(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}

function tooDeep(place: string): ConfigProblem {
  return {
    place,
    path: '',
    message: `nested more than ${MAX_DEPTH} levels deep`,
    remedy: 'remove the surplus brackets',
  };
}

function depthOf(node: unknown, level = 1): number {
  if (level > MAX_DEPTH) return level;
  if (isPair(node)) return depthOf(node.value, level);
  if (!isMap(node) && !isSeq(node)) return level;
  return node.items.reduce((deepest: number, item: unknown) => Math.max(deepest, depthOf(item, level + 1)), level);
}

/** Follows a path as far as it goes. */
function nodeAt(document: Document.Parsed, path: Path): Node | null {
  let node: Node | null = document.contents;
  for (const step of path) {
    const next = child(resolveAlias(document, node), step);
    if (!next) return node;
    node = next;
  }
  return node;
}

function keyAt(document: Document.Parsed, path: Path, key: string): Node | null {
  const mapping = resolveAlias(document, nodeAt(document, path));
  return (isMap(mapping) ? keyOf(mapping, key) : undefined) ?? mapping;
}

export function keyOf(mapping: YAMLMap, key: PropertyKey): Node | undefined {
  const pair = mapping.items.find((item) => nameOf(item.key) === String(key));
  return isNode(pair?.key) ? pair.key : undefined;
}

/** The value of a key, or an item of a list. */
export function child(node: Node | null, step: PropertyKey): Node | undefined {
  if (isMap(node)) {
    const value = node.items.find((item) => nameOf(item.key) === String(step))?.value;
    return isNode(value) ? value : undefined;
  }
  const item = isSeq(node) ? node.items[Number(step)] : undefined;
  return isNode(item) ? item : undefined;
}

function resolveAlias(document: Document.Parsed, node: Node | null): Node | null {
  return isAlias(node) ? (node.resolve(document) ?? null) : node;
}

function nameOf(key: unknown): string {
  return isNode(key) ? String(key.toJSON()) : String(key);
}

/** `tenants[2].subscriptions[0].event`. */
export function pathText(path: Path): string {
  return path.reduce<string>(
    (text, step) =>
      typeof step === 'number' ? `${text}[${step}]` : text === '' ? String(step) : `${text}.${String(step)}`,
    '',
  );
}
