import { operations, type OperationPart } from '../document-parts.ts';
import { asList, asObject, asStrings, compareText, resolveRefs, type JsonObject } from '../json.ts';
import { retryClasses } from './retry-classes.ts';
import { header, propertyKey, quote } from './source-text.ts';

/** `operations.ts`: what a client must know of each operation at run time. Expects a document that keeps the house rules. */
export function emitOperations(source: string, root: JsonObject): string {
  return [
    header(source),
    `import type { OperationDescription } from '../operation.js';\n\n`,
    `export const operations = {\n`,
    ...emitEntries(root),
    `} as const satisfies Readonly<Record<string, OperationDescription>>;\n\n`,
    `export type OperationId = keyof typeof operations;\n`,
  ].join('');
}

/**
 * The same for somebody else's document, with the ids that are in `types.ts`: of several thousand operations TypeScript
 * refuses to infer the type (TS7056).
 */
export function emitForeignOperations(source: string, root: JsonObject): string {
  return [
    header(source),
    `import type { OperationDescription } from '../operation.js';\n`,
    `import type { operations as Operations } from './types.js';\n\n`,
    `export type OperationId = keyof Operations;\n\n`,
    `export const operations: Readonly<Record<OperationId, OperationDescription>> = {\n`,
    ...emitEntries(root),
    `};\n`,
  ].join('');
}

function emitEntries(root: JsonObject): readonly string[] {
  return operations(root)
    .map((part) => ({ id: String(part.value['operationId']), part }))
    .toSorted((a, b) => compareText(a.id, b.id))
    .map(({ id, part }) => emitOperation(id, part, root));
}

/** `operation.ts`, once for all documents: the type of an entry. */
export function emitOperationType(): string {
  return `${header('x-retry and the operations of all documents')}export const retryClasses = [${retryClasses.map(quote).join(', ')}] as const;
export type RetryClass = (typeof retryClasses)[number];

/** One operation of an API, as its document describes it. */
export interface OperationDescription {
  readonly operationId: string;
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE' | 'OPTIONS' | 'HEAD' | 'PATCH' | 'TRACE';
  /** Path template with parameters in braces. */
  readonly path: string;
  /** OAuth scopes that the token must carry. */
  readonly scopes: readonly string[];
  readonly retry: RetryClass;
  /** Media type of the request body; null when the operation takes none. */
  readonly requestContentType: string | null;
  /** Documented statuses below 400. */
  readonly successStatuses: readonly number[];
  /** Documented statuses from 400 on. */
  readonly errorStatuses: readonly number[];
}
`;
}

function emitOperation(id: string, { method, path, value }: OperationPart, root: JsonObject): string {
  const statuses = Object.keys(asObject(value['responses']))
    .map(Number)
    .filter(Number.isInteger)
    .toSorted((a, b) => a - b);
  const contentType = Object.keys(asObject(asObject(resolveRefs(root, value['requestBody']))['content']))[0];
  return [
    `  ${propertyKey(id)}: {`,
    `    operationId: ${quote(id)},`,
    `    method: ${quote(method.toUpperCase())},`,
    `    path: ${quote(path)},`,
    `    scopes: ${list(scopesOf(value).map(quote))},`,
    `    retry: ${quote(String(value['x-retry']))},`,
    `    requestContentType: ${contentType === undefined ? 'null' : quote(contentType)},`,
    `    successStatuses: ${list(statuses.filter((status) => status < 400))},`,
    `    errorStatuses: ${list(statuses.filter((status) => status >= 400))},`,
    `  },\n`,
  ].join('\n');
}

// Of alternatives nobody knows which one a token was made for.
function scopesOf(operation: JsonObject): readonly string[] {
  const requirements = asList(operation['security']);
  const scopes = (requirements.length > 1 ? [] : requirements).flatMap((requirement) =>
    Object.values(asObject(requirement)).flatMap(asStrings),
  );
  return [...new Set(scopes)].toSorted(compareText);
}

function list(items: readonly (string | number)[]): string {
  return `[${items.join(', ')}]`;
}
