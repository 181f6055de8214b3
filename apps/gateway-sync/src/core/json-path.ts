/** What is wrong with a filter, and where. */
export interface JsonPathProblem {
  /** From 1, in characters. */
  readonly column: number;
  readonly reason: string;
}

/**
 * Checks a filter in the Jayway dialect of JsonPath as far as it can be told to be broken without evaluating it: brackets,
 * quotes, predicates and their operators. Names and functions are taken as they come, for the service knows more of them.
 */
export function jsonPathProblem(text: string): JsonPathProblem | undefined {
  try {
    new Checker(text).filter();
    return undefined;
  } catch (error) {
    if (error instanceof Broken) return { column: error.position + 1, reason: error.message };
    throw error;
  }
}

class Broken extends Error {
  constructor(
    reason: string,
    readonly position: number,
  ) {
    super(reason);
  }
}

const OPERATORS: ReadonlySet<string> = new Set(
  '== === != !== < <= > >= =~ in nin contains all size empty exists subsetof anyof noneof type matches'.split(' '),
);

class Checker {
  #position = 0;

  constructor(private readonly text: string) {}

  filter(): void {
    this.#skipBlanks();
    if (this.#atEnd) this.#fail('it is empty');
    // The leading `$.` may be left out.
    if (!this.#take(/[$@]/y) && !this.#take(/[\w*]+/y)) this.#fail('a path starts with $');
    this.#steps(false);
    this.#skipBlanks();
    if (!this.#atEnd) this.#fail('a path ends here, and something follows');
  }

  #steps(inPredicate: boolean): void {
    for (;;) {
      if (this.#at('[')) this.#brackets();
      else if (this.#take(/\.\.?/y)) this.#name(inPredicate);
      else return;
    }
  }

  #name(inPredicate: boolean): void {
    const start = this.#position;
    if (this.#at('[') || this.#take(/\*/y)) return;
    const name = this.#take(inPredicate ? /[^\s.[\]()<>=~!]+/y : /[^\s.[\]()]+/y);
    if (name === undefined) this.#fail('a name is missing');
    const joined = name?.search(/&&|\|\|/) ?? -1;
    if (joined >= 0) this.#fail(`a blank is missing before ${name?.slice(joined, joined + 2)}`, start + joined);
    if (this.#at('(')) this.#enclosed('(', ')');
  }

  #brackets(): void {
    const start = this.#position;
    this.#take(/\[\s*/y);
    if (this.#take(/\?/y)) {
      this.#skipBlanks();
      if (!this.#at('(')) this.#fail('a predicate stands in parentheses: [?(…)]');
      this.#group();
      this.#skipBlanks();
      if (!this.#take(/\]/y))
        this.#fail(this.#atEnd ? 'the bracket is never closed' : 'expected ]', this.#atEnd ? start : undefined);
      return;
    }
    this.#position = start;
    const content = this.#enclosed('[', ']').slice(1, -1).trim();
    if (content === '') this.#fail('the brackets are empty', start);
    if (!/^(?:\*|-?\d*\s*:\s*-?\d*|-?\d+(?:\s*,\s*-?\d+)*|['"].*['"])$/s.test(content)) {
      this.#fail('brackets hold a quoted name, a number, * or a predicate', start);
    }
  }

  #group(): void {
    const start = this.#position;
    this.#take(/\(/y);
    this.#skipBlanks();
    if (this.#at(')')) this.#fail('the predicate is empty', start);
    this.#predicate();
    this.#skipBlanks();
    if (this.#atEnd) this.#fail('the parenthesis is never closed', start);
    if (!this.#take(/\)/y)) this.#fail('expected ), && or ||');
  }

  #predicate(): void {
    do {
      this.#skipBlanks();
      while (this.#take(/!\s*/y));
      if (this.#at('(')) this.#group();
      else this.#relation();
      this.#skipBlanks();
    } while (this.#take(/&&|\|\|/y));
  }

  #relation(): void {
    const isPath = this.#operand();
    this.#skipBlanks();
    const start = this.#position;
    const operator = this.#take(/[<>=~!]+|[A-Za-z]+/y);
    if (operator === undefined) {
      if (!isPath) this.#fail('an operator is missing');
      return;
    }
    if (!OPERATORS.has(operator.toLowerCase())) this.#fail(`there is no operator ${operator}`, start);
    this.#operand();
  }

  /** Whether it was a path. */
  #operand(): boolean {
    this.#skipBlanks();
    if (this.#take(/[$@]/y)) {
      this.#steps(true);
      return true;
    }
    if (this.#at("'") || this.#at('"')) this.#quoted();
    else if (this.#at('[')) this.#enclosed('[', ']');
    else if (this.#at('{')) this.#enclosed('{', '}');
    else if (this.#at('/')) this.#pattern();
    else if (this.#take(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y) === undefined)
      this.#fail('a value is missing');
    return false;
  }

  #pattern(): void {
    if (this.#take(/\/(?:[^/\\]|\\.)*\/\w*/sy) === undefined) this.#fail('the regular expression does not end');
  }

  #quoted(): void {
    if (this.#take(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/sy) === undefined) this.#fail('the quotes are never closed');
  }

  /** Takes text in brackets that may hold others, and quotes. */
  #enclosed(open: string, close: string): string {
    const start = this.#position;
    let depth = 0;
    do {
      if (this.#atEnd) this.#fail('the bracket is never closed', start);
      if (this.#at("'") || this.#at('"')) {
        this.#quoted();
        continue;
      }
      if (this.#at(open)) depth++;
      if (this.#at(close)) depth--;
      this.#position++;
    } while (depth > 0);
    return this.text.slice(start, this.#position);
  }

  get #atEnd(): boolean {
    return this.#position >= this.text.length;
  }

  #at(character: string): boolean {
    return this.text.charAt(this.#position) === character;
  }

  /** Takes what a sticky pattern matches here. */
  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#position;
    const match = pattern.exec(this.text)?.[0];
    if (match !== undefined) this.#position += match.length;
    return match;
  }

  #skipBlanks(): void {
    this.#take(/\s*/y);
  }

  #fail(reason: string, position = this.#position): never {
    throw new Broken(reason, position);
  }
}
