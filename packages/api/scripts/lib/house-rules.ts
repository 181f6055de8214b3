import { mediaTypes, operations, requestBodies, responses } from './document-parts.ts';
import type { ParsedDocument } from './document.ts';
import { retryClasses } from './emit/retry-classes.ts';
import type { Finding } from './finding.ts';
import { asList, asObject, isObject, refPath, resolveRefs, valueAt, type JsonObject, type JsonPath } from './json.ts';
import type { Problem } from './problem.ts';
import { unnamedSchemas } from './unnamed-schemas.ts';

/** What we ask of our own documents beyond valid OpenAPI, because types, manifest, emulator and retries rest on it. */
export function checkHouseRules(document: ParsedDocument): readonly Problem[] {
  const findings = rules.flatMap((rule) => rule(document.root));
  return findings
    .map(({ at, rule, message }) => {
      const { line, column } = document.locate(at);
      return { file: document.file, line, column, rule: `house/${rule}`, message };
    })
    .toSorted((a, b) => a.line - b.line || a.column - b.column);
}

type Rule = (root: JsonObject) => readonly Finding[];

const openapiVersion: Rule = (root) =>
  typeof root['openapi'] === 'string' && root['openapi'].startsWith('3.1.')
    ? []
    : [{ at: ['openapi'], rule: 'openapi-version', message: 'write OpenAPI 3.1: `openapi: 3.1.0`' }];

const localRefs: Rule = (root) =>
  refsOf(root, []).flatMap(({ at, ref }) => {
    const path = refPath(ref);
    if (path === undefined) return [{ at, rule: 'local-refs', message: `${ref} leaves the document` }];
    return valueAt(root, path) === undefined ? [{ at, rule: 'local-refs', message: `${ref} does not exist` }] : [];
  });

const operationIds: Rule = (root) => {
  const seen = new Set<string>();
  return operations(root).flatMap(({ at, value, method, path }) => {
    const id = value['operationId'];
    const rule = 'operation-id';
    if (typeof id !== 'string') {
      return [{ at, rule, message: `${method.toUpperCase()} ${path} has no operationId` }];
    }
    const findings: Finding[] = [];
    if (!/^[a-z][A-Za-z0-9]*$/.test(id)) {
      findings.push({ at: [...at, 'operationId'], rule, message: `${id} is not camelCase` });
    }
    if (seen.has(id)) findings.push({ at: [...at, 'operationId'], rule, message: `${id} is used twice` });
    seen.add(id);
    return findings;
  });
};

const retryClass: Rule = (root) =>
  operations(root).flatMap(({ at, value }) => {
    const found = value['x-retry'];
    if (retryClasses.some((known) => known === found)) return [];
    const message = `x-retry must be one of ${retryClasses.join(', ')}; it is ${JSON.stringify(found) ?? 'missing'}`;
    return [{ at: 'x-retry' in value ? [...at, 'x-retry'] : at, rule: 'retry-class', message }];
  });

const security: Rule = (root) =>
  operations(root).flatMap(({ at, value }) => {
    const rule = 'security';
    const requirements = value['security'];
    if (!Array.isArray(requirements)) {
      return [{ at, rule, message: 'security is missing; write `security: []` when anybody may call it' }];
    }
    const here = [...at, 'security'];
    if (requirements.length > 1) {
      return [{ at: here, rule, message: 'state one security requirement: the manifest knows no alternatives' }];
    }
    return requirements.flatMap((requirement, index) =>
      Object.entries(asObject(requirement)).flatMap(([scheme, scopes]) =>
        undeclaredScopes(root, scheme, asList(scopes)).map((message) => ({
          at: [...here, index, scheme],
          rule,
          message,
        })),
      ),
    );
  });

const requiredBodies: Rule = (root) =>
  requestBodies(root).flatMap((part) => {
    const { at, value } = part;
    const findings: Finding[] = [];
    if (value['required'] !== true) {
      findings.push({ at, rule: 'request-body-required', message: 'a request body needs `required: true`' });
    }
    if (mediaTypes(part).length !== 1) {
      findings.push({ at, rule: 'request-media-type', message: 'a request body needs exactly one media type' });
    }
    return findings;
  });

const explicitStatuses: Rule = (root) =>
  operations(root).flatMap(({ at, value }) =>
    Object.keys(asObject(value['responses'])).flatMap((status) =>
      /^[1-5]\d\d$/.test(status)
        ? []
        : [{ at: [...at, 'responses', status], rule: 'explicit-status', message: `write a number, not ${status}` }],
    ),
  );

const examples: Rule = (root) =>
  [...requestBodies(root), ...responses(root)].flatMap((part) =>
    mediaTypes(part).flatMap(({ at, value }) =>
      'example' in value || Object.keys(asObject(value['examples'])).length > 0
        ? []
        : [{ at, rule: 'examples', message: 'a body needs at least one example' }],
    ),
  );

const rules: readonly Rule[] = [
  openapiVersion,
  localRefs,
  unnamedSchemas,
  operationIds,
  retryClass,
  security,
  requiredBodies,
  explicitStatuses,
  examples,
];

function undeclaredScopes(root: JsonObject, scheme: string, scopes: readonly unknown[]): readonly string[] {
  const declared = resolveRefs(root, valueAt(root, ['components', 'securitySchemes', scheme]));
  if (!isObject(declared)) return [`the security scheme ${scheme} is not declared`];
  if (declared['type'] !== 'oauth2') return [];
  const flows = Object.values(asObject(declared['flows']));
  const known = new Set(flows.flatMap((flow) => Object.keys(asObject(asObject(flow)['scopes']))));
  return scopes
    .filter((scope) => !known.has(String(scope)))
    .map((scope) => `the scope ${String(scope)} is not declared in ${scheme}`);
}

function refsOf(value: unknown, at: JsonPath): readonly { at: JsonPath; ref: string }[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => refsOf(item, [...at, index]));
  return Object.entries(asObject(value)).flatMap(([key, inner]) => {
    if (isExampleData(at, key, inner)) return [];
    return key === '$ref' && typeof inner === 'string'
      ? [{ at: [...at, key], ref: inner }]
      : refsOf(inner, [...at, key]);
  });
}

// A `$ref` within an example is data and refers to nothing. `properties` may have members of any name.
function isExampleData(at: JsonPath, key: string, value: unknown): boolean {
  if (at.at(-1) === 'properties') return false;
  return (
    key === 'example' || (key === 'examples' && Array.isArray(value)) || (key === 'value' && at.at(-2) === 'examples')
  );
}
