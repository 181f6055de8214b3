import { exactNumber } from './exact-number.js';

/**
 * How numbers are written: as they stand but for a fraction of zeros, or the way JavaScript writes them, with all their
 * digits.
 */
export type NumberForm = 'as-written' | 'shortest';

/** As deep as any payload goes, and far from the end of the stack. */
const DEEPEST = 200;
const LITERAL = /true|false|null|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/y;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * The canonical form of a JSON text: members sorted by UTF-16 unit at every level, no blanks, the order of lists kept,
 * whole numbers without a fraction. Works on the text: a value would have lost the digits that do not fit into a
 * number, and would have put names that look like integers first.
 *
 * Undefined when there is no such form: it is not JSON, it is nested too deeply, or an object has two members of the
 * same name. Of those a parser keeps one, another parser the other, so they could mean what was never signed.
 */
export function canonicalJson(text: string, numbers: NumberForm): string | undefined {
  try {
    return new Canonicalizer(text, numbers).run();
  } catch (error) {
    if (error instanceof NoCanonicalForm) return undefined;
    throw error;
  }
}

class NoCanonicalForm extends Error {
  override readonly name = 'NoCanonicalForm' as const;
}

class Canonicalizer {
  readonly #text: string;
  readonly #numbers: NumberForm;
  #at = 0;

  constructor(text: string, numbers: NumberForm) {
    this.#text = text;
    this.#numbers = numbers;
  }

  run(): string {
    const canonical = this.#value(0);
    this.#skipBlanks();
    if (this.#at !== this.#text.length) throw new NoCanonicalForm();
    return canonical;
  }

  #value(depth: number): string {
    if (depth > DEEPEST) throw new NoCanonicalForm();
    this.#skipBlanks();
    switch (this.#text.charAt(this.#at)) {
      case '{':
        return this.#object(depth);
      case '[':
        return this.#list(depth);
      case '"':
        return JSON.stringify(this.#string());
      default:
        return this.#literal();
    }
  }

  #object(depth: number): string {
    const members = new Map<string, string>();
    this.#at++;
    if (this.#take('}')) return '{}';
    do {
      this.#skipBlanks();
      const name = this.#string();
      if (members.has(name) || !this.#take(':')) throw new NoCanonicalForm();
      members.set(name, this.#value(depth + 1));
    } while (this.#take(','));
    if (!this.#take('}')) throw new NoCanonicalForm();
    const sorted = [...members].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `{${sorted.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`;
  }

  #list(depth: number): string {
    const items: string[] = [];
    this.#at++;
    if (this.#take(']')) return '[]';
    do items.push(this.#value(depth + 1));
    while (this.#take(','));
    if (!this.#take(']')) throw new NoCanonicalForm();
    return `[${items.join(',')}]`;
  }

  #string(): string {
    const start = this.#at;
    if (this.#text[start] !== '"') throw new NoCanonicalForm();
    let end = start + 1;
    for (let unit = this.#text.charCodeAt(end); unit !== QUOTE && end < this.#text.length;) {
      end += unit === BACKSLASH ? 2 : 1;
      unit = this.#text.charCodeAt(end);
    }
    this.#at = end + 1;
    try {
      return String(JSON.parse(this.#text.slice(start, this.#at)));
    } catch {
      // Not a string of JSON, which is all that can be wrong with it.
      throw new NoCanonicalForm();
    }
  }

  #literal(): string {
    LITERAL.lastIndex = this.#at;
    const found = LITERAL.exec(this.#text);
    if (found === null) throw new NoCanonicalForm();
    this.#at = LITERAL.lastIndex;
    const [literal, number] = found;
    if (number === undefined) return literal;
    return this.#numbers === 'shortest' ? exactNumber(number) : number.replace(/\.0+$/, '');
  }

  /** Takes the character if it is next, behind blanks. */
  #take(character: string): boolean {
    this.#skipBlanks();
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #skipBlanks(): void {
    for (;;) {
      const unit = this.#text.charCodeAt(this.#at);
      // Blank, line feed, carriage return, tab.
      if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return;
      this.#at++;
    }
  }
}
