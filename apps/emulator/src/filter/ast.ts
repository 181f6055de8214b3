import type { Json } from '../json.js';

/** `$` starts at the payload, `@` at the value under test. */
export interface PathNode {
  readonly kind: 'path';
  readonly root: '$' | '@';
  readonly steps: readonly Step[];
}

export type Step =
  | { readonly kind: 'properties'; readonly names: readonly string[] }
  | { readonly kind: 'indices'; readonly indices: readonly number[] }
  | { readonly kind: 'slice'; readonly from: number | undefined; readonly to: number | undefined }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'scan' }
  | { readonly kind: 'filter'; readonly predicate: Predicate }
  | { readonly kind: 'function'; readonly name: string };

export type Predicate =
  | { readonly kind: 'and' | 'or'; readonly left: Predicate; readonly right: Predicate }
  | { readonly kind: 'not'; readonly operand: Predicate }
  | { readonly kind: 'exists'; readonly path: PathNode; readonly wanted: boolean }
  | { readonly kind: 'relation'; readonly left: Operand; readonly operator: Operator; readonly right: Operand };

export type Operand =
  PathNode | { readonly kind: 'value'; readonly value: Json } | { readonly kind: 'pattern'; readonly pattern: RegExp };

export const OPERATORS = [
  '==',
  '===',
  '!=',
  '!==',
  '<',
  '<=',
  '>',
  '>=',
  '=~',
  'in',
  'nin',
  'contains',
  'all',
  'size',
  'empty',
  'exists',
  'subsetof',
  'anyof',
  'noneof',
  'type',
  'matches',
] as const;
export type Operator = (typeof OPERATORS)[number];

/** Several values may come out: the path goes through a scan, a wildcard, a filter, a slice or a list. */
export function isIndefinite(path: PathNode): boolean {
  return path.steps.some((step) =>
    step.kind === 'indices' ? step.indices.length > 1 : !['properties', 'function'].includes(step.kind),
  );
}
