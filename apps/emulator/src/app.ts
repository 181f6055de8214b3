import { type Contract, type Match } from './contract/contract.js';
import type { FiredFaults } from './faults/fault-book.js';
import { ConnectionReset, spoil } from './faults/spoil.js';
import { gatewayFault, Refusal, serviceError, type Answer } from './http/answer.js';
import { readBody, type RequestBody } from './http/read-body.js';
import { toResponse } from './http/to-response.js';
import { answerTokenRequest } from './oauth/token-endpoint.js';
import type { Handlers } from './routes/handlers.js';
import { maskSecrets } from './secrets.js';
import { serveSvixCall } from './serve-svix-call.js';
import { delayBy, serveTenantCall } from './serve-tenant-call.js';
import { svixHandlers } from './svix/handlers.js';
import type { Change } from './state/changes.js';
import type { World } from './world.js';

const SVIX = 'svix';
const SVIX_PATHS = '/api/v1/';
const LOGGED_BODY_AT_MOST = 16_384;

type OperationMatch = Extract<Match, { kind: 'operation' }>;

/** What is known of one request while it is served. */
interface Served {
  readonly id: number;
  readonly startedAt: number;
  readonly request: Request;
  readonly url: URL;
  readonly match: OperationMatch;
  readonly tenant: string | undefined;
  readonly body: RequestBody;
  readonly faults: FiredFaults;
  /** Grows while it is served. */
  readonly changes: Change[];
}

/** Serves the operations of specs/ as a `fetch` handler. */
export function createApp(
  world: World,
  contract: Contract,
  handlers: Handlers,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const url = new URL(request.url);
    const match = contract.match(request.method, withoutTrailingSlash(url.pathname));
    if (match.kind !== 'operation') return toResponse(answerNoOperation(match, request, url, world));

    const body = await readBody(request);
    const { operationId, document } = match.operation;
    const svix = document === SVIX;
    const tenant = tenantOf(match, body, request, world);
    const id = world.requests.nextId();
    const startedAt = world.clock.now();
    const faults = world.faults.fire({ operationId, svix, tenant, method: request.method }, startedAt, id);
    const served = { id, startedAt, request, url, match, tenant, body, faults, changes: [] };
    return await serve(served, world, contract, handlers);
  };
}

async function serve(served: Served, world: World, contract: Contract, handlers: Handlers): Promise<Response> {
  const { request, match, faults } = served;
  const { ending } = faults;
  let answer: Answer | undefined;
  let response: Response | undefined;
  try {
    await delayBy(faults, request.signal);
    const early = ending !== undefined && 'phase' in ending && ending.phase === 'before';
    if (!early) answer = hold(await work(served, world, contract, handlers), served, world, contract);
    response =
      ending === undefined || answer?.headers?.['x-emulator-contract-violation'] !== undefined
        ? toResponse(answer ?? serviceError(500, 'No answer.'))
        : await spoil(ending, {
            document: match.operation.document,
            answer,
            signal: request.signal,
            now: world.clock.now(),
          });
    if (faults.ids.length > 0) response.headers.set('x-emulator-fault', faults.ids.join(' '));
    response.headers.set('date', new Date(world.clock.now()).toUTCString());
    return response;
  } finally {
    log(served, response?.status ?? null, ending === undefined ? answer?.body : undefined, world);
  }
}

async function work(served: Served, world: World, contract: Contract, handlers: Handlers): Promise<Answer> {
  const { match, request, url, body, faults, changes } = served;
  try {
    const { operationId } = match.operation;
    const incoming = {
      operation: match.operation,
      params: match.params,
      query: Object.fromEntries(url.searchParams),
      headers: Object.fromEntries(request.headers),
      body,
      faults,
      signal: request.signal,
      changed: (made: readonly Change[]) => void changes.push(...made),
    };
    const handler = handlers[operationId];
    if (handler !== undefined) return await serveTenantCall(incoming, handler, world, contract);
    const svixHandler = svixHandlers[operationId];
    if (svixHandler !== undefined) return await serveSvixCall(incoming, svixHandler, world, contract);
    return answerTokenRequest(body.form, {
      tokens: world.tokens,
      sessions: world.sessions,
      quirks: world.quirks,
      now: world.clock.now(),
      findCredentials: (clientId) => world.findCredentials(clientId),
    });
  } catch (error) {
    if (error instanceof Refusal) return declareUndocumented(error.answer, match);
    if (error instanceof ConnectionReset) throw error;
    world.log(
      `emulator: ${match.operation.operationId} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    return serviceError(500, 'The emulator itself failed; its log says why.');
  }
}

/** The gateway refuses any call that makes no sense, whether or not the operation documents a 400. */
function declareUndocumented(answer: Answer, { operation }: OperationMatch): Answer {
  if (answer.status !== 400 || operation.statuses.includes(400) || answer.offContract !== undefined) return answer;
  return { ...answer, offContract: `status 400 is not documented for ${operation.operationId}` };
}

/** Holds an answer against the contract. One that breaks it becomes a loud 500: then the emulator must be repaired. */
function hold(answer: Answer, { match }: Served, world: World, contract: Contract): Answer {
  if (answer.offContract !== undefined) return answer;
  const { operationId } = match.operation;
  const problems = contract.judgeAnswer(operationId, answer.status, answer.body);
  if (problems.length === 0) return answer;
  world.log(`emulator: ${operationId} ${answer.status} breaks the contract: ${problems.join('; ')}`);
  return {
    ...serviceError(500, 'The emulator broke the contract of specs/.', problems),
    headers: { 'x-emulator-contract-violation': `${operationId} ${answer.status}` },
  };
}

function answerNoOperation(match: Exclude<Match, OperationMatch>, request: Request, url: URL, world: World): Answer {
  const startedAt = world.clock.now();
  const answer = url.pathname.startsWith(SVIX_PATHS)
    ? answerNoSvixOperation(match)
    : answerNoEmporixOperation(match, request, url);
  world.requests.add({
    id: world.requests.nextId(),
    startedAt,
    at: world.clock.now(),
    method: request.method,
    path: url.pathname + url.search,
    operationId: null,
    tenant: null,
    status: answer.status,
    faults: [],
    changes: [],
  });
  return answer;
}

/** Svix says nothing at all about paths it does not know. */
function answerNoSvixOperation(match: Exclude<Match, OperationMatch>): Answer {
  return match.kind === 'unknown-path' ? { status: 404 } : { status: 405, headers: { allow: match.allow.join(', ') } };
}

function answerNoEmporixOperation(match: Exclude<Match, OperationMatch>, { method }: Request, url: URL): Answer {
  return match.kind === 'unknown-path'
    ? gatewayFault(
        404,
        `Unable to identify proxy for url: ${url.pathname}`,
        'messaging.adaptors.http.flow.ApplicationNotFound',
      )
    : {
        ...serviceError(405, `Method ${method} does not work here.`),
        headers: { allow: match.allow.join(', ') },
      };
}

/** Svix takes a path with a slash at its end for the one without. */
function withoutTrailingSlash(pathname: string): string {
  return pathname.startsWith(SVIX_PATHS) && pathname.endsWith('/') ? pathname.slice(0, -1) : pathname;
}

function tenantOf({ operation, params }: OperationMatch, body: RequestBody, request: Request, world: World) {
  if (operation.document !== SVIX) return params['tenant'] ?? tenantOfClient(body.form, world);
  return world.svix.tokens.find(request.headers.get('authorization') ?? undefined)?.tenant;
}

function tenantOfClient(form: URLSearchParams | undefined, world: World): string | undefined {
  const clientId = form?.get('client_id');
  return clientId === null || clientId === undefined ? undefined : world.findCredentials(clientId)?.tenant;
}

function log(
  { id, startedAt, request, url, match, tenant, body, faults, changes }: Served,
  status: number | null,
  answer: unknown,
  world: World,
): void {
  const requestBody = body.json ?? (body.form === undefined ? undefined : Object.fromEntries(body.form));
  const session = world.sessions.of(request.headers.get('authorization') ?? undefined);
  world.requests.add({
    id,
    startedAt,
    at: world.clock.now(),
    ...(session !== undefined && { session }),
    method: request.method,
    path: url.pathname + url.search,
    operationId: match.operation.operationId,
    tenant: tenant ?? null,
    status,
    faults: faults.ids,
    changes,
    ...(requestBody === undefined ? {} : { requestBody: shorten(maskSecrets(requestBody)) }),
    ...(answer === undefined ? {} : { responseBody: shorten(maskSecrets(answer)) }),
  });
}

/** Large bodies are not worth the memory: only their size stays. */
function shorten(body: unknown): unknown {
  const length = JSON.stringify(body).length;
  return length <= LOGGED_BODY_AT_MOST ? body : { omitted: `${length} characters` };
}
