import type { ErrorObject, ValidateFunction } from 'ajv';
import { isObject } from '../json.js';

const AT_MOST = 12;
const AT_MOST_WITHOUT_SHAPE = 4;
/** A value that breaks one of these belongs to another shape of a union. */
const TELLING = new Set(['const', 'enum', 'pattern']);

/** Finds the validator of a `$ref`. */
export type FindValidator = (reference: string) => ValidateFunction | undefined;

/**
 * One line for each problem, as `place: what`. Where a value fits none of several shapes, the complaints are those of
 * the shape that fits best; needs errors that carry `data` and `schema`.
 */
export function describeProblems(errors: readonly ErrorObject[], find: FindValidator): string[] {
  return [...new Set(explain(errors, '', find))].slice(0, AT_MOST);
}

function explain(errors: readonly ErrorObject[], prefix: string, find: FindValidator): string[] {
  const unions = errors.filter(({ keyword }) => keyword === 'oneOf' || keyword === 'anyOf');
  const places = [...new Set(unions.map(({ instancePath }) => instancePath))];
  const outermost = places.filter((place) => !places.some((other) => other !== place && isUnder(place, other)));
  const outside = errors.filter(({ instancePath }) => !outermost.some((place) => isUnder(instancePath, place)));
  return [
    ...outside.map((error) => describe(error, prefix)),
    ...outermost.flatMap((place) =>
      unions.filter(({ instancePath }) => instancePath === place).flatMap((union) => explainUnion(union, prefix, find)),
    ),
  ];
}

function explainUnion(union: ErrorObject, prefix: string, find: FindValidator): string[] {
  const place = prefix + union.instancePath;
  const attempts = branchesOf(union, find).map((validate) => {
    validate(union.data);
    return validate.errors ?? [];
  });
  const best = attempts.toSorted((a, b) => misfit(a) - misfit(b) || a.length - b.length)[0] ?? [];
  if (misfit(best) === 0) return explain(best, place, find);
  const telling = attempts.flat().filter(({ keyword }) => TELLING.has(keyword));
  const lines = [...new Set(telling.map((error) => describe(error, place)))];
  return lines.length > AT_MOST_WITHOUT_SHAPE ? [`${nameOf(place)}: fits none of the allowed shapes`] : lines;
}

function branchesOf(union: ErrorObject, find: FindValidator): ValidateFunction[] {
  const branches: readonly unknown[] = Array.isArray(union.schema) ? union.schema : [];
  return branches.flatMap((branch) => {
    const validate = isObject(branch) && typeof branch['$ref'] === 'string' ? find(branch['$ref']) : undefined;
    return validate === undefined ? [] : [validate];
  });
}

/** How plainly the value says that it is of another shape. */
function misfit(errors: readonly ErrorObject[]): number {
  return errors.filter(({ keyword, instancePath }) => TELLING.has(keyword) && instancePath.split('/').length === 2)
    .length;
}

function isUnder(place: string, other: string): boolean {
  return place === other || place.startsWith(`${other}/`);
}

function describe(error: ErrorObject, prefix: string): string {
  return `${nameOf(prefix + error.instancePath)}: ${error.message ?? 'is not valid'}${hintOf(error)}`;
}

/** `/configuration/eventsConfiguration/0` → `configuration.eventsConfiguration[0]`; the top is `body`. */
function nameOf(pointer: string): string {
  const parts = pointer.split('/').slice(1);
  const name = parts
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : `${path}.${part}`), '');
  return name === '' ? 'body' : name.replace(/^\./, '');
}

function hintOf(error: ErrorObject): string {
  const params: Readonly<Record<string, unknown>> = error.params;
  if (error.keyword === 'enum') return ` (${JSON.stringify(params['allowedValues'])})`;
  return error.keyword === 'const' ? ` (${JSON.stringify(params['allowedValue'])})` : '';
}
