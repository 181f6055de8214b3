/** A filter that is not valid in the Jayway dialect; `position` counts characters from 0. */
export class FilterSyntaxError extends Error {
  override readonly name = 'FilterSyntaxError' as const;
  readonly position: number;

  constructor(what: string, position: number) {
    super(`${what} at character ${position}`);
    this.position = position;
  }
}

/** Walks over the text of a filter. */
export class Reader {
  readonly text: string;
  position = 0;

  constructor(text: string) {
    this.text = text;
  }

  get current(): string {
    return this.text.charAt(this.position);
  }

  get atEnd(): boolean {
    return this.position >= this.text.length;
  }

  skipBlanks(): void {
    while (!this.atEnd && /\s/.test(this.current)) this.position++;
  }

  /** Takes `token` if it comes next. */
  take(token: string): boolean {
    if (!this.text.startsWith(token, this.position)) return false;
    this.position += token.length;
    return true;
  }

  expect(token: string): void {
    if (!this.take(token)) this.fail(this.atEnd ? `expected ${token} before the end` : `expected ${token}`);
  }

  takeWhile(fits: (character: string) => boolean): string {
    const start = this.position;
    while (!this.atEnd && fits(this.current)) this.position++;
    return this.text.slice(start, this.position);
  }

  /** Text up to the next `end` that no backslash precedes; the reader stands behind it then. */
  takeUntilUnescaped(end: string, what: string): string {
    const start = this.position;
    while (!this.atEnd) {
      if (this.current === '\\') this.position++;
      else if (this.current === end) return this.text.slice(start, this.position++);
      this.position++;
    }
    this.position = start;
    return this.fail(`${what} does not end`);
  }

  fail(what: string): never {
    throw new FilterSyntaxError(what, this.position);
  }
}

/** The text that an escaped one means. */
export function unescape(text: string): string {
  return text.replace(/\\(u[0-9a-fA-F]{4}|.)/gs, (_, code: string) => {
    if (code.length > 1) return String.fromCodePoint(Number.parseInt(code.slice(1), 16));
    return { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }[code] ?? code;
  });
}

export function isBlank(character: string): boolean {
  return /\s/.test(character);
}
