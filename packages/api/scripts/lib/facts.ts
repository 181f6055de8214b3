import { httpMethods } from './document-parts.ts';
import { FactCollector, type Facts } from './fact-nodes.ts';
import { asList, asObject, canonicalJson, followRefs, isObject, type JsonObject } from './json.ts';
import { webhookPrefix, withoutSpaces } from './location.ts';
import type { Dialect } from './schema-alternatives.ts';
import { addSchemaFacts } from './schema-facts.ts';
import { withoutProse } from './schema-limits.ts';
import { securityFacts } from './security-facts.ts';

/** Reads the structure of an OpenAPI 3.0 or 3.1 document. Throws an Error when it is no such document. */
export function extractFacts(root: JsonObject): Facts {
  const version = root['openapi'];
  if (typeof version !== 'string' || !version.startsWith('3.')) {
    throw new Error('not an OpenAPI 3 document: `openapi` does not say 3.x');
  }
  const dialect: Dialect = { root, isVersion30: version.startsWith('3.0.') };
  const facts = new FactCollector();
  for (const [path, pathItem] of Object.entries(asObject(root['paths']))) {
    addPathItem(facts, dialect, pathItem, (method) => topLevel(`${method} ${withoutSpaces(path)}`));
  }
  for (const [name, pathItem] of Object.entries(asObject(root['webhooks']))) {
    addPathItem(facts, dialect, pathItem, (method) => topLevel(`${method} ${webhookPrefix}${withoutSpaces(name)}`));
  }
  return facts.nodes;
}

/** Where an operation stands; `open` is what the locations of its parts begin with. */
interface OperationUse {
  readonly parent: string | undefined;
  readonly location: string;
  readonly open: string;
}

function topLevel(location: string): OperationUse {
  return { parent: undefined, location, open: `${location} [` };
}

function addPathItem(
  facts: FactCollector,
  dialect: Dialect,
  value: unknown,
  use: (method: string) => OperationUse,
): void {
  const pathItem = asObject(followRefs(dialect.root, value));
  for (const method of httpMethods) {
    const operation = pathItem[method];
    if (isObject(operation)) addOperation(facts, dialect, use(method.toUpperCase()), operation, pathItem);
  }
}

function addOperation(
  facts: FactCollector,
  dialect: Dialect,
  { parent, location: name, open }: OperationUse,
  operation: JsonObject,
  pathItem: JsonObject,
): void {
  const { root } = dialect;
  facts.add(parent, name, {
    security: securityFacts(root, operation['security'] ?? root['security']),
    deprecated: operation['deprecated'] === true ? ['true'] : [],
  });
  const parts = { facts, dialect, name, open };
  for (const parameter of effectiveParameters(root, pathItem, operation)) addParameter(parts, parameter);
  const body = followRefs(root, operation['requestBody']);
  if (isObject(body)) {
    const location = facts.add(name, `${open}body]`, { required: [String(body['required'] === true)] });
    addContent(facts, dialect, location, `${open}body`, body);
  }
  for (const [status, value] of Object.entries(asObject(operation['responses']))) {
    if (status.startsWith('x-')) continue;
    const response = asObject(followRefs(root, value));
    const location = facts.add(name, `${open}${status}]`, {});
    for (const [header, headerValue] of Object.entries(asObject(response['headers']))) {
      const key = withoutSpaces(header.toLowerCase());
      addHeader(facts, dialect, location, `${open}${status} header ${key}]`, headerValue);
    }
    addContent(facts, dialect, location, `${open}${status}`, response);
  }
  // Callbacks of callbacks often lead back to where they came from, and nobody calls back that far.
  if (parent === undefined) addCallbacks(parts, operation['callbacks']);
}

interface OperationParts {
  readonly facts: FactCollector;
  readonly dialect: Dialect;
  readonly name: string;
  readonly open: string;
}

function addCallbacks({ facts, dialect, name, open }: OperationParts, callbacks: unknown): void {
  for (const [callback, value] of Object.entries(asObject(callbacks))) {
    for (const [address, pathItem] of Object.entries(asObject(followRefs(dialect.root, value)))) {
      if (address.startsWith('x-')) continue;
      addPathItem(facts, dialect, pathItem, (method) => {
        const place = `${open}callback ${withoutSpaces(callback)} ${method} ${withoutSpaces(address)}`;
        return { parent: name, location: `${place}]`, open: `${place} ` };
      });
    }
  }
}

// A parameter of the operation replaces the one of the path with the same name and place.
function effectiveParameters(root: JsonObject, pathItem: JsonObject, operation: JsonObject): readonly JsonObject[] {
  const all = [...asList(pathItem['parameters']), ...asList(operation['parameters'])]
    .map((parameter) => followRefs(root, parameter))
    .filter(isObject)
    .filter((parameter) => !(parameter['in'] === 'header' && isIgnoredHeader(String(parameter['name']))));
  return [...new Map(all.map((parameter) => [parameterKey(parameter), parameter])).values()];
}

function parameterKey(parameter: JsonObject): string {
  const name = withoutSpaces(String(parameter['name']));
  return `${String(parameter['in'])} ${parameter['in'] === 'header' ? name.toLowerCase() : name}`;
}

function addParameter({ facts, dialect, name, open }: OperationParts, parameter: JsonObject): void {
  const place = `${open}${parameterKey(parameter)}`;
  const location = facts.add(name, `${place}]`, {
    required: [String(parameter['required'] === true)],
    deprecated: parameter['deprecated'] === true ? ['true'] : [],
    allowReserved: parameter['allowReserved'] === true ? ['true'] : [],
    ...styleFacts(parameter),
  });
  addValue(facts, dialect, location, place, parameter);
}

// Only what differs from the defaults, which a document may state or leave out.
function styleFacts(parameter: JsonObject): Readonly<Record<string, readonly string[]>> {
  const usual = parameter['in'] === 'query' || parameter['in'] === 'cookie' ? 'form' : 'simple';
  const style = typeof parameter['style'] === 'string' ? parameter['style'] : usual;
  const explode = typeof parameter['explode'] === 'boolean' ? parameter['explode'] : style === 'form';
  return { style: style === usual ? [] : [style], explode: explode === (style === 'form') ? [] : [String(explode)] };
}

function addHeader(facts: FactCollector, dialect: Dialect, parent: string, location: string, value: unknown): void {
  const header = asObject(followRefs(dialect.root, value));
  const name = location.slice(location.lastIndexOf(' ') + 1, -1);
  if (isIgnoredHeader(name)) return;
  facts.add(parent, location, { required: [String(header['required'] === true)] });
  addValue(facts, dialect, location, location.slice(0, -1), header);
}

function addValue(facts: FactCollector, dialect: Dialect, location: string, place: string, value: JsonObject): void {
  if (value['content'] === undefined) {
    addSchemaFacts(facts, dialect, { parent: location, location: `${location} $`, schema: value['schema'] });
  } else addContent(facts, dialect, location, place, value);
}

function addContent(facts: FactCollector, dialect: Dialect, parent: string, place: string, value: JsonObject): void {
  for (const [mediaType, mediaValue] of Object.entries(asObject(value['content']))) {
    const media = asObject(mediaValue);
    const encoding = withoutProse(media['encoding']);
    const location = facts.add(parent, `${place} ${mediaType.toLowerCase().replaceAll(/\s/g, '')}]`, {
      encoding: encoding === undefined ? [] : [canonicalJson(encoding)],
    });
    addSchemaFacts(facts, dialect, { parent: location, location: `${location} $`, schema: media['schema'] });
  }
}

// OpenAPI says that descriptions of these headers are without effect.
function isIgnoredHeader(name: string): boolean {
  return ['accept', 'content-type', 'authorization'].includes(name.toLowerCase());
}
