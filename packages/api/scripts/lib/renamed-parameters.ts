import type { FactNode, Facts } from './fact-nodes.ts';
import { compareText } from './json.ts';
import { operationOf } from './location.ts';

/** What tells a parameter of a path by its other name; only where the two structures call it differently. */
export const nameKind = 'name';

/**
 * Both structures with the names that `before` has for the parameters of paths: they never go over the wire, so
 * `/a/{b}` and `/a/{c}` are one place. That `b` became `c` is a fact of one parameter, however many paths have it.
 */
export function withSameNames(before: Facts, after: Facts): readonly [before: Facts, after: Facts] {
  const pairs = renamedOperations(before, after);
  if (pairs.size === 0) return [before, after];
  const [old, now] = [new Map(before), new Map<string, FactNode>()];
  for (const node of after.values()) {
    const pair = pairs.get(operationOf(node.location));
    const renamed = pair === undefined ? node : renamedNode(node, pair);
    now.set(renamed.location, renamed);
  }
  for (const [{ from, operation, to }, ...others] of renames([...pairs.values()])) {
    const parameter = `${operation} [path ${from}]`;
    const location = old.has(parameter) && now.has(parameter) ? parameter : operation;
    addFact(old, location, from);
    addFact(now, location, others.length === 0 ? to : `${to} in ${others.length + 1} operations`);
  }
  return [old, now];
}

/** An operation with its path's parameters left without their names. */
export function withoutNames(operation: string): string {
  return operation.replaceAll(parameterInPath, '{}');
}

interface Pair {
  /** What `before` calls it. */
  readonly operation: string;
  readonly inAfter: string;
  /** Names in `before` by those in `after`. */
  readonly names: ReadonlyMap<string, string>;
}

interface Rename {
  readonly operation: string;
  readonly from: string;
  readonly to: string;
}

const parameterInPath = /\{[^{}]*\}/g;

// Only where there is no doubt which one became which. Callbacks and webhooks have no paths of that kind.
function renamedOperations(before: Facts, after: Facts): ReadonlyMap<string, Pair> {
  const [old, now] = [byTemplate(before, after), byTemplate(after, before)];
  const pairs = [...now].flatMap(([template, [inAfter = '', ...more]]): readonly Pair[] => {
    const [operation, ...others] = old.get(template) ?? [];
    if (operation === undefined || more.length + others.length > 0) return [];
    const [from, to] = [parametersOf(operation), parametersOf(inAfter)];
    if (new Set(from).size < from.length || new Set(to).size < to.length) return [];
    // A parameter that stands in no path may have the name already.
    if (from.some((name) => !to.includes(name) && after.has(`${inAfter} [path ${name}]`))) return [];
    return [{ operation, inAfter, names: new Map(to.map((name, index) => [name, from[index] ?? name])) }];
  });
  return new Map(pairs.map((pair) => [pair.inAfter, pair]));
}

/** The operations that the other structure lacks. */
function byTemplate(facts: Facts, others: Facts): ReadonlyMap<string, readonly string[]> {
  const missing = [...facts.values()].filter(
    ({ parent, location }) => parent === undefined && location.includes(' /') && !others.has(location),
  );
  return Map.groupBy(
    missing.map(({ location }) => location),
    withoutNames,
  );
}

function parametersOf(operation: string): readonly string[] {
  return (operation.match(parameterInPath) ?? []).map((parameter) => parameter.slice(1, -1));
}

function renamedNode(node: FactNode, pair: Pair): FactNode {
  const { parent } = node;
  return {
    ...node,
    location: renamedLocation(node.location, pair),
    parent: parent === undefined ? undefined : renamedLocation(parent, pair),
  };
}

function renamedLocation(location: string, { operation, inAfter, names }: Pair): string {
  const rest = location
    .slice(inAfter.length)
    .replace(/^( \[path )([^\s\]]+)/, (_whole, open: string, name: string) => `${open}${names.get(name) ?? name}`);
  return `${operation}${rest}`;
}

function renames(pairs: readonly Pair[]): Iterable<readonly [Rename, ...Rename[]]> {
  const found = new Map<string, [Rename, ...Rename[]]>();
  for (const { operation, names } of pairs.toSorted((a, b) => compareText(a.operation, b.operation))) {
    for (const [to, from] of names) {
      if (to === from) continue;
      const known = found.get(`${from} ${to}`);
      if (known === undefined) found.set(`${from} ${to}`, [{ operation, from, to }]);
      else known.push({ operation, from, to });
    }
  }
  return found.values();
}

function addFact(facts: Map<string, FactNode>, location: string, value: string): void {
  const node = facts.get(location);
  if (node === undefined) return;
  const values = [...(node.values.get(nameKind) ?? []), value];
  facts.set(location, { ...node, values: new Map([...node.values, [nameKind, values]]) });
}
