import { matchesPattern, type Deviation } from './deviations.ts';
import { diffFacts, differenceText, type Difference } from './diff.ts';
import type { Facts } from './fact-nodes.ts';
import { operationOf } from './location.ts';
import { withoutNames } from './renamed-parameters.ts';

export type Direction = 'ours-only' | 'theirs-only' | 'changed';

export interface ComparedDifference {
  readonly direction: Direction;
  /** `METHOD path`. */
  readonly operation: string;
  /** The difference in one line; a change reads `ours -> theirs`. */
  readonly text: string;
  /** From ours to theirs. */
  readonly difference: Difference;
  /** The deviation that explains it. */
  readonly deviation: string | undefined;
}

export interface Comparison {
  readonly differences: readonly ComparedDifference[];
  /** Patterns that explain nothing: the difference they were written for is gone. */
  readonly idle: readonly { readonly deviation: Deviation; readonly pattern: string }[];
}

/** Every difference between our structure and theirs, which must have the same names of parameters, with the deviation that explains it. */
export function compareFacts(ours: Facts, theirs: Facts, deviations: readonly Deviation[]): Comparison {
  const used = new Set<string>();
  const patterns = deviations.flatMap((deviation) => deviation.match.map((pattern) => ({ deviation, pattern })));
  const differences = diffFacts(ours, theirs).map((difference) => {
    const direction = directions[difference.type];
    const text = differenceText(difference);
    const matching = patterns.filter(({ pattern }) => matchesPattern(pattern, `${direction} ${text}`));
    for (const { pattern } of matching) used.add(pattern);
    return {
      direction,
      operation: operationOf(difference.location),
      text,
      difference,
      deviation: matching[0]?.deviation.id,
    };
  });
  return { differences, idle: patterns.filter(({ pattern }) => !used.has(pattern)) };
}

/** The name of the document of ours that shares most operations with theirs; undefined when none shares any. */
export function closestSpec(specs: ReadonlyMap<string, Facts>, theirs: Facts): string | undefined {
  const wanted = new Set(operationsOf(theirs));
  const scored = [...specs]
    .map(([name, ours]) => ({ name, shared: operationsOf(ours).filter((operation) => wanted.has(operation)).length }))
    .filter(({ shared }) => shared > 0);
  return scored.toSorted((a, b) => b.shared - a.shared)[0]?.name;
}

const directions: Readonly<Record<Difference['type'], Direction>> = {
  added: 'theirs-only',
  removed: 'ours-only',
  changed: 'changed',
};

function operationsOf(facts: Facts): readonly string[] {
  const operations = [...facts.values()].filter(({ parent }) => parent === undefined);
  return operations.map(({ location }) => withoutNames(location));
}
