import { isDeepStrictEqual } from 'node:util';
import { isJsonList, isJsonObject, type Json } from '../json.js';
import { unreachable } from '../unreachable.js';
import type { Operator } from './ast.js';

/** Nothing stands at a path. Differs from null, which is a value. */
export const UNDEFINED = Symbol('undefined');
export type Found = Json | typeof UNDEFINED;

/** A side of a comparison. */
export type Value = Found | RegExp;

/** Raised where Jayway gives up on a value: the predicate around it does not match then. */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError' as const;
}

/** Whether `left operator right` holds in the Jayway dialect. Throws `EvaluationError`. */
export function relate(left: Value, operator: Operator, right: Value): boolean {
  switch (operator) {
    case '==':
      return equals(left, right);
    case '!=':
      return !equals(left, right);
    case '===':
      return kindOf(left) === kindOf(right) && equals(left, right);
    case '!==':
      return !(kindOf(left) === kindOf(right) && equals(left, right));
    case '<':
      return compare(left, right, (order) => order < 0);
    case '<=':
      return compare(left, right, (order) => order <= 0);
    case '>':
      return compare(left, right, (order) => order > 0);
    case '>=':
      return compare(left, right, (order) => order >= 0);
    case '=~':
      return matchesPattern(left, right);
    case 'in':
      return isIn(left, right);
    case 'nin':
      return !isIn(left, right);
    case 'contains':
      return contains(left, right);
    case 'all':
      return isContainer(left) && (!isList(left) || listOf(right).every((item) => has(left, item)));
    case 'size':
      return typeof right === 'number' && sizeOf(left) === Math.trunc(right);
    case 'empty':
      return isEmpty(left) === booleanOf(right);
    case 'exists':
      return booleanOf(left) === booleanOf(right);
    case 'subsetof':
      return isList(left) && left.every((item) => has(listOf(right), item));
    case 'anyof':
      return isList(left) && left.some((item) => has(listOf(right), item));
    case 'noneof':
      return isList(left) && !left.some((item) => has(listOf(right), item));
    case 'type':
    case 'matches':
      throw new EvaluationError(`${operator} needs an argument that cannot be written in a filter`);
    default:
      return unreachable(operator);
  }
}

/** A text and a number are equal as texts when the text stands on the left, as numbers when the number does. */
function equals(left: Value, right: Value): boolean {
  if (left === UNDEFINED || right === UNDEFINED) return false;
  if (typeof left === 'string' && typeof right === 'number') return left === String(right);
  if (typeof left === 'number' && typeof right === 'string') return right.trim() !== '' && left === Number(right);
  if (left instanceof RegExp || right instanceof RegExp) return false;
  return isDeepStrictEqual(left, right);
}

/** Numbers by value, texts by UTF-16 unit, a text with a number as texts; nothing else has an order. */
function compare(left: Value, right: Value, fits: (order: number) => boolean): boolean {
  if (typeof left === 'number' && typeof right === 'number') return fits(left - right);
  if (!isText(left) || !isText(right)) return false;
  const [a, b] = [String(left), String(right)];
  if (a === b) return fits(0);
  return fits(a < b ? -1 : 1);
}

function matchesPattern(left: Value, right: Value): boolean {
  if (left instanceof RegExp) return !(right instanceof RegExp) && matches(left, right);
  return right instanceof RegExp && matches(right, left);
}

function matches(pattern: RegExp, input: Found): boolean {
  return isList(input) ? input.some((item) => pattern.test(textOf(item))) : pattern.test(textOf(input));
}

/** Whatever is no scalar, a missing value included, is matched as the empty text. */
function textOf(value: Found): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function isIn(left: Value, right: Value): boolean {
  return isContainer(right) && !isList(right) ? false : has(listOf(right), left);
}

function contains(left: Value, right: Value): boolean {
  if (typeof left === 'string') return typeof right === 'string' && left.includes(right);
  return isList(left) && has(left, right);
}

function has(list: readonly Json[], wanted: Value): boolean {
  return list.some((item) => equals(wanted, item));
}

function listOf(value: Value): readonly Json[] {
  if (isList(value)) return value;
  throw new EvaluationError('expected a list');
}

function booleanOf(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  throw new EvaluationError('expected true or false');
}

function sizeOf(value: Value): number {
  return typeof value === 'string' || isList(value) ? value.length : -1;
}

function isEmpty(value: Value): boolean | undefined {
  if (typeof value === 'string' || isList(value)) return value.length === 0;
  return isContainer(value) ? Object.keys(value).length === 0 : undefined;
}

function isList(value: Value): value is readonly Json[] {
  return value !== UNDEFINED && !(value instanceof RegExp) && isJsonList(value);
}

function isContainer(value: Value): value is Exclude<Json, null | boolean | number | string> {
  return value !== UNDEFINED && !(value instanceof RegExp) && (isJsonList(value) || isJsonObject(value));
}

function isText(value: Value): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function kindOf(value: Value): string {
  if (value === null) return 'null';
  return isList(value) ? 'list' : typeof value;
}
