import { asList, asObject, asStrings, compareText, followRefs, type JsonObject } from './json.ts';

/**
 * Each way to be let in as one text, such as `oauth2 orders.read orders.write`; `none` for a way that asks for nothing.
 * The names of schemes are left out: every document chooses its own.
 */
export function securityFacts(root: JsonObject, requirements: unknown): readonly string[] {
  const ways = asList(requirements).map((requirement) =>
    Object.entries(asObject(requirement))
      .map(([scheme, scopes]) => [schemeText(root, scheme), ...asStrings(scopes).toSorted(compareText)].join(' '))
      .toSorted(compareText)
      .join(' + '),
  );
  return ways.length === 0 ? ['none'] : ways.map((way) => (way === '' ? 'none' : way));
}

function schemeText(root: JsonObject, name: string): string {
  const schemes = asObject(asObject(root['components'])['securitySchemes']);
  const scheme = asObject(followRefs(root, schemes[name]));
  switch (scheme['type']) {
    case 'http':
      return `http ${String(scheme['scheme']).toLowerCase()}`;
    case 'apiKey':
      return `apiKey ${String(scheme['in'])} ${String(scheme['name'])}`;
    case undefined:
      return `undeclared ${name}`;
    default:
      return String(scheme['type']);
  }
}
