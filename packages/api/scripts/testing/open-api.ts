import type { JsonObject } from '../lib/json.ts';

/** A document with one operation `GET /things` that answers with the schema. */
export function answering(schema: unknown, extra: JsonObject = {}): JsonObject {
  return describing({ responses: { '200': { description: '', content: { 'application/json': { schema } } } } }, extra);
}

/** A document with the operation `GET /things`. */
export function describing(operation: JsonObject, extra: JsonObject = {}): JsonObject {
  return { openapi: '3.1.0', info: {}, paths: { '/things': { get: operation } }, ...extra };
}

/** What facts of the answer's schema begin with. */
export const answer = 'GET /things [200 application/json] $';

/** A document with one operation `GET /things` that takes the schema in its body. */
export function asking(schema: unknown, extra: JsonObject = {}): JsonObject {
  return describing({ requestBody: { content: { 'application/json': { schema } } } }, extra);
}
