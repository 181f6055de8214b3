import { httpMethods } from '../../document-parts.ts';
import { asList, asObject, compareText, isObject, resolveRefs, type JsonObject } from '../../json.ts';
import { withOneMediaType, withoutExamples } from './media-types.ts';
import { nameOperations, type Unnamed } from './operation-ids.ts';

/** The paths, each operation with all that holds for it: nothing is inherited, and nothing refers to a path any more. */
export function normalPaths(root: JsonObject): JsonObject {
  const items = Object.entries(asObject(root['paths'])).flatMap(([path, item]) =>
    path.startsWith('/') ? [{ path, item: pathItem(root, item) }] : [],
  );
  const found = items.flatMap(({ path, item }) =>
    httpMethods.flatMap((method): readonly (Unnamed & { readonly operation: JsonObject })[] => {
      const operation = item[method];
      if (!isObject(operation)) return [];
      return [{ method, path, id: idOf(operation), operation: normalOperation(root, path, method, item, operation) }];
    }),
  );
  const ids = nameOperations(found);
  const paths: Record<string, Record<string, unknown>> = {};
  for (const part of found) {
    const { path, method, operation } = part;
    (paths[path] ??= {})[method] = { ...operation, operationId: ids.get(part) };
  }
  return paths;
}

function pathItem(root: JsonObject, item: unknown): JsonObject {
  const { $ref, ...own } = asObject(item);
  return $ref === undefined ? own : { ...asObject(resolveRefs(root, { $ref })), ...own };
}

// `#` is what openapi-typescript makes a `/` of.
function idOf({ operationId }: JsonObject): string | undefined {
  return typeof operationId === 'string' && operationId !== '' ? operationId.replaceAll('#', '/') : undefined;
}

function normalOperation(
  root: JsonObject,
  path: string,
  method: string,
  item: JsonObject,
  { callbacks: _callbacks, requestBody, ...operation }: JsonObject,
): JsonObject {
  const servers = operation['servers'] ?? item['servers'];
  // The meaning of a body is not defined there, and HTTP libraries refuse to send one.
  const bodied = isObject(requestBody) && !['get', 'head', 'trace'].includes(method);
  return {
    ...operation,
    ...(servers !== undefined && { servers }),
    ...(bodied && { requestBody: '$ref' in requestBody ? requestBody : withOneMediaType(requestBody) }),
    parameters: normalParameters(root, path, [...asList(item['parameters']), ...asList(operation['parameters'])]),
    responses: normalResponses(asObject(operation['responses'])),
    security: operation['security'] ?? root['security'] ?? [],
    'x-retry': operation['x-retry'] ?? retryOf(method),
  };
}

/** What HTTP says of the methods is all that is known of somebody else's operations. */
function retryOf(method: string): string {
  if (['get', 'head', 'options', 'trace'].includes(method)) return 'safe';
  return method === 'put' || method === 'delete' ? 'idempotent' : 'unique';
}

/** OpenAPI ignores parameters with these names: they are for media types and credentials. */
const ignoredHeaders = new Set(['accept', 'content-type', 'authorization']);

function normalParameters(root: JsonObject, path: string, parameters: readonly unknown[]): readonly JsonObject[] {
  const byPlace = new Map<string, JsonObject>();
  for (const parameter of parameters) {
    const resolved = withoutExamples(resolveRefs(root, parameter));
    if (!isObject(resolved)) continue;
    const [name, place] = [String(resolved['name']), String(resolved['in'])];
    if (place === 'header' && ignoredHeaders.has(name.toLowerCase())) continue;
    // Those of the operation come last, and win over those of the path.
    byPlace.set(`${place} ${name}`, place === 'path' ? { ...resolved, required: true } : resolved);
  }
  const inPath = [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name);
  for (const name of inPath) {
    const place = `path ${name}`;
    if (!byPlace.has(place)) byPlace.set(place, { name, in: 'path', required: true, schema: { type: 'string' } });
  }
  return [...byPlace].flatMap(([place, parameter]) =>
    parameter['in'] === 'path' && !inPath.includes(place.slice('path '.length)) ? [] : [parameter],
  );
}

function normalResponses(responses: JsonObject): JsonObject {
  const normal = Object.entries(responses).flatMap(([status, response]): readonly [string, JsonObject][] => {
    const key = status.toUpperCase();
    if (!/^[1-5](?:\d\d|XX)$/.test(key) && status !== 'default') return [];
    if (!isObject(response)) return [];
    return [[status === 'default' ? status : key, '$ref' in response ? response : withOneMediaType(response)]];
  });
  return Object.fromEntries(normal.toSorted(([a], [b]) => compareText(a, b)));
}
