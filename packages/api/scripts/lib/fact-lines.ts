import { SharedValues, type FactNode, type Facts } from './fact-nodes.ts';
import { compareText } from './json.ts';
import { factSeparator, locationEnd, parentLocation } from './location.ts';

/** The facts as sorted lines, for files that people review. */
export function factLines(facts: Facts): readonly string[] {
  const lines: string[] = [];
  for (const { location, values } of facts.values()) {
    if (values.size === 0) lines.push(location);
    for (const [kind, list] of values) {
      for (const value of list) lines.push(`${location}${factSeparator}${kind}=${value}`);
    }
  }
  return lines.toSorted(compareText);
}

/** The text of a file of facts. */
export function factText(facts: Facts): string {
  return factLines(facts)
    .map((line) => `${line}\n`)
    .join('');
}

/** The facts that a text was made from. Throws an Error that names the line that is none. */
export function parseFacts(text: string): Facts {
  const found = new Map<string, Map<string, string[]>>();
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '') continue;
    const end = locationEnd(line);
    const fact = line.slice(end + factSeparator.length);
    const equals = fact.indexOf('=');
    const isFact = end === line.length || (equals > 0 && line.startsWith(factSeparator, end));
    if (!isFact || !/^[A-Z]+ \S/.test(line)) {
      throw new Error(`line ${index + 1} is no fact: ${line.slice(0, 80)}`);
    }
    const values = inMap(found, line.slice(0, end), () => new Map<string, string[]>());
    if (end < line.length) inMap(values, fact.slice(0, equals), () => []).push(fact.slice(equals + 1));
  }
  // A parent without facts of its own has a line of its own, so every parent is there.
  const shared = new SharedValues();
  const nodes = new Map<string, FactNode>();
  for (const [location, values] of found) {
    const parent = parentLocation(location, (other) => found.has(other));
    nodes.set(location, { location, parent, values: shared.share(values) });
  }
  return nodes;
}

function inMap<V>(map: Map<string, V>, key: string, create: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const created = create();
  map.set(key, created);
  return created;
}
