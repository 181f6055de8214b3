import { relative } from 'node:path';

/** A fault of a document, with the place to look at. Line and column count from 1. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly rule: string;
  readonly message: string;
}

/** One line that editors and terminals turn into a link: `specs/a.yaml:12:5 rule: message`. */
export function formatProblem(problem: Problem, cwd: string = process.cwd()): string {
  const { line, column, rule, message } = problem;
  return `${relative(cwd, problem.file)}:${line}:${column} ${rule}: ${message}`;
}

/** Documents that nothing can be made from; carries every problem found, not only the first. */
export class InvalidSpecError extends Error {
  override readonly name = 'InvalidSpecError' as const;
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map((problem) => formatProblem(problem)).join('\n'));
    this.problems = problems;
  }
}
