import type { Secret } from './secret.js';

/** A step into the document, from the tenant's entry on. */
export type DumpPath = readonly (string | number)[];

/** Something a reader of a dump has to know; it stands above its place. */
export interface DumpNote {
  readonly path: DumpPath;
  readonly message: string;
}

/** A text from outside as a file writes it: nothing in it is a reference. */
export function literal(text: string): string {
  return text.replaceAll('${', () => '$${');
}

/** The environment variables of one file; no two places share one. */
export class Variables {
  readonly #values = new Map<string, Secret | undefined>();

  /** A new one, called `ACME_CLIENT_SECRET` for `acme` and `clientSecret`; `value` is what it has to hold, if that is known. */
  add(words: readonly string[], value?: Secret): string {
    const wished = words
      .map(inCapitals)
      .filter((word) => word !== '')
      .join('_');
    const name = /^[A-Z]/.test(wished) ? wished : `TENANT_${wished}`;
    let free = name;
    for (let n = 2; this.#values.has(free); n++) free = `${name}_${n}`;
    this.#values.set(free, value);
    return free;
  }

  /** One that the file refers to already. */
  take(name: string): void {
    this.#values.set(name, undefined);
  }

  /** What has to be set for the file to be what was read; where that is not known, what `otherwise` says. */
  values(otherwise: (name: string) => string): Record<string, string> {
    return Object.fromEntries([...this.#values].map(([name, value]) => [name, value?.reveal() ?? otherwise(name)]));
  }
}

function inCapitals(word: string): string {
  return word
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
}

export function reference(variable: string): string {
  return `\${env:${variable}}`;
}

const SECRET_NAME = /auth|cookie|credential|passw|secret|signature|token|key$|[_-](key|sig)\b/i;
const SECRET_VALUE = /^(basic|bearer)\s|^(sk|rk|pat|whsec|ghp|xox[a-z])[-_]/i;

/** Whether something of this name is usually kept secret: a header, a parameter, a key of the file. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** Whether a value that can be read looks like one that should not be. */
export function looksSecret(name: string, value: Secret): boolean {
  return isSecretName(name) || SECRET_VALUE.test(value.reveal());
}

/** A user, a password or a parameter with a telling name makes a URL a secret. */
export function isSecretUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { username, password, searchParams } = new URL(url);
  return username !== '' || password !== '' || [...searchParams.keys()].some(isSecretName);
}
