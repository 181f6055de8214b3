import type { ObservedHeaders } from './delivery.js';
import {
  isSecretUrl,
  literal,
  looksSecret,
  reference,
  type DumpNote,
  type DumpPath,
  type Variables,
} from './dump-words.js';
import type { JsonObject } from './json.js';
import { compareText } from './order.js';
import { Secret } from './secret.js';

/** A part of a dump: what the file says, and what a reader has to know of it. */
export interface Dumped<Value> {
  readonly value: Value;
  readonly notes: readonly DumpNote[];
}

/** Writes values that may be secret; `owner` are the words that begin the names of variables, such as the tenant. */
export class ValueWriter {
  constructor(
    private readonly variables: Variables,
    private readonly owner: readonly string[],
  ) {}

  url(url: string, path: DumpPath): Dumped<string> {
    if (!isSecretUrl(url)) return { value: literal(url), notes: [] };
    const variable = this.variables.add([...this.owner, String(path.at(-1))], new Secret(url));
    const message = `set ${variable} to the address as the service shows it; it carries a secret`;
    return { value: reference(variable), notes: [{ path, message }] };
  }

  headers(headers: ObservedHeaders, path: DumpPath): Dumped<JsonObject> {
    const notes: DumpNote[] = [];
    const entries = Object.entries(headers).toSorted(([a], [b]) => compareText(a, b));
    const value = entries.map(([name, secret]): [string, JsonObject] => {
      if (!looksSecret(name, secret)) return [name, { value: literal(secret.reveal()) }];
      const variable = this.variables.add([...this.owner, name], secret);
      notes.push({
        path: [...path, name],
        message: `set ${variable} to the value of this header as the service shows it; it looks secret`,
      });
      return [name, { value: reference(variable), secret: true }];
    });
    return { value: Object.fromEntries(value), notes };
  }

  /** The same for something inside, such as a target. */
  within(word: string): ValueWriter {
    return new ValueWriter(this.variables, [...this.owner, word]);
  }
}
