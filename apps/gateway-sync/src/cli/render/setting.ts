import type { Json } from '../../core/json.js';
import { printable } from './paint.js';

/** A setting on one line: `order.created, order.updated`, `x-shop: north`; lists of things with several parts in brackets. */
export function settingText(value: Json | undefined): string {
  if (value === undefined) return 'not set';
  if (typeof value !== 'object' || value === null) return printable(String(value));
  const parts = isList(value)
    ? value.map(partText)
    : Object.entries(value).map(([key, item]) => `${printable(key)}: ${partText(item)}`);
  return parts.length === 0 ? 'none' : parts.join(', ');
}

/** In brackets where it has several parts itself. */
function partText(value: Json): string {
  const text = settingText(value);
  return isCompound(value) && text !== 'none' ? `(${text})` : text;
}

/** A list of things with several parts, which is shown with one of them on each line; `undefined` for anything else. */
export function settingList(value: Json | undefined): readonly Json[] | undefined {
  if (typeof value !== 'object' || value === null || !isList(value)) return undefined;
  return value.length > 0 && value.every(isCompound) ? value : undefined;
}

function isCompound(value: Json): boolean {
  return typeof value === 'object' && value !== null;
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}
