import { createHash } from 'node:crypto';
import { canonicalJson, compareText } from './json.ts';
import { alternativesOf, typeOfValue, type Alternative, type Dialect, type SchemaUse } from './schema-alternatives.ts';
import { limitApplies } from './schema-limits.ts';

/** An alternative of a single type. What is written in several ways (inline or by reference, 3.0 or 3.1) is one form. */
export type Form = Omit<Alternative, 'types'> & { readonly type: string };

/** Schemas that a value must satisfy all at once. */
export type Conjunction = readonly SchemaUse[];

/**
 * The forms of a value that satisfies at least one of the conjunctions, without repetition, in an order that does not
 * depend on the order of the document.
 */
export function formsOf(dialect: Dialect, conjunctions: readonly Conjunction[]): readonly Form[] {
  const split = conjunctions.flatMap((uses) => alternativesOf(dialect, uses)).flatMap(splitByType);
  const forms = mergeListed(split);
  if (forms.length < 2) return forms;
  const bySignature = new Map(forms.map((form) => [formSignature(dialect, form), form]));
  return [...bySignature].toSorted(([a], [b]) => compareText(a, b)).map(([, form]) => form);
}

/** Equal for forms of equal structure, however they are written. */
export function formSignature(dialect: Dialect, form: Form): string {
  const signatures = (uses: Conjunction) => formsOf(dialect, [uses]).map((inner) => formSignature(dialect, inner));
  const structure = {
    type: form.type,
    values: form.values && [...form.values].toSorted(),
    properties: Object.fromEntries([...form.properties].map(([name, uses]) => [name, signatures(uses)])),
    required: [...form.required].toSorted(),
    additional: typeof form.additional === 'string' ? form.additional : signatures(form.additional),
    items: form.type === 'array' ? signatures(form.items) : [],
    limits: Object.fromEntries([...form.limits].map(([keyword, values]) => [keyword, [...values].toSorted()])),
  };
  return createHash('sha256').update(canonicalJson(structure)).digest('hex').slice(0, 16);
}

/** A form in a few words, such as `{code, name?, provider="HTTP"}`. */
export function formLabel(dialect: Dialect, form: Form): string {
  if (form.type === 'array') return `[${labels(dialect, form.items)}]`;
  if (form.type !== 'object') return [form.type, ...[...(form.values ?? [])].toSorted()].join(' ');
  const names = [...new Set([...form.properties.keys(), ...form.required])].toSorted(compareText);
  const parts = names.map((name) => {
    const fixed = fixedValue(dialect, form.properties.get(name) ?? []);
    return `${name}${form.required.has(name) ? '' : '?'}${fixed === undefined ? '' : `=${fixed}`}`;
  });
  return `{${parts.join(', ')}}`;
}

function labels(dialect: Dialect, uses: Conjunction): string {
  const forms = formsOf(dialect, [uses]).map((form) => formLabel(dialect, form));
  return [...new Set(forms)].toSorted(compareText).join(' | ');
}

function fixedValue(dialect: Dialect, uses: Conjunction): string | undefined {
  const forms = formsOf(dialect, [uses]);
  const values = forms.map(({ values: listed }) => (listed?.size === 1 ? [...listed][0] : undefined));
  return values.length === 1 ? values[0] : undefined;
}

function splitByType(alternative: Alternative): readonly Form[] {
  return [...(alternative.types ?? impliedTypes(alternative))].map((type) => ({
    type,
    values: type === 'null' ? undefined : valuesOfType(alternative.values, type),
    properties: type === 'object' ? alternative.properties : new Map(),
    required: type === 'object' ? alternative.required : new Set(),
    additional: type === 'object' ? alternative.additional : 'open',
    items: type === 'array' ? alternative.items : [],
    limits: new Map([...alternative.limits].filter(([keyword]) => limitApplies(keyword, type))),
  }));
}

function impliedTypes({ properties, required, additional, items }: Alternative): readonly string[] {
  if (properties.size > 0 || required.size > 0 || additional !== 'open') return ['object'];
  return items.length > 0 ? ['array'] : ['any'];
}

function valuesOfType(values: Alternative['values'], type: string): Alternative['values'] {
  const fits = (found: string) => type === 'any' || found === type || (found === 'integer' && type === 'number');
  return values && new Set([...values].filter((value) => fits(typeOfValue(JSON.parse(value)))));
}

// `provider` of three variants with one value each is the same as one `provider` with three values.
function mergeListed(forms: readonly Form[]): readonly Form[] {
  const merged = new Map<string, Form>();
  const others: Form[] = [];
  for (const form of forms) {
    const { type, values } = form;
    if (values === undefined || type === 'object' || type === 'array') {
      others.push(form);
      continue;
    }
    const key = canonicalJson([type, [...form.limits].map(([keyword, limit]) => [keyword, [...limit]])]);
    const known = merged.get(key);
    merged.set(key, known?.values === undefined ? form : { ...form, values: new Set([...known.values, ...values]) });
  }
  return [...others, ...merged.values()];
}
