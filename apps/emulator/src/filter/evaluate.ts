import { isJsonList, isJsonObject, type Json } from '../json.js';
import { unreachable } from '../unreachable.js';
import { isIndefinite, type Operand, type PathNode, type Predicate, type Step } from './ast.js';
import { EvaluationError, relate, UNDEFINED, type Found, type Value } from './relate.js';

/** Where a predicate is judged: the whole payload and the value under test. */
export interface Scope {
  readonly root: Json;
  readonly current: Json;
}

/** One value for a definite path, a list (perhaps empty) for an indefinite one. Throws `EvaluationError`. */
export function valueAt(path: PathNode, scope: Scope): Found {
  const values = valuesAt(path, scope);
  const aggregated = path.steps.at(-1)?.kind === 'function';
  if (isIndefinite(path) && !aggregated) return values;
  const [first] = values;
  return first === undefined ? UNDEFINED : first;
}

function valuesAt(path: PathNode, scope: Scope): readonly Json[] {
  let values: readonly Json[] = [path.root === '$' ? scope.root : scope.current];
  let indefinite = false;
  for (const step of path.steps) {
    if (step.kind === 'function')
      values = (indefinite ? [values] : values).map((value) => applyFunction(step.name, value));
    else values = values.flatMap((value) => stepFrom(value, step, scope));
    indefinite ||= isIndefinite({ kind: 'path', root: '$', steps: [step] });
  }
  return values;
}

function stepFrom(value: Json, step: Exclude<Step, { kind: 'function' }>, scope: Scope): readonly Json[] {
  switch (step.kind) {
    case 'properties':
      return propertiesOf(value, step.names);
    case 'indices':
      return isJsonList(value) ? step.indices.flatMap((index) => itemsAt(value, index)) : [];
    case 'slice':
      return isJsonList(value) ? value.slice(step.from ?? 0, step.to) : [];
    case 'wildcard':
      return childrenOf(value);
    case 'scan':
      return [value, ...childrenOf(value).flatMap((child) => stepFrom(child, step, scope))];
    case 'filter':
      return candidatesIn(value).filter((candidate) =>
        passes(step.predicate, { root: scope.root, current: candidate }),
      );
    default:
      return unreachable(step);
  }
}

/** On an object a predicate judges the object itself, on a list each of its items. */
function candidatesIn(value: Json): readonly Json[] {
  if (isJsonList(value)) return value;
  return isJsonObject(value) ? [value] : [];
}

function passes(predicate: Predicate, scope: Scope): boolean {
  try {
    return holds(predicate, scope);
  } catch (error) {
    if (error instanceof EvaluationError) return false;
    throw error;
  }
}

function holds(predicate: Predicate, scope: Scope): boolean {
  switch (predicate.kind) {
    case 'and':
      return holds(predicate.left, scope) && holds(predicate.right, scope);
    case 'or':
      return holds(predicate.left, scope) || holds(predicate.right, scope);
    case 'not':
      return !holds(predicate.operand, scope);
    case 'exists':
      // An indefinite path always gives a list, if an empty one, and so "exists".
      return (isIndefinite(predicate.path) || valuesAt(predicate.path, scope).length > 0) === predicate.wanted;
    case 'relation':
      return relate(valueOf(predicate.left, scope), predicate.operator, valueOf(predicate.right, scope));
    default:
      return unreachable(predicate);
  }
}

function valueOf(operand: Operand, scope: Scope): Value {
  if (operand.kind === 'path') return valueAt(operand, scope);
  return operand.kind === 'pattern' ? operand.pattern : operand.value;
}

function propertiesOf(value: Json, names: readonly string[]): readonly Json[] {
  if (!isJsonObject(value)) return [];
  const found = names.flatMap((name): [string, Json][] => {
    const member = Object.hasOwn(value, name) ? value[name] : undefined;
    return member === undefined ? [] : [[name, member]];
  });
  // Several names make one object of the members found.
  return names.length === 1 ? found.map(([, member]) => member) : [Object.fromEntries(found)];
}

function itemsAt(list: readonly Json[], index: number): readonly Json[] {
  const item = list.at(index);
  return item === undefined ? [] : [item];
}

function childrenOf(value: Json): readonly Json[] {
  if (isJsonList(value)) return value;
  return isJsonObject(value) ? Object.values(value) : [];
}

function applyFunction(name: string, input: Json): Json {
  switch (name) {
    case 'length':
    case 'size':
      return lengthOf(input);
    case 'keys':
      return isJsonObject(input) ? Object.keys(input) : fail(name);
    case 'first':
    case 'last':
      return isJsonList(input) ? (input.at(name === 'first' ? 0 : -1) ?? fail(name)) : fail(name);
    case 'min':
      return Math.min(...numbersIn(input));
    case 'max':
      return Math.max(...numbersIn(input));
    case 'sum':
      return sumOf(numbersIn(input));
    case 'avg':
      return sumOf(numbersIn(input)) / numbersIn(input).length;
    default:
      return fail(name);
  }
}

function lengthOf(input: Json): number {
  if (typeof input === 'string' || isJsonList(input)) return input.length;
  return isJsonObject(input) ? Object.keys(input).length : fail('length');
}

function numbersIn(input: Json): readonly number[] {
  const numbers = isJsonList(input) ? input.filter((item) => typeof item === 'number') : [];
  return numbers.length > 0 ? numbers : fail('aggregation');
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

function fail(name: string): never {
  throw new EvaluationError(`function ${name}() does not work here`);
}
