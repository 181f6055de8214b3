import type { Json } from '../json.js';
import type { Operand } from './ast.js';
import { unescape, type Reader } from './reader.js';

/** Reads a string, a number, a boolean, null, a list or object in loose JSON, or a regular expression. */
export function parseLiteral(reader: Reader): Operand {
  if (reader.take('/')) return { kind: 'pattern', pattern: parsePattern(reader) };
  return { kind: 'value', value: parseValue(reader, false) };
}

function parsePattern(reader: Reader): RegExp {
  const start = reader.position;
  const source = reader.takeUntilUnescaped('/', 'the regular expression');
  const flags = reader.takeWhile((character) => 'dixmsuU'.includes(character));
  try {
    // The whole text must match. Of Java's flags only these have the same meaning here.
    return new RegExp(`^(?:${source})$`, ['i', 's'].filter((flag) => flags.includes(flag)).join(''));
  } catch {
    reader.position = start;
    return reader.fail('the regular expression is not valid');
  }
}

function parseValue(reader: Reader, loose: boolean): Json {
  reader.skipBlanks();
  const { current } = reader;
  if (current === "'" || current === '"') return parseString(reader);
  if (current === '[') return parseList(reader);
  if (current === '{') return parseObject(reader);
  if (reader.take('true')) return true;
  if (reader.take('false')) return false;
  if (reader.take('null')) return null;
  return parseNumber(reader, loose);
}

function parseString(reader: Reader): string {
  const quote = reader.current;
  reader.position++;
  return unescape(reader.takeUntilUnescaped(quote, 'the text'));
}

function parseNumber(reader: Reader, loose: boolean): Json {
  const start = reader.position;
  const text = reader.takeWhile((character) => /[\d.eE+-]/.test(character));
  if (/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text)) return Number(text);
  reader.position = start;
  const word = loose ? reader.takeWhile((character) => !',]}:'.includes(character)).trim() : '';
  return word === '' ? reader.fail('expected a value') : word;
}

function parseList(reader: Reader): Json[] {
  reader.expect('[');
  const items: Json[] = [];
  for (reader.skipBlanks(); !reader.take(']'); reader.skipBlanks()) {
    if (items.length > 0) reader.expect(',');
    items.push(parseValue(reader, true));
  }
  return items;
}

function parseObject(reader: Reader): Json {
  reader.expect('{');
  const members: [string, Json][] = [];
  for (reader.skipBlanks(); !reader.take('}'); reader.skipBlanks()) {
    if (members.length > 0) reader.expect(',');
    const name = parseName(reader);
    reader.skipBlanks();
    reader.expect(':');
    members.push([name, parseValue(reader, true)]);
  }
  return Object.fromEntries(members);
}

function parseName(reader: Reader): string {
  const name = parseValue(reader, true);
  return typeof name === 'string' ? name : JSON.stringify(name);
}
