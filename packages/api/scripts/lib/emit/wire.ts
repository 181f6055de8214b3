import { bodyFormOf } from '../../../src/document-api/media-type.ts';
import { operations, type OperationPart } from '../document-parts.ts';
import { asList, asObject, compareText, isObject, resolveRefs, type JsonObject } from '../json.ts';
import { header, propertyKey, quote } from './source-text.ts';

/**
 * `wire.ts`: what the generic client must know beyond `operations.ts`: how each answer is read, and whatever is not written
 * in the usual way. Expects a normal document.
 */
export function emitWire(source: string, root: JsonObject): string {
  const entries = operations(root)
    .map((part) => ({ id: String(part.value['operationId']), part }))
    .toSorted((a, b) => compareText(a.id, b.id));
  return [
    header(source),
    `import type { OperationWire } from '../../document-api/operation-wire.js';\n`,
    `import type { OperationId } from './operations.js';\n\n`,
    `export const wire: Readonly<Record<OperationId, OperationWire>> = {\n`,
    ...entries.map(({ id, part }) => emitEntry(id, part, root)),
    `};\n`,
  ].join('');
}

/** The document's own server, where it states one that can be called as it is. */
export function serverOf(servers: unknown): string | undefined {
  const url = asObject(asList(servers)[0])['url'];
  return typeof url === 'string' && /^https?:\/\/[^{}]+$/.test(url) ? url.replace(/\/+$/, '') : undefined;
}

function emitEntry(id: string, { value }: OperationPart, root: JsonObject): string {
  const answers = Object.entries(asObject(value['responses'])).map(
    ([status, response]) => [status, answerForm(root, resolveRefs(root, response))] as const,
  );
  const server = serverOf(value['servers']);
  return [
    `  ${propertyKey(id)}: {`,
    `    accept: ${quote(acceptOf(root, value))},`,
    `    answers: ${record(answers.map(([status, form]) => [status, quote(form)]))},`,
    ...optional('query', parameterStyles(root, value)),
    ...optional('form', formStyles(root, value)),
    ...(server === undefined ? [] : [`    server: ${quote(server)},`]),
    `  },\n`,
  ].join('\n');
}

function acceptOf(root: JsonObject, operation: JsonObject): string {
  const types = Object.values(asObject(operation['responses'])).flatMap((response) =>
    Object.keys(asObject(asObject(resolveRefs(root, response))['content'])),
  );
  return [...new Set(types)].join(', ') || '*/*';
}

function answerForm(root: JsonObject, response: unknown): string {
  const [mediaType, media] = Object.entries(asObject(asObject(response)['content']))[0] ?? [];
  if (mediaType === undefined) return 'nothing';
  const form = bodyFormOf(mediaType);
  if (form === 'bytes') return 'bytes';
  if (form !== 'json') return 'text';
  return jsonForm(resolveRefs(root, asObject(media)['schema']));
}

/** The outermost shape, where there is only one. */
function jsonForm(schema: unknown): string {
  const { type, nullable, properties } = asObject(schema);
  if (nullable === true || Array.isArray(type)) return 'json';
  if (type === 'array') return 'array';
  return type === 'object' || (type === undefined && isObject(properties)) ? 'object' : 'json';
}

type Styles = readonly (readonly [name: string, text: string])[];

function parameterStyles(root: JsonObject, operation: JsonObject): Styles {
  return asList(operation['parameters']).flatMap((parameter) => {
    const { name, in: place, content, schema, ...spelling } = asObject(parameter);
    if (place !== 'query' || typeof name !== 'string') return [];
    return isObject(content) ? [[name, quote('json')] as const] : styleOf(root, name, schema, spelling);
  });
}

function formStyles(root: JsonObject, operation: JsonObject): Styles {
  const body = asObject(resolveRefs(root, operation['requestBody']));
  const [mediaType, media] = Object.entries(asObject(body['content']))[0] ?? [];
  if (mediaType === undefined || bodyFormOf(mediaType) !== 'form') return [];
  return Object.entries(asObject(asObject(media)['encoding'])).flatMap(([name, encoding]) =>
    asObject(encoding)['contentType'] === 'application/json'
      ? [[name, quote('json')] as const]
      : styleOf(root, name, undefined, asObject(encoding)),
  );
}

// Without a word on it, a list is repeated and an object falls apart into its members.
function styleOf(root: JsonObject, name: string, schema: unknown, spelling: JsonObject): Styles {
  const style = spelling['style'] ?? 'form';
  const explode = spelling['explode'] ?? style === 'form';
  if (style === 'deepObject') return [[name, quote('deep')]];
  if (explode === true) return [];
  const { type } = asObject(resolveRefs(root, schema));
  if (schema !== undefined && ['string', 'number', 'integer', 'boolean'].some((scalar) => type === scalar)) return [];
  switch (style) {
    case 'spaceDelimited':
      return [[name, quote('space')]];
    case 'pipeDelimited':
      return [[name, quote('pipe')]];
    default:
      return [[name, quote('comma')]];
  }
}

function optional(name: string, styles: Styles): readonly string[] {
  return styles.length === 0 ? [] : [`    ${name}: ${record(styles)},`];
}

function record(entries: Styles): string {
  return entries.length === 0
    ? '{}'
    : `{ ${entries.map(([key, text]) => `${/^\d+$/.test(key) ? key : propertyKey(key)}: ${text}`).join(', ')} }`;
}
