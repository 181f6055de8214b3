/**
 * Globs over event types: `*` any characters (dots and hyphens too), `?` one character, `{a,b}` one of the words.
 *
 * Our own, because path globs stop `*` at separators, give `!`, `[` and `(` a meaning, and compile to expressions that
 * backtrack; this one takes at most pattern × text steps.
 */

/** Above this, a pattern with braces is a mistake. */
const MAX_ALTERNATIVES = 256;

export function isGlob(pattern: string): boolean {
  return /[*?{}]/.test(pattern);
}

/** What is wrong with a pattern, or `undefined`. */
export function globProblem(pattern: string): string | undefined {
  if (!/^[\w.*?{},-]+$/.test(pattern)) {
    return 'an event type has letters, digits, dots, hyphens and underscores; a glob also *, ? and {a,b}';
  }
  const outside = pattern.replaceAll(/\{[^{}]*\}/g, '');
  if (/[{},]/.test(outside)) return 'braces must be closed, must not nest, and commas belong inside them';
  const alternatives = [...pattern.matchAll(/\{([^{}]*)\}/g)].reduce(
    (product, [, words = '']) => product * words.split(',').length,
    1,
  );
  return alternatives > MAX_ALTERNATIVES ? `more than ${MAX_ALTERNATIVES} combinations of braces` : undefined;
}

/** A test for one pattern without a {@link globProblem}; case is ignored. */
export function globMatcher(pattern: string): (eventType: string) => boolean {
  const alternatives = expandBraces(pattern.trim().toLowerCase());
  return (eventType) => {
    const text = eventType.trim().toLowerCase();
    return alternatives.some((alternative) => matchesWildcards(alternative, text));
  };
}

function expandBraces(pattern: string): string[] {
  const group = /\{([^{}]*)\}/.exec(pattern);
  if (!group) return [pattern];
  const before = pattern.slice(0, group.index);
  const after = expandBraces(pattern.slice(group.index + group[0].length));
  return (group[1] ?? '').split(',').flatMap((word) => after.map((rest) => before + word + rest));
}

/** Walks both texts once and, after a mismatch, goes back only to the last `*`, which then takes one character more. */
function matchesWildcards(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++;
      resume = t;
    } else if (pattern[p] === '?' || pattern[p] === text[t]) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
