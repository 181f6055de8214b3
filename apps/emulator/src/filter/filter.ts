import type { Json } from '../json.js';
import type { PathNode } from './ast.js';
import { valueAt } from './evaluate.js';
import { parsePath } from './parse.js';
import { Reader } from './reader.js';
import { EvaluationError, UNDEFINED } from './relate.js';

export { FilterSyntaxError } from './reader.js';

/** A compiled filter of an entry. */
export type Filter = (payload: Json) => boolean;

/**
 * Compiles a filter in the Jayway dialect of JSONPath. It matches when the path finds something: a value for a plain
 * path, at least one for a path with a predicate. The empty text matches everything.
 *
 * Throws `FilterSyntaxError`. Paths that no payload has are fine.
 */
export function compileFilter(text: string): Filter {
  const trimmed = text.trim();
  if (trimmed === '') return () => true;
  const path = parseFilter(trimmed);
  return (payload) => {
    try {
      const found = valueAt(path, { root: payload, current: payload });
      return Array.isArray(found) ? found.length > 0 : found !== UNDEFINED && found !== null;
    } catch (error) {
      if (error instanceof EvaluationError) return false;
      throw error;
    }
  };
}

function parseFilter(text: string): PathNode {
  // As in Jayway, a path may leave out the leading `$.`.
  const reader = new Reader(text.startsWith('$') || text.startsWith('@') ? text : `$.${text}`);
  const path = parsePath(reader, () => false);
  if (!reader.atEnd) reader.fail('a name with a blank must stand in brackets and quotes');
  return path;
}
