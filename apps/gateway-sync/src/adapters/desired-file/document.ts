import { isAlias, isMap, isNode, isSeq, LineCounter, type Document, type Node, type YAMLMap } from 'yaml';
import type { ConfigProblem } from '../../core/errors.js';
import { compose, TextLimitError } from './compose.js';
import { type Finding, inspectDocument, offsetOf } from './inspect-document.js';

export type Path = readonly PropertyKey[];

/** A parsed file: its plain value, and where each part of it stands. */
export interface Source {
  readonly value: unknown;
  /** `file:line:column` of the value at a path, or of the nearest thing around it that exists. */
  place(path: Path): string;
  /** `file:line:column` of a key of the mapping at a path. */
  placeOfKey(path: Path, key: string): string;
}

/** Parses YAML 1.2, of which JSON is a part. Problems of the text itself come back instead of a value. */
export function parseSource(text: string, file: string): Source | readonly ConfigProblem[] {
  const lines = new LineCounter();
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    // A limit that was met before the first line ended.
    return line === 0 ? `${file}:1:1` : `${file}:${line}:${col}`;
  };
  const problem = ({ offset, message, remedy }: Finding): ConfigProblem => ({
    place: at(offset),
    path: '',
    message,
    remedy,
  });
  try {
    const document = compose(text, lines);
    const errors = [...document.errors, ...document.warnings].map(({ message, pos }): Finding => ({
      offset: pos[0],
      message,
      remedy: 'correct the YAML here',
    }));
    const findings = [...errors, ...inspectDocument(document)];
    if (findings.length > 0) return findings.toSorted((a, b) => a.offset - b.offset).map(problem);
    return {
      value: document.toJS({ maxAliasCount: -1 }) as unknown,
      place: (path) => at(offsetOf(nodeAt(document, path))),
      placeOfKey: (path, key) => at(offsetOf(keyAt(document, path, key))),
    };
  } catch (error) {
    if (error instanceof TextLimitError) return [problem(error)];
    throw error;
  }
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
