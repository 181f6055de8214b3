import { formatsOf } from './formats.js';
import { locate, readDocument, rootOf, type ApiDocument, type Located } from './document.js';
import { describeProblems } from './problems.js';
import { isObject } from '../json.js';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/** One operation of the documents under specs/. */
export interface Operation {
  /** The document's file without its ending. */
  readonly document: string;
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly scopes: readonly string[];
  /** Documented statuses, ascending. */
  readonly statuses: readonly number[];
}

export type Match =
  | { readonly kind: 'operation'; readonly operation: Operation; readonly params: Readonly<Record<string, string>> }
  | { readonly kind: 'method-not-allowed'; readonly allow: readonly string[] }
  | { readonly kind: 'unknown-path' };

/** A request as the contract judges it. `body` is undefined when none was sent or its media type does not fit. */
export interface ContractRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** `problems` is empty when the request keeps the contract; then `query` has the types the contract names. */
export interface RequestJudgement {
  readonly problems: readonly string[];
  readonly query: Readonly<Record<string, unknown>>;
}

/** What the OpenAPI documents say, made executable. Holds no state and is shared by all emulators of a process. */
export interface Contract {
  readonly operations: readonly Operation[];
  match(method: string, pathname: string): Match;
  judgeRequest(operationId: string, request: ContractRequest): RequestJudgement;
  /** What is wrong with an answer; empty when nothing is. An undocumented status is wrong. */
  judgeAnswer(operationId: string, status: number, body: unknown): readonly string[];
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;
const DOCUMENTS = ['emporix-webhook.yaml', 'emporix-oauth.yaml', 'svix.yaml'] as const;

let shared: Contract | undefined;

/** The contract of specs/, read and compiled once in a process. */
export function loadContract(): Contract {
  shared ??= createContract(DOCUMENTS.map(readDocument));
  return shared;
}

export function createContract(documents: readonly ApiDocument[]): Contract {
  const compiled = documents.flatMap(compileDocument);
  const byId = new Map(compiled.map((operation) => [operation.operationId, operation]));
  const find = (operationId: string): CompiledOperation => {
    const operation = byId.get(operationId);
    if (operation === undefined) throw new Error(`specs/ has no operation ${operationId}`);
    return operation;
  };
  return {
    operations: compiled,
    match: (method, pathname) => match(compiled, method, pathname),
    judgeRequest: (operationId, request) => judgeRequest(find(operationId), request),
    judgeAnswer: (operationId, status, body) => judgeAnswer(find(operationId), status, body),
  };
}

interface CompiledOperation extends Operation {
  readonly explain: (errors: ValidateFunction['errors']) => string[];
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly parameters: ValidateFunction;
  readonly body: { readonly validate: ValidateFunction; readonly required: boolean } | undefined;
  /** By status; undefined for an answer without a body. */
  readonly answers: ReadonlyMap<number, ValidateFunction | undefined>;
}

interface Compiler {
  readonly document: ApiDocument;
  readonly ajv: Ajv2020;
  /** Turns texts into the numbers and booleans that parameters are documented as. */
  readonly coercing: Ajv2020;
}

function compileDocument(document: ApiDocument): CompiledOperation[] {
  const options = { strict: false, allErrors: true, validateSchema: false, verbose: true, formats: formatsOf() };
  const compiler: Compiler = {
    document,
    ajv: new Ajv2020(options),
    coercing: new Ajv2020({ ...options, coerceTypes: true }),
  };
  for (const ajv of [compiler.ajv, compiler.coercing]) ajv.addSchema(document.root, document.key);
  const paths = locate(document, rootOf(document), 'paths');
  return keysOf(paths).flatMap((path) => {
    const item = locate(document, paths, path);
    const methods = METHODS.filter((method) => keysOf(item).includes(method));
    return methods.map((method) => compileOperation(compiler, path, item, method));
  });
}

function compileOperation(
  { document, ajv, coercing }: Compiler,
  path: string,
  item: Located,
  method: string,
): CompiledOperation {
  const operation = locate(document, item, method);
  const statuses = keysOf(locate(document, operation, 'responses')).map(Number);
  const operationId = locate(document, operation, 'operationId').value;
  if (typeof operationId !== 'string') throw new Error(`${document.key}: ${method} ${path} has no operationId`);
  return {
    document: document.key,
    operationId,
    method: method.toUpperCase(),
    path,
    scopes: scopesOf(operation.value),
    statuses: statuses.toSorted((a, b) => a - b),
    explain: (errors) => describeProblems(errors ?? [], (reference) => ajv.getSchema(`${document.key}${reference}`)),
    ...compilePath(path),
    parameters: compileParameters(coercing, document, [item, operation]),
    body: compileBody(ajv, document, operation),
    answers: new Map(statuses.map((status) => [status, compileAnswer(ajv, document, operation, status)])),
  };
}

function match(operations: readonly CompiledOperation[], method: string, pathname: string): Match {
  const here = operations.filter((operation) => operation.pattern.test(pathname));
  if (here.length === 0) return { kind: 'unknown-path' };
  const operation = here.find((candidate) => candidate.method === method);
  if (operation === undefined) return { kind: 'method-not-allowed', allow: here.map((candidate) => candidate.method) };
  const values = operation.pattern.exec(pathname)?.slice(1) ?? [];
  const params = Object.fromEntries(operation.names.map((name, index) => [name, decode(values[index] ?? '')]));
  return { kind: 'operation', operation, params };
}

function judgeRequest(operation: CompiledOperation, request: ContractRequest): RequestJudgement {
  const places = {
    path: { ...request.params },
    query: { ...request.query } as Record<string, unknown>,
    header: { ...request.headers },
  };
  const problems: string[] = [];
  if (!operation.parameters(places)) problems.push(...operation.explain(operation.parameters.errors));
  if (operation.body !== undefined) {
    if (request.body === undefined) {
      if (operation.body.required) problems.push('body: is required, with the right content type');
    } else if (!operation.body.validate(request.body)) {
      problems.push(...operation.explain(operation.body.validate.errors));
    }
  }
  return { problems, query: places.query };
}

function judgeAnswer(operation: CompiledOperation, status: number, body: unknown): readonly string[] {
  if (!operation.answers.has(status)) return [`status ${status} is not documented`];
  const validate = operation.answers.get(status);
  if (validate === undefined) return body === undefined ? [] : ['a body where none is documented'];
  if (body === undefined) return ['no body where one is documented'];
  return validate(body) ? [] : operation.explain(validate.errors);
}

function compilePath(path: string): { pattern: RegExp; names: string[] } {
  const names: string[] = [];
  const source = path.replace(/\{(\w+)\}|[.*+?^$()|[\]\\]/g, (part: string, name: string | undefined) => {
    if (name === undefined) return `\\${part}`;
    names.push(name);
    return '([^/]+)';
  });
  return { pattern: new RegExp(`^${source}$`), names };
}

function compileParameters(ajv: Ajv2020, document: ApiDocument, owners: readonly Located[]): ValidateFunction {
  const places: Record<string, { type: 'object'; properties: Record<string, object>; required: string[] }> = {
    path: { type: 'object', properties: {}, required: [] },
    query: { type: 'object', properties: {}, required: [] },
    header: { type: 'object', properties: {}, required: [] },
  };
  for (const owner of owners) {
    const list = locate(document, owner, 'parameters');
    const count = Array.isArray(list.value) ? list.value.length : 0;
    for (let index = 0; index < count; index++) {
      const parameter = locateItem(document, list, index);
      if (!isObject(parameter.value)) continue;
      const place = places[String(parameter.value['in'])];
      if (place === undefined) continue;
      const name =
        place === places['header'] ? String(parameter.value['name']).toLowerCase() : String(parameter.value['name']);
      place.properties[name] = referenceTo(document, locate(document, parameter, 'schema'));
      if (parameter.value['required'] === true) place.required.push(name);
    }
  }
  return ajv.compile({ type: 'object', properties: places });
}

function compileBody(ajv: Ajv2020, document: ApiDocument, operation: Located): CompiledOperation['body'] {
  const body = locate(document, operation, 'requestBody');
  const content = locate(document, body, 'content');
  const mediaType = keysOf(content)[0];
  if (mediaType === undefined) return undefined;
  const validate = ajv.compile(referenceTo(document, locate(document, content, mediaType, 'schema')));
  return { validate, required: isObject(body.value) && body.value['required'] === true };
}

function compileAnswer(
  ajv: Ajv2020,
  document: ApiDocument,
  operation: Located,
  status: number,
): ValidateFunction | undefined {
  const content = locate(document, operation, 'responses', String(status), 'content');
  if (!isObject(content.value)) return undefined;
  return ajv.compile(referenceTo(document, locate(document, content, 'application/json', 'schema')));
}

function referenceTo(document: ApiDocument, place: Located): { $ref: string } {
  return { $ref: `${document.key}#${place.pointer}` };
}

function locateItem(document: ApiDocument, list: Located, index: number): Located {
  const value: unknown = Array.isArray(list.value) ? list.value[index] : undefined;
  return locate(document, { pointer: list.pointer, value: { [index]: value } }, String(index));
}

function scopesOf(operation: unknown): string[] {
  const security =
    isObject(operation) && Array.isArray(operation['security']) ? (operation['security'] as unknown[]) : [];
  return security.flatMap((entry) => (isObject(entry) ? Object.values(entry).flat() : [])).map(String);
}

function keysOf(place: Located): string[] {
  return isObject(place.value) ? Object.keys(place.value) : [];
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A stray percent sign: what was sent is the best name there is.
    return segment;
  }
}
