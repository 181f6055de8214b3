import type { JsonObject } from '../lib/json.ts';

/** A document with many operations, whose schemas refer to each other; 5,000 operations make 13 MB of YAML. */
export function largeDocument(operations: number): JsonObject {
  const words = 'Reads the thing with everything that belongs to it, and more words for the reader of this document. ';
  const count = 400;
  const reference = (index: number) => ({ $ref: `#/components/schemas/Thing${index % count}` });
  const schemas = Array.from({ length: count }, (_, index) => {
    const fields = Array.from({ length: 12 }, (__, field) => [`field${field}`, { type: 'string', description: words }]);
    const properties = {
      ...Object.fromEntries(fields),
      state: { type: 'string', enum: ['A', 'B', `C${index}`] },
      ...(index * 2 + 1 < count && { child: reference(index * 2 + 1) }),
      ...(index % 10 === 0 && { self: { type: 'array', items: reference(index) } }),
      ...(index % 7 === 0 && { choice: { oneOf: [reference(count - 1), { type: 'object', required: ['kind'] }] } }),
    };
    return [`Thing${index}`, { type: 'object', description: words, required: ['state'], properties }] as const;
  });
  const paths = Array.from({ length: operations / 4 }, (_, index) => {
    const json = (schema: unknown) => ({ description: words, content: { 'application/json': { schema } } });
    const operation = { summary: words, description: words.repeat(4), responses: { 200: json(reference(index * 3)) } };
    const sending = { ...operation, requestBody: json(reference(index)) };
    return [`/things${index}`, { get: operation, delete: operation, put: sending, post: sending }] as const;
  });
  return {
    openapi: '3.0.3',
    info: { title: 'Things', version: '1' },
    paths: Object.fromEntries(paths),
    components: { schemas: Object.fromEntries(schemas) },
  };
}
