import { z } from 'zod';
import { refuseInvalid } from '../http/answer.js';
import type { Quirks } from '../quirks.js';
import { checkExcludedFields, checkFilter, checkHeaders, checkName, checkSecret, checkUrl } from './checks.js';
import { toStoredFilter } from './entry.js';
import { excludedFieldsSchema, headerMapSchema, type HeaderMap } from './write.js';

const text = z.string();

/** Readers of the value of a PATCH operation: what is to be stored, or a refusal with 400 that names the path. */
export function readBoolean(path: string, value: unknown): boolean {
  return read(z.boolean(), path, value);
}

export function readUrl(path: string, value: unknown): string {
  return accepted(read(text, path, value), (url) => checkUrl(path, url));
}

/** Undefined clears the secret, where a quirk lets the empty text do so. */
export function readSecret(path: string, value: unknown, quirks: Quirks): string | undefined {
  const secret = read(text, path, value);
  if (secret === '' && quirks.emptySecret === 'clear') return undefined;
  return accepted(secret, () => checkSecret(path, secret));
}

export function readApiKey(path: string, value: unknown): string {
  return accepted(read(text, path, value), (apiKey) => checkSecret(path, apiKey));
}

export function readHeaders(path: string, value: unknown): HeaderMap {
  const headers = read(headerMapSchema, path, value);
  if (Object.keys(headers).length === 0) refuseInvalid([`${path}: value must not be empty; use REMOVE`]);
  return accepted(headers, () => checkHeaders(path, headers));
}

export function readFilter(path: string, value: unknown): string | undefined {
  return toStoredFilter(accepted(read(text, path, value), (filter) => checkFilter(path, filter)));
}

export function readExcludedFields(path: string, value: unknown): readonly string[] | null {
  return accepted(read(excludedFieldsSchema, path, value), (fields) => checkExcludedFields(path, fields ?? []));
}

export function readName(path: string, value: unknown): string {
  return accepted(read(text, path, value), (name) => checkName(path, name));
}

/** The value in the form of a schema. */
export function read<S extends z.ZodType>(schema: S, path: string, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  return refuseInvalid(result.error.issues.map((issue) => `${[path, ...issue.path].join('.')}: ${issue.message}`));
}

function accepted<T>(value: T, check: (value: T) => readonly string[]): T {
  const problems = check(value);
  return problems.length === 0 ? value : refuseInvalid(problems);
}
