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
  if (!('value' in source)) throw new ConfigError(path, source);

  const { value, problems: unresolved } = interpolate(source.value, surroundings);
  const problems = unresolved.map(({ path: at, message, remedy }): ConfigProblem => ({
    place: source.place(at),
    path: pathText(at),
    message,
    remedy,
  }));
  const parsed = desiredFileSchema.safeParse(value);
  const reported = new Set(problems.map((problem) => problem.path));
  const issues = describeIssues(parsed.error?.issues ?? [], desiredFileSchema, value, source);
  problems.push(...issues.filter((problem) => !reported.has(problem.path)), ...crossCheck(value, source));
  if (!parsed.success || problems.length > 0) throw new ConfigError(path, problems.toSorted(byPlace));

  const hash = createHash('sha256').update(text).digest('hex');
  return { path, hash, ...resolveFile(parsed.data, source) };
}

function byPlace(a: ConfigProblem, b: ConfigProblem): number {
  const [lineA = 0, columnA = 0] = position(a);
  const [lineB = 0, columnB = 0] = position(b);
  return lineA - lineB || columnA - columnB;
}

function position({ place }: ConfigProblem): number[] {
  return place.split(':').slice(-2).map(Number);
}
