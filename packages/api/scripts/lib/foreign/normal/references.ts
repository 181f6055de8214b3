import { asObject, isObject, refPath, valueAt, type JsonObject } from '../../json.ts';

/** What a reference may name: these parts are kept, and have a type of their own. */
const kept = new Set(['headers', 'parameters', 'requestBodies', 'responses', 'schemas', 'securitySchemes']);

/**
 * The document with references to whole components only. Whatever else one leads to, a part of a path or of a schema, is
 * written out in its place; where that would go on for ever, it is anything.
 */
export function withShortReferences(root: JsonObject): JsonObject {
  const under = new Set<string>();
  const change = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(change);
    if (!isObject(value)) return value;
    const { $ref } = value;
    if (typeof $ref !== 'string' || isShort($ref)) return changed(value);
    const target = valueAt(root, refPath($ref) ?? []);
    // Within an example it is data.
    if (!isObject(target) || target === root) return changed(value);
    if (under.has($ref)) return {};
    under.add($ref);
    const { $ref: _, ...siblings } = value;
    const inlined = { ...asObject(change(target)), ...siblings };
    under.delete($ref);
    return inlined;
  };
  const changed = (value: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(inner)]));
  return changed(root);
}

function isShort(ref: string): boolean {
  const [components, section, name, ...deeper] = refPath(ref) ?? [];
  return components === 'components' && kept.has(section ?? '') && name !== undefined && deeper.length === 0;
}
