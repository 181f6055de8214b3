import { readFileSync } from 'node:fs';
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import { isObject, type JsonObject, type JsonPath } from './json.ts';
import { InvalidSpecError } from './problem.ts';

/** Line and column, counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A YAML or JSON document with its text, so that a fault can be shown where it stands. */
export interface ParsedDocument {
  readonly file: string;
  readonly text: string;
  readonly root: JsonObject;
  /** Where the value at the path stands, or the nearest thing around it that exists. */
  locate(path: JsonPath): Position;
}

/** Reads and parses a file. Throws InvalidSpecError when it cannot be read, is no YAML, or is not a mapping. */
export function readDocument(file: string): ParsedDocument {
  return parseText(file, readText(file));
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const message = `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    throw new InvalidSpecError([{ file, line: 1, column: 1, rule: 'readable', message }]);
  }
}

function parseText(file: string, text: string): ParsedDocument {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  if (document.errors.length > 0) {
    throw new InvalidSpecError(
      document.errors.map(({ pos: [offset], message }) => ({
        file,
        ...position(lineCounter, offset),
        rule: 'yaml',
        message,
      })),
    );
  }
  const root: unknown = document.toJS();
  if (!isObject(root)) {
    throw new InvalidSpecError([{ file, line: 1, column: 1, rule: 'yaml', message: 'the document is not a mapping' }]);
  }
  return { file, text, root, locate: (path) => position(lineCounter, offsetOf(document, path)) };
}

function position(lineCounter: LineCounter, offset: number): Position {
  const { line, col } = lineCounter.linePos(offset);
  return { line, column: col };
}

function offsetOf(document: Document, path: JsonPath): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const key of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
      if (pair === undefined) break;
      offset = rangeStart(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      offset = rangeStart(node) ?? offset;
    } else break;
  }
  return offset;
}

function rangeStart(node: unknown): number | undefined {
  return isScalar(node) || isMap(node) || isSeq(node) ? node.range?.[0] : undefined;
}
