import type { FactCollector } from './fact-nodes.ts';
import type { Dialect } from './schema-alternatives.ts';
import { formLabel, formsOf, formSignature, type Conjunction, type Form } from './schema-forms.ts';

/** Kinds of facts that say how variants combine. The signature catches what no other fact of the place shows. */
export const variantKind = 'variant';
export const signatureKind = 'variants';

/**
 * Adds what a schema says to the facts, at its place and at the places of its parts. The variants of a union share their
 * places: a property is where it is, whichever variants have it, and `variant` facts tell which combinations there are.
 */
export function addSchemaFacts(
  facts: FactCollector,
  dialect: Dialect,
  at: { readonly parent: string; readonly location: string; readonly schema: unknown },
): void {
  addForms(facts, dialect, at.parent, at.location, formsOf(dialect, [[{ schema: at.schema, refs: [] }]]), {});
}

function addForms(
  facts: FactCollector,
  dialect: Dialect,
  parent: string,
  location: string,
  forms: readonly Form[],
  known: Readonly<Record<string, readonly string[]>>,
): void {
  const values = { ...limitFacts(forms), ...variantFacts(dialect, forms), ...known };
  facts.add(parent, location, {
    ...values,
    type: [forms.length === 0 ? 'never' : joined(forms.map(({ type }) => type))],
    enum: listedValues(forms),
    additionalProperties: additionalFacts(forms),
  });
  for (const child of childrenOf(location, forms)) {
    addForms(facts, dialect, location, child.location, formsOf(dialect, child.asked), child.known);
  }
}

interface Child {
  readonly location: string;
  /** What each form that has the part asks of it. */
  readonly asked: readonly Conjunction[];
  readonly known: Readonly<Record<string, readonly string[]>>;
}

function childrenOf(location: string, forms: readonly Form[]): readonly Child[] {
  const objects = forms.filter(({ type }) => type === 'object');
  const names = new Set(objects.flatMap(({ properties, required }) => [...properties.keys(), ...required]));
  const properties = [...names].map((name) => ({
    location: `${location}${/^[\w-]+$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`}`,
    asked: objects
      .filter((form) => form.properties.has(name) || form.required.has(name))
      .map((form) => form.properties.get(name) ?? []),
    known: { required: [String(objects.every(({ required }) => required.has(name)))] },
  }));
  const maps = objects.flatMap(({ additional }) => (typeof additional === 'string' ? [] : [additional]));
  const lists = forms.filter(({ type }) => type === 'array').map(({ items }) => items);
  return [
    ...properties,
    ...(maps.length > 0 ? [{ location: `${location}.<any>`, asked: maps, known: {} }] : []),
    ...(lists.length > 0 ? [{ location: `${location}[]`, asked: lists, known: {} }] : []),
  ];
}

function limitFacts(forms: readonly Form[]): Readonly<Record<string, readonly string[]>> {
  const keywords = new Set(forms.flatMap(({ limits }) => [...limits.keys()]));
  return Object.fromEntries(
    [...keywords].map((keyword) => [
      keyword,
      [joined(forms.flatMap(({ limits }) => [...(limits.get(keyword) ?? [])]))],
    ]),
  );
}

// Values are a fact only where nothing else of their type is allowed.
function listedValues(forms: readonly Form[]): readonly string[] {
  return forms.flatMap(({ type, values }) =>
    values !== undefined && forms.every((other) => other.type !== type || other.values !== undefined)
      ? [...values]
      : [],
  );
}

function additionalFacts(forms: readonly Form[]): readonly string[] {
  const objects = forms.filter(({ type }) => type === 'object');
  const texts = objects.map(({ additional }) => {
    if (additional === 'open') return 'true';
    return additional === 'closed' ? 'false' : 'schema';
  });
  return texts.every((text) => text === 'true') ? [] : [joined(texts)];
}

function variantFacts(dialect: Dialect, forms: readonly Form[]): Readonly<Record<string, readonly string[]>> {
  const several = forms.filter((form) => forms.some((other) => other !== form && other.type === form.type));
  if (several.length === 0) return {};
  return {
    [variantKind]: several.map((form) => formLabel(dialect, form)),
    [signatureKind]: [joined(several.map((form) => formSignature(dialect, form)))],
  };
}

function joined(texts: readonly string[]): string {
  return [...new Set(texts)].toSorted().join(' | ');
}
