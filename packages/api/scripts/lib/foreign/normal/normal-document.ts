import { asObject, isObject, type JsonObject } from '../../json.ts';
import { withoutCycles } from './cycles.ts';
import { withShortReferences } from './references.ts';
import { mapped, withOneMediaType, withoutExamples } from './media-types.ts';
import { normalPaths } from './operations.ts';

/**
 * Somebody else's document in the form that the emitters and the client know: every operation named, with everything that
 * holds for it, one media type for each body, no callbacks, no type that cannot be written down. Pure.
 */
export function normalDocument(document: JsonObject): JsonObject {
  const root = withShortReferences(document);
  const components = asObject(root['components']);
  const { pathItems: _pathItems, callbacks: _callbacks, links: _links, examples: _examples, ...kept } = components;
  return {
    openapi: root['openapi'],
    info: root['info'],
    ...(root['servers'] !== undefined && { servers: root['servers'] }),
    paths: normalPaths(root),
    ...(isObject(root['webhooks']) && { webhooks: webhooks(root) }),
    components: {
      ...kept,
      headers: mapped(components['headers'], withoutExamples),
      parameters: mapped(components['parameters'], withoutExamples),
      schemas: withoutCycles(asObject(components['schemas'])),
      requestBodies: mapped(components['requestBodies'], normalBody),
      responses: mapped(components['responses'], normalBody),
    },
  };
}

// A webhook is sent by the vendor: it is no operation that a client can call.
function webhooks(root: JsonObject): JsonObject {
  const named = normalPaths({ ...root, paths: prefixed(asObject(root['webhooks'])) });
  return Object.fromEntries(
    Object.entries(named).map(([path, item]) => [
      path.slice(1),
      Object.fromEntries(
        Object.entries(asObject(item)).map(([method, operation]) => {
          const { operationId: _, ...rest } = asObject(operation);
          return [method, rest];
        }),
      ),
    ]),
  );
}

function prefixed(items: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(items).map(([name, item]) => [`/${name}`, item]));
}

function normalBody(body: unknown): unknown {
  return isObject(body) && !('$ref' in body) ? withOneMediaType(body) : body;
}
