/** What the catalogue says of a value, without its spelling. */
export type Shape =
  | { readonly kind: 'token'; readonly token: Token }
  /** `of` is undefined for a list of anything. */
  | { readonly kind: 'list'; readonly of: Shape | undefined }
  /** Keyed by something that only the data know, such as the code of a site. */
  | { readonly kind: 'map'; readonly of: Shape }
  /** Without fields: an object of any shape. */
  | { readonly kind: 'object'; readonly fields: readonly Field[] };

export interface Field {
  readonly name: string;
  readonly shape: Shape;
}

export const tokens = ['Boolean', 'Integer', 'LocalizedString', 'Map', 'Number', 'Object', 'String'] as const;
export type Token = (typeof tokens)[number];

/** Names that stand for keys of the data, when nothing but them describes the members of an object. */
const PLACEHOLDERS: ReadonlySet<string> = new Set(['attributeKey', 'siteCode', 'variantId']);

/** Reads a pseudo-schema; `report` hears of everything that is not of its language, with the place. */
export function readShape(value: unknown, path: string, report: (path: string, message: string) => void): Shape {
  if (typeof value === 'string') {
    const token = tokens.find((candidate) => candidate === value);
    if (token === undefined) report(path, `${JSON.stringify(value)} is none of ${tokens.join(', ')}`);
    return { kind: 'token', token: token ?? 'Object' };
  }
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    if (items.length > 1) report(path, `a list shows one of its items, this one shows ${items.length}`);
    return { kind: 'list', of: items.length === 0 ? undefined : readShape(items[0], `${path}[]`, report) };
  }
  if (typeof value === 'object' && value !== null) return readObject(value, path, report);
  report(path, `${JSON.stringify(value)} is neither a token, nor a list, nor an object`);
  return { kind: 'object', fields: [] };
}

function readObject(value: object, path: string, report: (path: string, message: string) => void): Shape {
  const fields = Object.entries(value).map(([name, inner]): Field => {
    if (name.trim() === '') report(path, 'a field has no name');
    return { name, shape: readShape(inner, `${path}.${name}`, report) };
  });
  const [only] = fields;
  if (fields.length === 1 && only !== undefined && PLACEHOLDERS.has(only.name) && only.shape.kind !== 'token') {
    return { kind: 'map', of: only.shape };
  }
  return { kind: 'object', fields };
}
