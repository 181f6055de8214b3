import { OPERATORS, type Operand, type Operator, type PathNode, type Predicate, type Step } from './ast.js';
import { parseLiteral } from './parse-literal.js';
import { isBlank, unescape, type Reader } from './reader.js';

/**
 * Reads a path. `ends` tells which characters end it besides a blank; in a predicate these are the relational ones and
 * a closing parenthesis. A logical operator does not end it: `@.a&&@.b` names one property, in Jayway too.
 */
export function parsePath(reader: Reader, ends: (character: string) => boolean): PathNode {
  const root = reader.current === '$' ? '$' : '@';
  reader.position++;
  const steps: Step[] = [];
  while (!reader.atEnd && !isBlank(reader.current) && !ends(reader.current)) {
    if (reader.current === '[') steps.push(parseBrackets(reader));
    else if (reader.take('.')) steps.push(...parseDot(reader, ends));
    else reader.fail('expected . or [');
  }
  return { kind: 'path', root, steps };
}

function parseDot(reader: Reader, ends: (character: string) => boolean): Step[] {
  const scan: Step[] = reader.take('.') ? [{ kind: 'scan' }] : [];
  if (reader.take('*')) return [...scan, { kind: 'wildcard' }];
  if (reader.current === '[') return [...scan, parseBrackets(reader)];
  const name = reader.takeWhile((character) => !isBlank(character) && !'.[('.includes(character) && !ends(character));
  if (name === '') reader.fail('expected a name');
  if (!reader.take('(')) return [...scan, { kind: 'properties', names: [name] }];
  reader.takeWhile((character) => character !== ')');
  reader.expect(')');
  return [...scan, { kind: 'function', name }];
}

function parseBrackets(reader: Reader): Step {
  reader.expect('[');
  reader.skipBlanks();
  const step = parseBracketContent(reader);
  reader.skipBlanks();
  reader.expect(']');
  return step;
}

function parseBracketContent(reader: Reader): Step {
  if (reader.take('*')) return { kind: 'wildcard' };
  if (reader.take('?')) return { kind: 'filter', predicate: parseFilter(reader) };
  if (reader.current === "'" || reader.current === '"') return { kind: 'properties', names: parseNames(reader) };
  return parseIndices(reader);
}

function parseFilter(reader: Reader) {
  reader.skipBlanks();
  reader.expect('(');
  const predicate = parsePredicate(reader);
  reader.skipBlanks();
  reader.expect(')');
  return predicate;
}

function parseNames(reader: Reader): string[] {
  const names: string[] = [];
  do {
    reader.skipBlanks();
    const quote = reader.current;
    if (quote !== "'" && quote !== '"') reader.fail('expected a quoted name');
    reader.position++;
    names.push(unescape(reader.takeUntilUnescaped(quote, 'the name')));
    reader.skipBlanks();
  } while (reader.take(','));
  return names;
}

function parseIndices(reader: Reader): Step {
  const content = reader.takeWhile((character) => character !== ']');
  const slice = /^\s*(-?\d+)?\s*:\s*(-?\d+)?\s*$/.exec(content);
  if (slice !== null && (slice[1] !== undefined || slice[2] !== undefined)) {
    return { kind: 'slice', from: toNumber(slice[1]), to: toNumber(slice[2]) };
  }
  if (/^\s*-?\d+\s*(,\s*-?\d+\s*)*$/.test(content)) return { kind: 'indices', indices: content.split(',').map(Number) };
  return reader.fail('expected a quoted name, a number, * or ?');
}

function toNumber(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

/** Reads `a || b`, where `&&` binds tighter and `!` tightest. Stops before the closing parenthesis. */
function parsePredicate(reader: Reader): Predicate {
  let left = parseConjunction(reader);
  for (reader.skipBlanks(); reader.take('||'); reader.skipBlanks()) {
    left = { kind: 'or', left, right: parseConjunction(reader) };
  }
  return left;
}

function parseConjunction(reader: Reader): Predicate {
  let left = parseOperandOfLogic(reader);
  for (reader.skipBlanks(); reader.take('&&'); reader.skipBlanks()) {
    left = { kind: 'and', left, right: parseOperandOfLogic(reader) };
  }
  return left;
}

function parseOperandOfLogic(reader: Reader): Predicate {
  reader.skipBlanks();
  let negated = false;
  if (reader.take('!')) {
    reader.skipBlanks();
    // In front of a path the mark only turns an existence test around; a comparison ignores it.
    if (reader.current !== '$' && reader.current !== '@') return { kind: 'not', operand: parseOperandOfLogic(reader) };
    negated = true;
  }
  if (!reader.take('(')) return parseRelation(reader, negated);
  const group = parsePredicate(reader);
  reader.skipBlanks();
  reader.expect(')');
  return group;
}

function parseRelation(reader: Reader, negated: boolean): Predicate {
  const left = parseOperand(reader);
  const afterLeft = reader.position;
  const operator = parseOperator(reader);
  if (operator !== undefined) return { kind: 'relation', left, operator, right: parseOperand(reader) };
  reader.position = afterLeft;
  if (left.kind !== 'path') return reader.fail('expected an operator');
  return { kind: 'exists', path: left, wanted: !negated };
}

function parseOperand(reader: Reader): Operand {
  reader.skipBlanks();
  return reader.current === '$' || reader.current === '@' ? parsePathInPredicate(reader) : parseLiteral(reader);
}

function parsePathInPredicate(reader: Reader): PathNode {
  return parsePath(reader, (character) => isRelational(character) || character === ')');
}

function parseOperator(reader: Reader): Operator | undefined {
  reader.skipBlanks();
  const fits = isRelational(reader.current) ? isRelational : (character: string) => /[a-z]/i.test(character);
  const word = reader.takeWhile(fits).toLowerCase();
  return OPERATORS.find((operator) => operator === word);
}

function isRelational(character: string): boolean {
  return character !== '' && '<>=~!'.includes(character);
}
