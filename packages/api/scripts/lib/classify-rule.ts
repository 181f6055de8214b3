import type { Difference } from './diff.ts';
import type { FactNode } from './fact-nodes.ts';
import type { Direction } from './location.ts';
import type { Severity } from './severity.ts';

export interface Verdict {
  readonly severity: Severity;
  /** Why, for people; without the place. */
  readonly reason: string;
}

/** A difference with what its rule may need to know of both sides. */
export interface Change {
  readonly difference: Difference;
  /** The value before; undefined for what was added. */
  readonly old: string | undefined;
  readonly now: string | undefined;
  readonly direction: Direction;
  readonly before: FactNode | undefined;
  readonly after: FactNode | undefined;
  readonly parentBefore: FactNode | undefined;
  readonly parentAfter: FactNode | undefined;
}

export type Rule = Verdict | ((change: Change) => Verdict);

/** What to say when something is added, removed or has another value. */
export interface Rules {
  readonly added: Rule;
  readonly removed: Rule;
  readonly changed: Rule;
}

/** The rules for what we send and for what we receive. */
export type RulesByDirection = Readonly<Record<Direction, Rules>>;

export const breaking = (reason: string): Verdict => ({ severity: 'breaking', reason });
export const risky = (reason: string): Verdict => ({ severity: 'risky', reason });
export const additive = (reason: string): Verdict => ({ severity: 'additive', reason });

/** The same rule whatever happens. */
export function always(rule: Rule): Rules {
  return { added: rule, removed: rule, changed: rule };
}

/** The values of a kind at a place. */
export function valuesOf(node: FactNode | undefined, kind: string): readonly string[] {
  return node?.values.get(kind) ?? [];
}

/** A value that joins several, such as `null | string`. */
export function splitJoined(value: string | undefined): readonly string[] {
  return value === undefined ? [] : value.split(' | ');
}
