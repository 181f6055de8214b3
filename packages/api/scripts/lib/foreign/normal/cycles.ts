import { asList, asObject, isObject, refPath } from '../../json.ts';

type Schemas = Readonly<Record<string, unknown>>;

const alternatives = ['oneOf', 'anyOf'] as const;

/**
 * Named schemas, none of which is a part of itself without a property or a list between: TypeScript cannot write such a
 * type down. Two shapes are usual and have a meaning.
 *
 * - A base lists its kinds (`oneOf`), and each kind has the base in its `allOf`: there it means what all kinds share.
 * - Anything else that leads straight back to itself says nothing where it does so, and becomes "anything".
 */
export function withoutCycles(schemas: Schemas): Schemas {
  return cut(Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, kind(schemas, name, schema)])));
}

function kind(schemas: Schemas, name: string, schema: unknown): unknown {
  if (!isObject(schema) || !Array.isArray(schema['allOf'])) return schema;
  const allOf = schema['allOf'].map((member: unknown) => {
    const base = targetOf(member);
    const based = base === undefined ? undefined : schemas[base];
    if (base === undefined || !isObject(based)) return kind(schemas, name, member);
    const listed = alternatives.flatMap((keyword) => asList(based[keyword]));
    if (!listed.some((alternative) => leadsTo(schemas, alternative, name))) return member;
    const { oneOf: _oneOf, anyOf: _anyOf, discriminator: _discriminator, ...shared } = based;
    return shared;
  });
  return { ...schema, allOf };
}

function leadsTo(schemas: Schemas, from: unknown, name: string, seen = new Set<string>()): boolean {
  return directTargets(from).some((target) => {
    if (target === name) return true;
    if (seen.has(target)) return false;
    seen.add(target);
    return leadsTo(schemas, schemas[target], name, seen);
  });
}

function cut(schemas: Schemas): Schemas {
  const result: Record<string, unknown> = { ...schemas };
  const done = new Set<string>();
  const under = new Set<string>();
  const visit = (name: string): void => {
    under.add(name);
    result[name] = withoutTargets(result[name], under);
    for (const target of directTargets(result[name])) if (!done.has(target) && target in result) visit(target);
    under.delete(name);
    done.add(name);
  };
  for (const name of Object.keys(schemas)) if (!done.has(name)) visit(name);
  return result;
}

function withoutTargets(schema: unknown, unwanted: ReadonlySet<string>): unknown {
  const target = targetOf(schema);
  if (target !== undefined && unwanted.has(target)) return {};
  if (!isObject(schema)) return schema;
  const { discriminator, ...rest } = schema;
  const changed: Record<string, unknown> = { ...rest };
  let lost = false;
  for (const keyword of [...alternatives, 'allOf']) {
    const members = schema[keyword];
    if (!Array.isArray(members)) continue;
    const kept = members.map((member: unknown) => withoutTargets(member, unwanted));
    lost ||= kept.some((member, index) => targetOf(member) !== targetOf(members[index]));
    changed[keyword] = kept;
  }
  return lost || discriminator === undefined ? changed : { ...changed, discriminator };
}

/** The named schemas that the type of a schema is made of directly. */
function directTargets(schema: unknown): readonly string[] {
  const target = targetOf(schema);
  if (target !== undefined) return [target];
  return [...alternatives, 'allOf'].flatMap((keyword) => asList(asObject(schema)[keyword]).flatMap(directTargets));
}

function targetOf(schema: unknown): string | undefined {
  if (!isObject(schema) || typeof schema['$ref'] !== 'string') return undefined;
  const path = refPath(schema['$ref']);
  const [components, section, name, ...deeper] = path ?? [];
  return components === 'components' && section === 'schemas' && deeper.length === 0 ? name : undefined;
}
