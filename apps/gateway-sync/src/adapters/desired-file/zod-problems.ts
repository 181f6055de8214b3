import { z } from 'zod';
import { nearest } from '../../core/nearest.js';
import type { ConfigProblem } from '../../core/errors.js';
import { pathText, type Path, type Source } from './document.js';

type Issue = z.core.$ZodIssue;

/** Of one mapping; where each stands is searched for among all. */
const MAX_KEYS = 100;

/** Says every issue in the words of the file's author, with the place and what to do about it. No value is repeated. */
export function describeIssues(
  issues: readonly Issue[],
  schema: z.ZodType,
  value: unknown,
  source: Source,
): ConfigProblem[] {
  return issues.flatMap((issue): ConfigProblem[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.slice(0, MAX_KEYS).map((key) => {
        const ofTenants = keysOf(schema, ['defaults', ...issue.path]).includes(key);
        return unknownKey(issue.path, key, { known: keysOf(schema, issue.path), ofTenants }, source);
      });
    }
    return [
      { place: source.place(issue.path), path: pathText(issue.path), ...explain(issue, valueAt(value, issue.path)) },
    ];
  });
}

interface Keys {
  /** Of the mapping in which the key stands. */
  readonly known: readonly string[];
  /** Whether a tenant has the key, under the same path. */
  readonly ofTenants: boolean;
}

function unknownKey(path: Path, key: string, { known, ofTenants }: Keys, source: Source): ConfigProblem {
  const full = pathText([...path, key]);
  return {
    place: source.placeOfKey(path, key),
    path: full,
    message: `there is no key ${key} here`,
    remedy: remedyFor(full, key, { known, ofTenants }),
  };
}

function remedyFor(full: string, key: string, { known, ofTenants }: Keys): string {
  if (ofTenants) return `write ${full} under the tenant or defaults`;
  const meant = nearest(key, known);
  return meant.length > 0 ? `did you mean ${meant.join(' or ')}?` : `known keys: ${known.join(', ')}`;
}

function explain(issue: Issue, value: unknown): { message: string; remedy?: string } {
  if (value === undefined) return { message: 'is missing', remedy: 'add it' };
  if (issue.code === 'invalid_type') {
    const found = issue.expected === 'int' && typeof value === 'number' ? '' : `, not ${article(kindOf(value))}`;
    return { message: `must be ${article(issue.expected)}${found}` };
  }
  if (issue.code === 'invalid_value') return explainOptions(issue.values.map(String), value);
  if (issue.code === 'too_small') {
    if (issue.origin === 'array') return { message: `must have at least ${entries(issue.minimum)}` };
    const least = `must be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
    return { message: issue.origin === 'string' ? 'must not be empty' : least };
  }
  if (issue.code === 'too_big') {
    if (issue.origin === 'array') return { message: `must have at most ${entries(issue.maximum)}` };
    const unit = issue.origin === 'string' ? ' characters' : '';
    return { message: `must be ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}${unit}` };
  }
  return { message: issue.message };
}

function explainOptions(options: readonly string[], value: unknown): { message: string; remedy?: string } {
  const meant = typeof value === 'string' ? nearest(value, options) : [];
  return {
    message: `must be ${options.join(' or ')}`,
    ...(meant.length > 0 && { remedy: `did you mean ${meant.join(' or ')}?` }),
  };
}

function entries(count: number | bigint): string {
  return `${count} ${Number(count) === 1 ? 'entry' : 'entries'}`;
}

function kindOf(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'list';
  return typeof value === 'object' ? 'mapping' : typeof value;
}

const PLAIN_NAMES: Readonly<Record<string, string>> = {
  nothing: 'nothing',
  array: 'a list',
  list: 'a list',
  object: 'a mapping',
  mapping: 'a mapping',
  int: 'a whole number',
  string: 'text',
  boolean: 'true or false',
};

function article(kind: string): string {
  return PLAIN_NAMES[kind] ?? `a ${kind}`;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (node, step) =>
      typeof node === 'object' && node !== null && Object.hasOwn(node, step) ? Reflect.get(node, step) : undefined,
    value,
  );
}

/** Keys that the schema knows of the mapping at a path. */
function keysOf(schema: z.ZodType, path: Path): string[] {
  let here: z.core.$ZodType = unwrap(schema);
  for (const step of path) {
    const next = here instanceof z.ZodObject ? here.shape[String(step)] : elementOf(here);
    if (!next) return [];
    here = unwrap(next);
  }
  return here instanceof z.ZodObject ? Object.keys(here.shape) : [];
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional ? unwrap(schema.unwrap()) : schema;
}

function elementOf(schema: z.core.$ZodType): z.core.$ZodType | undefined {
  return schema instanceof z.ZodArray ? schema.element : undefined;
}
