import { createHash } from 'node:crypto';
import { ConfigError, type ConfigProblem } from '../../core/errors.js';
import { crossCheck } from './cross-checks.js';
import type { DesiredFile } from './desired-file.js';
import { parseSource, pathText } from './document.js';
import { interpolate, type Surroundings } from './interpolate.js';
import { resolveFile } from './resolve.js';
import { desiredFileSchema } from './schema.js';
import { describeIssues } from './zod-problems.js';

/** Reads the text of a desired-state file. Throws a {@link ConfigError} that lists every problem, in the order of the file. */
export function parseDesiredFile(text: string, path: string, surroundings: Surroundings): DesiredFile {
  const source = parseSource(text, path);
  if (!('value' in source)) throw new ConfigError(path, firstOf(source));

  const { value, problems: unresolved } = interpolate(source.value, surroundings);
  const problems = unresolved.slice(0, MAX_PROBLEMS + 1).map(({ path: at, message, remedy }): ConfigProblem => ({
    place: source.place(at),
    path: pathText(at),
    message,
    remedy,
  }));
  const parsed = desiredFileSchema.safeParse(value);
  const reported = new Set(problems.map((problem) => problem.path));
  const issues = parsed.error?.issues ?? [];
  const described = describeIssues(issues.slice(0, MAX_PROBLEMS + 1), desiredFileSchema, value, source);
  // Where so much is wrong already, what does not fit together says nothing.
  const crossed = issues.length > MAX_PROBLEMS ? [] : crossCheck(value, source);
  const all = [...problems, ...described.filter((problem) => !reported.has(problem.path)), ...crossed];
  if (!parsed.success || all.length > 0) throw new ConfigError(path, firstOf(all.toSorted(byPlace)));

  const hash = createHash('sha256').update(text).digest('hex');
  return { path, hash, ...resolveFile(parsed.data, source) };
}

/** Nobody mends more of them at once, and each costs time and memory. */
const MAX_PROBLEMS = 1_000;

function firstOf(problems: readonly ConfigProblem[]): readonly ConfigProblem[] {
  const next = problems[MAX_PROBLEMS];
  if (!next) return problems;
  const more = {
    ...next,
    path: '',
    message: 'from here on there are more problems',
    remedy: 'correct those before it',
  };
  return [...problems.slice(0, MAX_PROBLEMS), more];
}

function byPlace(a: ConfigProblem, b: ConfigProblem): number {
  const [lineA = 0, columnA = 0] = position(a);
  const [lineB = 0, columnB = 0] = position(b);
  return lineA - lineB || columnA - columnB;
}

function position({ place }: ConfigProblem): number[] {
  return place.split(':').slice(-2).map(Number);
}
