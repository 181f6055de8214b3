/** Those about what globs mean in a catalogue that changes. */
export const CATALOGUE_PROBLEMS = ['not-locked', 'new-event-type', 'gone-event-type'] as const;
export type CatalogueProblem = (typeof CATALOGUE_PROBLEMS)[number];

/** Kinds of things that keep a desired state from being reached, or that a reader of a plan should know. */
export const PROBLEM_KINDS = [
  ...CATALOGUE_PROBLEMS,
  'unknown-event',
  'unknown-field',
  'contradiction',
  'matches-nothing',
  'nothing-owned',
  'removals-kept',
  'owned-elsewhere',
  'url-taken',
  'ambiguous',
  'secret-unknown',
  'endpoint-disabled',
  'unread',
  'ledger-lost',
  'switch-waits',
  'no-effect',
  'shed',
  'over-quota',
] as const;
export type ProblemKind = (typeof PROBLEM_KINDS)[number];

export function isCatalogueProblem(kind: ProblemKind): kind is CatalogueProblem {
  return CATALOGUE_PROBLEMS.some((one) => one === kind);
}

/** `error`: the desired state cannot be reached. `warning`: probably not meant. `note`: good to know. */
export type Severity = 'error' | 'warning' | 'note';

export interface Problem {
  readonly severity: Severity;
  readonly kind: ProblemKind;
  readonly message: string;
  /** `file:line:column` of every entry it is about. */
  readonly places: readonly string[];
  /** Names that may have been meant, nearest first. */
  readonly nearest: readonly string[];
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}
