import { isRecord } from './is-record.js';

const MASK = '[secret]';

/** Shorter values would blacken ordinary words. */
const MIN_LENGTH = 4;

/** Tokens change every few hours; old ones are worth hiding for a while. */
const MAX_REMEMBERED = 256;

/** Shapes of secrets that we may never have seen before. */
const PATTERNS: ReadonlyArray<readonly [RegExp, string]> = [
  [/\b(bearer|basic)\s+[^\s"'<>,;]+/gi, `$1 ${MASK}`],
  [/\b(?:app|test)sk_[\w.-]+/g, MASK],
  [/\bwh(?:sec|sk1?)_[\w+/=%-]+/g, MASK],
  [/(https?:\/\/)[^\s/?#@"'<>]+@/gi, `$1${MASK}@`],
  [/#key=[^\s"'<>]+/g, `#key=${MASK}`],
  [
    /\b((?:access|refresh)_?token|client_?secret|secret_?key|api_?key)(["']?\s*[:=]\s*["']?)[^\s"'<>&,;}]+/gi,
    `$1$2${MASK}`,
  ],
];

/** Hides secrets in text that came from outside: known values, in every usual encoding, and known shapes. */
export class Redactor {
  readonly #secrets: readonly string[];
  /** The newest last. */
  readonly #remembered = new Set<string>();
  /** Made when they are needed: there are many clients, and few errors. */
  #hidden: readonly string[] | undefined;

  /** `secrets` are never forgotten, unlike those that are added later. */
  constructor(...secrets: readonly string[]) {
    this.#secrets = secrets;
  }

  /** Adds values to hide from now on. */
  add(...added: readonly string[]): void {
    for (const secret of added) {
      if (!this.#remembered.delete(secret)) this.#hidden = undefined;
      this.#remembered.add(secret);
    }
    for (const oldest of this.#remembered) {
      if (this.#remembered.size <= MAX_REMEMBERED) break;
      this.#remembered.delete(oldest);
    }
  }

  /** To be handed on by itself. */
  readonly redact = (text: string): string =>
    hide(text, (this.#hidden ??= [...this.#secrets, ...this.#remembered].flatMap(spellings)));
}

/** Deeper parts are masked whole: going through them could exhaust the stack. */
const MAX_DEPTH = 64;

/** A copy of a JSON value with every string in it redacted. */
export function redactStrings(value: unknown, redact: (text: string) => string, depth = 0): unknown {
  if (typeof value === 'string') return redact(value);
  if (typeof value === 'object' && value !== null && depth > MAX_DEPTH) return MASK;
  if (Array.isArray(value)) return value.map((item) => redactStrings(item, redact, depth + 1));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [redact(name), redactStrings(member, redact, depth + 1)]),
  );
}

function hide(text: string, secrets: readonly string[]): string {
  const longestFirst = secrets.toSorted((a, b) => b.length - a.length);
  const withoutKnown = longestFirst.reduce((result, secret) => result.replaceAll(secret, MASK), text);
  return PATTERNS.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), withoutKnown);
}

function spellings(secret: string): string[] {
  if (secret.length < MIN_LENGTH) return [];
  // Who quotes the value of a header may leave the scheme out.
  const bare = /^(?:Bearer|Basic) +(.+)$/is.exec(secret)?.[1];
  return [...writtenAs(secret), ...(bare === undefined ? [] : spellings(bare))];
}

function writtenAs(secret: string): string[] {
  const form = new URLSearchParams({ s: secret }).toString().slice('s='.length);
  return [...new Set([secret, JSON.stringify(secret).slice(1, -1), form, form.replaceAll('+', '%20')])];
}
