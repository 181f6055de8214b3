import { asList, asObject, isObject, type JsonObject, type JsonPath } from './json.ts';

/** A piece of an OpenAPI document and the path to it. */
export interface Part {
  readonly at: JsonPath;
  readonly value: JsonObject;
}

export interface OperationPart extends Part {
  /** Lower case, as in the document. */
  readonly method: string;
  readonly path: string;
}

export const httpMethods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

/** Every operation under `paths`, in the order of the document. */
export function operations(root: JsonObject): readonly OperationPart[] {
  return pathItems(root).flatMap(({ at, value, path }) =>
    httpMethods.flatMap((method) => {
      const operation = value[method];
      return isObject(operation) ? [{ at: [...at, method], value: operation, method, path }] : [];
    }),
  );
}

/** Every parameter that is written out: shared ones, and those of path items and operations. References are left out. */
export function parameters(root: JsonObject): readonly Part[] {
  const lists = [...pathItems(root), ...operations(root)].flatMap(({ at, value }) =>
    asList(value['parameters']).map((parameter, index) => ({ at: [...at, 'parameters', index], value: parameter })),
  );
  return writtenOut([...lists, ...entries(['components', 'parameters'], component(root, 'parameters'))]);
}

/** Every request body that is written out. */
export function requestBodies(root: JsonObject): readonly Part[] {
  const own = operations(root).map(({ at, value }) => ({ at: [...at, 'requestBody'], value: value['requestBody'] }));
  return writtenOut([...own, ...entries(['components', 'requestBodies'], component(root, 'requestBodies'))]);
}

/** Every response that is written out. */
export function responses(root: JsonObject): readonly Part[] {
  const own = operations(root).flatMap(({ at, value }) => entries([...at, 'responses'], value['responses']));
  return writtenOut([...own, ...entries(['components', 'responses'], component(root, 'responses'))]);
}

/** Every response header that is written out. */
export function headers(root: JsonObject): readonly Part[] {
  const own = responses(root).flatMap(({ at, value }) => entries([...at, 'headers'], value['headers']));
  return writtenOut([...own, ...entries(['components', 'headers'], component(root, 'headers'))]);
}

/** The media types of a body, a response, a parameter or a header. */
export function mediaTypes(part: Part): readonly Part[] {
  return writtenOut(entries([...part.at, 'content'], part.value['content']));
}

/** The schemas of `components`, which have names. */
export function namedSchemas(root: JsonObject): readonly (Part & { readonly name: string })[] {
  return entries(['components', 'schemas'], component(root, 'schemas')).flatMap(({ at, value, key }) =>
    isObject(value) ? [{ at, value, name: key }] : [],
  );
}

function pathItems(root: JsonObject): readonly (Part & { readonly path: string })[] {
  return entries(['paths'], root['paths']).flatMap(({ at, value, key }) =>
    isObject(value) ? [{ at, value, path: key }] : [],
  );
}

function component(root: JsonObject, section: string): unknown {
  return asObject(root['components'])[section];
}

function entries(at: JsonPath, value: unknown): readonly { at: JsonPath; value: unknown; key: string }[] {
  return Object.entries(asObject(value)).map(([key, inner]) => ({ at: [...at, key], value: inner, key }));
}

function writtenOut(parts: readonly { at: JsonPath; value: unknown }[]): readonly Part[] {
  return parts.flatMap(({ at, value }) => (isObject(value) && !('$ref' in value) ? [{ at, value }] : []));
}
