import type { Contract } from './contract/contract.js';
import { foreignEndpointWrite } from './faults/foreign-endpoint-write.js';
import type { Answer } from './http/answer.js';
import type { Incoming } from './serve-tenant-call.js';
import { changesBetween } from './state/changes.js';
import type { Tenant } from './state/tenant.js';
import { checkCapability, refuseToken } from './svix/access.js';
import { findApplication } from './svix/application.js';
import type { SvixCall, SvixHandler, SvixOutcome } from './svix/call.js';
import { dispatch } from './svix/dispatch.js';
import { refuseComplaints, refuseUnknown, toComplaint } from './svix/errors.js';
import type { SvixToken } from './svix/token.js';
import type { World } from './world.js';

/** Serves an operation of Svix: token, capability, contract, faults, handler, store, messages. Refuses by throwing. */
export async function serveSvixCall(
  incoming: Incoming,
  handler: SvixHandler,
  world: World,
  contract: Contract,
): Promise<Answer> {
  const token = letIn(incoming, world);
  const tenant = world.tenant(token.tenant) ?? refuseUnknown();
  const query = judge(incoming, contract);
  const key = idempotencyKey(incoming);
  const known = key === undefined ? undefined : world.svix.answered.find(key, world.clock.now());
  if (known !== undefined) return known;

  const isRead = incoming.operation.method === 'GET';
  if (!isRead) applyForeignWrites(tenant, token, incoming, world);
  const outcome = handler(toCall(incoming, token, tenant, query, world));
  // Before anything is sent: a repetition may come while the receivers are still busy.
  if (key !== undefined && outcome.answer.status < 300)
    world.svix.answered.keep(key, outcome.answer, world.clock.now());
  await keep(outcome, token, tenant, incoming, world);
  if (isRead) applyForeignWrites(tenant, token, incoming, world);
  return outcome.answer;
}

function letIn({ operation, headers, faults }: Incoming, world: World): SvixToken {
  const token = world.svix.tokens.find(headers['authorization']);
  if (token !== undefined && faults.of('expire-token').length > 0) token.expiresAt = world.clock.now();
  if (token === undefined || token.expiresAt <= world.clock.now()) {
    refuseToken(headers['authorization'], world.quirks);
  }
  checkCapability(token, operation.operationId);
  return token;
}

function judge({ operation, params, query, headers, body }: Incoming, contract: Contract) {
  if (body.malformed === true) refuseComplaints([{ loc: ['body'], msg: 'is not valid JSON' }]);
  const judgement = contract.judgeRequest(operation.operationId, { params, query, headers, body: body.json });
  if (judgement.problems.length > 0) refuseComplaints(judgement.problems.map(toComplaint));
  return judgement.query;
}

function toCall(
  { params, body, faults, operation }: Incoming,
  token: SvixToken,
  tenant: Tenant,
  query: SvixCall['query'],
  world: World,
): SvixCall {
  const stale = operation.method === 'GET' ? faults.of('stale-read')[0] : undefined;
  const documents = stale === undefined ? tenant.documents : tenant.documentsBefore(stale.writes);
  return {
    token,
    tenant,
    applications: documents.applications,
    params,
    query,
    body: body.json,
    eventTypes: world.svixEventTypes(tenant),
    quirks: world.quirks,
    random: world.random,
    now: world.clock.now(),
  };
}

async function keep(
  { applications, send, grant, endsToken }: SvixOutcome,
  token: SvixToken,
  tenant: Tenant,
  { faults, changed, headers }: Incoming,
  world: World,
): Promise<void> {
  if (faults.of('drop-write').length > 0) return;
  if (applications !== undefined) {
    const documents = { ...tenant.documents, applications };
    changed(changesBetween(tenant.documents, documents));
    tenant.write(documents);
  }
  if (grant !== undefined) {
    world.svix.tokens.add(grant);
    world.sessions.goOn(grant.value, headers['authorization']);
  }
  if (endsToken === true) token.expiresAt = world.clock.now();
  if (send !== undefined) await dispatch(send, tenant, world);
}

/** Good for the same key, token and URL; undefined when the caller did not ask for it. */
function idempotencyKey({ operation, params, headers }: Incoming): string | undefined {
  const key = headers['idempotency-key'];
  if (operation.method !== 'POST' || key === undefined) return undefined;
  return JSON.stringify([headers['authorization'], key, operation.operationId, params]);
}

/** In the application that the token is for, or that the path names. */
function applyForeignWrites(tenant: Tenant, token: SvixToken, { faults, params }: Incoming, world: World): void {
  const { applications } = tenant.documents;
  const applicationId =
    token.kind === 'application'
      ? token.applicationId
      : (findApplication(applications, 'own', params['appId'] ?? '')?.id ?? '');
  for (const fault of faults.of('foreign-write')) {
    const endpoints = fault.endpoints ?? (params['endpointId'] === undefined ? undefined : [params['endpointId']]);
    const context = { wipes: world.quirks.svixPutClears, now: world.clock.now() };
    foreignEndpointWrite(tenant, { endpoints, applicationId, change: fault.endpoint ?? {} }, context);
  }
}
