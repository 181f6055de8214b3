import { readFileSync } from 'node:fs';
import { serviceOperations, type ServiceOperationId } from '@gateway-sync/api';
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as formats from 'ajv-formats/dist/formats.js';
import { parse } from 'yaml';

type Node = Readonly<Record<string, unknown>>;

/** An answer as it came over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
}

const document = strict(
  parse(readFileSync(new URL(import.meta.resolve('@gateway-sync/specs/gateway-sync.yaml')), 'utf8')),
);
const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false, formats: formats.fullFormats });
ajv.addSchema(document as object, 'service');

/** What is wrong with an answer by the document, read afresh from its file; empty when nothing is. */
export function judgeAnswer(operationId: ServiceOperationId, { status, headers, text }: WireAnswer): string[] {
  const { method, path } = serviceOperations[operationId];
  const responses = member(document, 'paths', path, method.toLowerCase(), 'responses');
  const response = resolved(member(responses, String(status)));
  if (!response) return [`${operationId} answers ${status}, which is not documented`];
  const content = member(response, 'content');
  if (!content) return text === '' ? [] : ['a body where none is documented'];
  const [mediaType = ''] = Object.keys(content);
  const problems = headers['content-type']?.startsWith(mediaType)
    ? []
    : [`${headers['content-type']} is not ${mediaType}`];
  if (mediaType === 'text/plain') return problems;
  const needed = Object.keys(member(response, 'headers') ?? {}).filter((name) => !headers[name.toLowerCase()]);
  return [
    ...problems,
    ...needed.map((name) => `no header ${name}`),
    ...judge(String(member(content, mediaType, 'schema')?.['$ref']), text),
  ];
}

/** What is wrong with a problem document. */
export function judgeProblem({ status, headers, text }: WireAnswer): string[] {
  if (!headers['content-type']?.startsWith('application/problem+json')) return [`it is ${headers['content-type']}`];
  const wrong = judge('#/components/schemas/Problem', text);
  return wrong.length > 0 || (JSON.parse(text) as { status: unknown }).status === status ? wrong : ['another status'];
}

function judge(reference: string, text: string): string[] {
  const validate = ajv.getSchema(`service${reference}`);
  if (!validate) throw new Error(`no schema ${reference}`);
  if (validate(JSON.parse(text))) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

/** Objects have no members but those that the document lists, so that nothing is shown by accident. */
function strict(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strict);
  if (typeof value !== 'object' || value === null) return value;
  const closed = 'properties' in value && 'type' in value && !('additionalProperties' in value);
  const entries = Object.entries(value).map(([name, inner]) => [name, strict(inner)]);
  return { ...Object.fromEntries(entries), ...(closed && { additionalProperties: false }) };
}

function member(from: unknown, ...names: readonly string[]): Node | undefined {
  const found = names.reduce<unknown>((value, name) => (value as Node | undefined)?.[name], from);
  return found as Node | undefined;
}

function resolved(node: Node | undefined): Node | undefined {
  const reference = node?.['$ref'];
  return typeof reference === 'string' ? member(document, ...reference.slice(2).split('/')) : node;
}
