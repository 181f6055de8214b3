import { isSecretName, reference, type Variables } from '../../core/dump-words.js';
import type { Json, JsonObject } from '../../core/json.js';

/** What a dump replaces by what is live. */
const LIVE_KEYS: ReadonlySet<string> = new Set(['subscriptions', 'delivery', 'endpoints']);

/**
 * The file as it is written, references and all, without what a dump takes from the tenants. Secrets that stand in it in
 * clear become references.
 */
export function writtenBase(written: unknown, variables: Variables): JsonObject {
  if (!isObject(written)) throw new TypeError('a desired-state file is a mapping');
  for (const name of referredVariables(written)) variables.take(name);
  const { defaults, tenants, ...head } = written;
  return {
    ...concealed(head, [], variables),
    ...(isObject(defaults) && { defaults: concealed(withoutLive(defaults), [], variables) }),
    tenants: Array.isArray(tenants) ? tenants.filter(isObject).map((tenant) => baseOfTenant(tenant, variables)) : [],
  };
}

function baseOfTenant(tenant: JsonObject, variables: Variables): JsonObject {
  const name = tenant['tenant'];
  return concealed(withoutLive(tenant), typeof name === 'string' ? [name] : [], variables);
}

function withoutLive(node: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(node).filter(([key]) => !LIVE_KEYS.has(key)));
}

function concealed(node: JsonObject, owner: readonly string[], variables: Variables): JsonObject {
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, concealedValue(key, value, owner, variables)]),
  );
}

function concealedValue(key: string, value: Json, owner: readonly string[], variables: Variables): Json {
  if (isObject(value)) return concealed(value, isGroup(key) ? owner : [...owner, key], variables);
  if (typeof value !== 'string' || !isSecretName(key) || ONLY_REFERENCES.test(value)) return value;
  return reference(variables.add([...owner, key]));
}

/** Adds nothing to the name of a variable: `ACME_CLIENT_SECRET`. */
function isGroup(key: string): boolean {
  return key === 'credentials';
}

/** A default may be the secret itself. */
const ONLY_REFERENCES = /^(\$\{env:[A-Za-z_]\w*\}|\$\{file:[^}]+\})$/;

/** Names of variables that the file looks up outside of what a dump replaces. */
function referredVariables(node: Json): string[] {
  if (typeof node === 'string') return [...node.matchAll(/\$\{env:([A-Za-z_]\w*)\}/g)].map(([, name = '']) => name);
  if (Array.isArray(node)) return node.flatMap(referredVariables);
  if (!isObject(node)) return [];
  return Object.entries(node).flatMap(([key, value]) => (LIVE_KEYS.has(key) ? [] : referredVariables(value)));
}

/** Of a parsed YAML document, which holds nothing that JSON could not. */
function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
