import { Composer, type Document, type LineCounter, Lexer, Parser, YAMLParseError } from 'yaml';

/** Why a text is not composed to its end. */
export class TextLimitError extends Error {
  constructor(
    readonly offset: number,
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

/** Collections inside collections; the format needs eight. */
export const MAX_DEPTH = 64;
/** Open collections of the parser, which has up to two for each level. */
const MAX_OPEN = 2 * MAX_DEPTH + 16;
/** Ten thousand tenants of thirty lines each have fewer. */
const MAX_WORDS = 3_000_000;
const MAX_WORD_LENGTH = 1_000_000;
/** Whoever has more of them is better helped by the first ones. */
const MAX_ERRORS = 100;

/**
 * As `parseDocument` of yaml, but with an end to what a text may cost: it stops in the middle of one that is too deep, too
 * long or all wrong. Throws a {@link TextLimitError}. Whether keys stand twice is not looked at, which takes the square of
 * their number there.
 */
export function compose(text: string, lines: LineCounter): Document.Parsed {
  const composer = new Composer({ lineCounter: lines, prettyErrors: false, stringKeys: true, uniqueKeys: false });
  let first: Document.Parsed | undefined;
  for (const document of composer.compose(tokens(text, lines), true, text.length)) {
    if (first) {
      const [from, to] = document.range;
      first.errors.push(new YAMLParseError([from, to], 'MULTIPLE_DOCS', 'the file has more than one document'));
      break;
    }
    first = document;
  }
  if (!first) throw new TypeError('yaml composed no document');
  return first;
}

function* tokens(text: string, lines: LineCounter): ReturnType<Parser['parse']> {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  let words = 0;
  let errors = 0;
  for (const word of new Lexer().lex(text)) {
    if (++words > MAX_WORDS) throw tooLong();
    if (word.length > MAX_WORD_LENGTH) {
      throw new TextLimitError(parser.offset, 'a single value of more than a million characters', 'shorten it');
    }
    for (const token of parser.next(word)) {
      if (token.type === 'error') errors++;
      yield token;
    }
    if (parser.stack.length > MAX_OPEN) throw tooDeep(0);
    if (errors >= MAX_ERRORS) return;
  }
  yield* parser.end();
}

export function tooLong(): TextLimitError {
  return new TextLimitError(0, 'has too much in it', 'split the tenants over several files');
}

export function tooDeep(offset: number): TextLimitError {
  return new TextLimitError(offset, `nested more than ${MAX_DEPTH} levels deep`, 'remove the surplus brackets');
}
