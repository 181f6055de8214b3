import type { ErrorObject } from 'ajv';

const AT_MOST = 12;
const AT_MOST_OF_A_UNION = 4;

/**
 * One line for each problem, as `place: what`. Where a value fits none of several shapes, only the deepest complaints
 * are kept: they come from the shape that fitted best. If those are many, one line says that nothing fitted.
 */
export function describeProblems(errors: readonly ErrorObject[]): string[] {
  const unions = errors.filter(isUnion);
  const outermost = unions.filter(
    (union, index) =>
      !unions.some((other) => other.instancePath !== union.instancePath && isUnder(union, other)) &&
      unions.findIndex((other) => other.instancePath === union.instancePath) === index,
  );
  const outside = errors.filter((error) => !outermost.some((union) => error === union || isUnder(error, union)));
  const inside = outermost.flatMap((union) => describeUnion(union, errors));
  return [...new Set([...outside.map(describe), ...inside])].slice(0, AT_MOST);
}

function describeUnion(union: ErrorObject, errors: readonly ErrorObject[]): string[] {
  const under = errors.filter((error) => !isUnion(error) && isUnder(error, union));
  const deepest = Math.max(...under.map(depthOf));
  const lines = [...new Set(under.filter((error) => depthOf(error) === deepest).map(describe))];
  return lines.length > AT_MOST_OF_A_UNION ? [`${placeOf(union)}: fits none of the allowed shapes`] : lines;
}

function describe(error: ErrorObject): string {
  return `${placeOf(error)}: ${error.message ?? 'is not valid'}${hintOf(error)}`;
}

function isUnion(error: ErrorObject): boolean {
  return error.keyword === 'oneOf' || error.keyword === 'anyOf';
}

function isUnder(error: ErrorObject, union: ErrorObject): boolean {
  return error.instancePath === union.instancePath || error.instancePath.startsWith(`${union.instancePath}/`);
}

function depthOf(error: ErrorObject): number {
  return error.instancePath.split('/').length;
}

/** `/configuration/eventsConfiguration/0` → `configuration.eventsConfiguration[0]`; the top is `body`. */
function placeOf(error: ErrorObject): string {
  const place = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : path === '' ? part : `${path}.${part}`), '');
  return place === '' ? 'body' : place;
}

function hintOf(error: ErrorObject): string {
  const params: Readonly<Record<string, unknown>> = error.params;
  if (error.keyword === 'enum') return ` (${JSON.stringify(params['allowedValues'])})`;
  if (error.keyword === 'const') return ` (${JSON.stringify(params['allowedValue'])})`;
  return '';
}
