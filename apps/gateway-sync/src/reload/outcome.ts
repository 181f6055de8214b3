import type { ConfigProblem } from '../core/errors.js';
import type { FileChange, FileVerdict } from '../core/file-change.js';

export type ReloadCause = 'watch' | 'signal' | 'api';

/**
 * | type | means |
 * |---|---|
 * | unchanged | the file says what it said |
 * | applied | it is in force now |
 * | withheld | a guard keeps the one before in force |
 * | invalid | it has problems, and the one before stays in force |
 * | failed | a defect: it could not be read or taken up |
 */
export type ReloadOutcome = { readonly cause: ReloadCause; readonly at: number } & (
  | { readonly type: 'unchanged' }
  | { readonly type: 'applied'; readonly change: FileChange }
  | { readonly type: 'withheld'; readonly verdicts: readonly FileVerdict[]; readonly change: FileChange }
  | { readonly type: 'invalid'; readonly problems: readonly ConfigProblem[] }
  | { readonly type: 'failed'; readonly error: Error }
);
