import type { Path } from './document.js';

/** Where `${env:…}` and `${file:…}` look. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Text of a file; throws when it cannot be read. A relative path starts at the desired-state file. */
  readFile(path: string): string;
}

export interface InterpolationProblem {
  readonly path: Path;
  readonly message: string;
  readonly remedy: string;
}

/** Of all that references stand for: ten thousand tenants with a kilobyte each have a sixth of it. */
const MAX_CHARACTERS = 64 * 1024 * 1024;

/**
 * Replaces references in every string of a parsed document; the result of a string is always a string, whatever it looks
 * like. `$${` stands for a literal `${`. Keys and the text before parsing are never touched, so a value cannot bring in
 * structure.
 */
export function interpolate(
  document: unknown,
  surroundings: Surroundings,
): { readonly value: unknown; readonly problems: readonly InterpolationProblem[] } {
  const problems: InterpolationProblem[] = [];
  let characters = 0;
  const walk = (node: unknown, path: Path): unknown => {
    if (typeof node === 'string') return replaceReferences(node, path);
    if (Array.isArray(node)) return node.map((item, index) => walk(item, [...path, index]));
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, walk(value, [...path, key])]));
  };
  const replaceReferences = (text: string, path: Path): string =>
    text.replaceAll(/\$\$\{|\$\{([^}]*)(\}?)/g, (whole, reference: string | undefined, closing: string | undefined) => {
      if (reference === undefined) return '${';
      const found = closing === '' ? unclosed(whole) : look(reference, surroundings);
      if (typeof found === 'string') {
        characters += found.length;
        if (characters <= MAX_CHARACTERS) return found;
        problems.push({
          path,
          message: 'references stand for more than 64 MB by now',
          remedy: 'shorten what they name',
        });
        return whole;
      }
      problems.push({ path, ...found });
      return whole;
    });
  return { value: walk(document, []), problems };
}

type Failure = Omit<InterpolationProblem, 'path'>;

function look(reference: string, surroundings: Surroundings): string | Failure {
  const env = /^env:([A-Za-z_]\w*)(?::-(.*))?$/s.exec(reference);
  if (env) return lookInEnvironment(env[1] ?? '', env[2], surroundings);
  if (/^file:./s.test(reference)) return lookInFile(reference.slice('file:'.length), surroundings);
  return {
    message: `\${${quotable(reference)}} is no reference`,
    remedy: 'write ${env:NAME}, ${env:NAME:-default} or ${file:/path}; $${ stands for a literal ${',
  };
}

/** The kind alone: the rest may be a default, or part of a password that holds `${`. */
function quotable(reference: string): string {
  return `${/^[A-Za-z]{1,10}:/.exec(reference)?.[0] ?? ''}…`;
}

function lookInEnvironment(name: string, fallback: string | undefined, { env }: Surroundings): string | Failure {
  const value = Object.hasOwn(env, name) ? env[name] : undefined;
  if (fallback !== undefined) return value === undefined || value === '' ? fallback : value;
  return (
    value ?? { message: `the environment has no ${name}`, remedy: `set ${name}, or write \${env:${name}:-default}` }
  );
}

function lookInFile(path: string, surroundings: Surroundings): string | Failure {
  try {
    return surroundings.readFile(path).replace(/\r?\n$/, '');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    return { message: `${path} cannot be read (${code})`, remedy: 'mount the file, or correct the path' };
  }
}

function unclosed(text: string): Failure {
  return {
    message: `${text.slice(0, 2)} is not closed`,
    remedy: 'end the reference with }, or write $${ for a literal ${',
  };
}
