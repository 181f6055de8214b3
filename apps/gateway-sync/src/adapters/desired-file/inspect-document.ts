import { type Alias, type Document, isAlias, isMap, isPair, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import { MAX_DEPTH, TextLimitError, tooDeep, tooLong } from './compose.js';

export interface Finding {
  readonly offset: number;
  readonly message: string;
  readonly remedy: string;
}

/** What a node comes to when every alias in it is written out. */
interface Extent {
  readonly values: number;
  readonly depth: number;
}

/** Ten thousand tenants of a hundred keys each have as many. */
const MAX_VALUES = 2_000_000;
/** Each is searched for among all of them. */
const MAX_ALIASES = 2_000;

/**
 * Keys that stand twice, aliases that lead nowhere or into themselves. Throws a {@link TextLimitError} when the text with
 * its aliases written out is too large or too deep; nothing is written out to know that.
 */
export function inspectDocument(document: Document.Parsed): readonly Finding[] {
  const findings: Finding[] = [];
  const anchors = new Map<string, Extent | 'open'>();
  let aliases = 0;

  const measure = (node: unknown): Extent => {
    if (isAlias(node)) return measureAlias(node);
    if (isPair(node)) return sum([node.key, node.value]);
    if (!isMap(node) && !isSeq(node)) return anchored(node, () => ({ values: 1, depth: 0 }));
    if (isMap(node)) findings.push(...twins(node));
    return anchored(node, () => {
      const { values, depth } = sum(node.items);
      return { values: values + 1, depth: depth + 1 };
    });
  };
  const sum = (nodes: readonly unknown[]): Extent => {
    let values = 0;
    let depth = 0;
    for (const node of nodes) {
      const extent = measure(node);
      values += extent.values;
      depth = Math.max(depth, extent.depth);
    }
    return { values, depth };
  };
  const anchored = (node: unknown, extentOf: () => Extent): Extent => {
    const anchor = (isScalar(node) || isMap(node) || isSeq(node)) && node.anchor;
    if (typeof anchor === 'string') anchors.set(anchor, 'open');
    const extent = extentOf();
    if (typeof anchor === 'string') anchors.set(anchor, extent);
    return extent;
  };
  const measureAlias = (alias: Alias.Parsed | Alias): Extent => {
    if (++aliases > MAX_ALIASES) throw tooMuch();
    const extent = anchors.get(alias.source);
    if (extent !== undefined && extent !== 'open') return extent;
    const [message, remedy] =
      extent === 'open'
        ? [`alias *${alias.source} stands inside its own anchor`, 'write the value out']
        : [`no anchor &${alias.source} stands before this alias`, 'correct the name, or write the value out'];
    findings.push({ offset: offsetOf(alias), message, remedy });
    return { values: 1, depth: 0 };
  };

  const { values, depth } = measure(document.contents);
  if (depth > MAX_DEPTH) throw tooDeep(0);
  if (values > MAX_VALUES) throw aliases > 0 ? tooMuch() : tooLong();
  return findings;
}

function tooMuch(): TextLimitError {
  return new TextLimitError(0, 'aliases multiply too much', 'write the values out, and fewer of them');
}

function twins(mapping: YAMLMap): Finding[] {
  const seen = new Set<unknown>();
  const found: Finding[] = [];
  for (const { key } of mapping.items) {
    const name = isScalar(key) ? key.value : undefined;
    if (name !== undefined && seen.has(name)) {
      found.push({
        offset: offsetOf(isScalar(key) ? key : null),
        message: 'the same key stands twice in one mapping',
        remedy: 'keep one of them',
      });
    }
    seen.add(name);
  }
  return found;
}

export function offsetOf(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}
