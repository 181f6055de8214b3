/** A selector as it stands in an expression. */
export interface Selector {
  readonly name: string;
  /** Those with a value of their own, and not one that somebody chooses in a dashboard. */
  readonly matchers: readonly Matcher[];
}

export interface Matcher {
  readonly label: string;
  /** `=`, `!=`, `=~` or `!~`. */
  readonly operator: string;
  readonly value: string;
}

const METRIC = /\b((?:gateway_sync|process|nodejs)_\w+)(?:\{([^}]*)\})?/g;
const MATCHER = /(\w+)\s*(=~|!~|!=|=)\s*"([^"]*)"/g;

/** The metrics of a service that an expression asks for; recorded ones have a colon and are not among them. */
export function selectorsOf(expr: string): readonly Selector[] {
  return [...expr.matchAll(METRIC)]
    .filter((match) => expr[match.index - 1] !== ':')
    .map(([, name = '', matchers = '']) => ({
      name,
      matchers: [...matchers.matchAll(MATCHER)]
        .map(([, label = '', operator = '', value = '']) => ({ label, operator, value }))
        .filter(({ value }) => !value.includes('$')),
    }));
}

export function fits({ operator, value }: Matcher, actual: string): boolean {
  const matches = operator.endsWith('~') ? new RegExp(`^(?:${value})$`).test(actual) : actual === value;
  return operator.startsWith('!') ? !matches : matches;
}
