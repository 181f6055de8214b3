import type { FieldStyle } from './operation-wire.js';

type Fields = readonly (readonly [name: string, value: string])[];

/** A query or a form, percent-encoded. Fields without a value are left out. */
export function writeFields(values: object, styles: Readonly<Record<string, FieldStyle>> = {}): string {
  return Object.entries(values)
    .flatMap(([name, value]) => write(name, value, styles[name]))
    .join('&');
}

function write(name: string, value: unknown, style: FieldStyle | undefined): readonly string[] {
  if (value === undefined || value === null) return [];
  switch (style) {
    case 'json':
      return encoded([[name, JSON.stringify(value)]]);
    case 'deep':
      return encoded(deep(name, value));
    case 'comma':
      return joined(name, value, ',');
    case 'space':
      return joined(name, value, '%20');
    case 'pipe':
      return joined(name, value, '|');
    case undefined:
      return encoded(usual(name, value));
    default:
      return style satisfies never;
  }
}

function usual(name: string, value: unknown): Fields {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => present(name, item));
  if (isFields(value)) return Object.entries(value).flatMap(([member, inner]) => present(member, inner));
  return present(name, value);
}

function deep(name: string, value: unknown): Fields {
  if (!Array.isArray(value) && !isFields(value)) return present(name, value);
  return Object.entries(value).flatMap(([member, inner]) => deep(`${name}[${member}]`, inner));
}

/** The separator itself is not encoded: it would be a part of a value. */
function joined(name: string, value: unknown, separator: string): readonly string[] {
  const parts = Array.isArray(value)
    ? value.flatMap((item: unknown) => present('', item).map(([, text]) => text))
    : isFields(value)
      ? Object.entries(value).flatMap(([member, inner]) => present(member, inner).flat())
      : present('', value).map(([, text]) => text);
  return [`${encodeURIComponent(name)}=${parts.map(encodeURIComponent).join(separator)}`];
}

function present(name: string, value: unknown): Fields {
  return value === undefined || value === null ? [] : [[name, textOf(value)]];
}

function encoded(fields: Fields): readonly string[] {
  return fields.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
}

/** The text of a value where only a text has room. */
export function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !(value instanceof Date);
}
