import { setTimeout as delay } from 'node:timers/promises';
import { probeDestinations } from './configs/reachability.js';
import type { Contract, Operation } from './contract/contract.js';
import type { FiredFaults } from './faults/fault-book.js';
import { foreignWrite } from './faults/foreign-write.js';
import { refuse, refuseInvalid, type Answer } from './http/answer.js';
import type { RequestBody } from './http/read-body.js';
import { bearerToken, checkAccess } from './oauth/access.js';
import type { Call, Handler, Outcome } from './routes/call.js';
import { changesBetween, type Change } from './state/changes.js';
import type { Tenant } from './state/tenant.js';
import type { World } from './world.js';

/** A matched request, before anything was judged. */
export interface Incoming {
  readonly operation: Operation;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: RequestBody;
  readonly faults: FiredFaults;
  readonly signal: AbortSignal;
  /** Told what the call changes. */
  readonly changed: (changes: readonly Change[]) => void;
}

/** Serves an operation of one tenant: access, contract, faults, handler, store. Refuses by throwing a `Refusal`. */
export async function serveTenantCall(
  incoming: Incoming,
  handler: Handler,
  world: World,
  contract: Contract,
): Promise<Answer> {
  const { faults, operation } = incoming;
  const name = incoming.params['tenant'] ?? '';
  if (faults.of('expire-token').length > 0) expireToken(incoming.headers['authorization'], world);
  checkAccess(
    {
      authorization: incoming.headers['authorization'],
      tenantHeader: incoming.headers['emporix-tenant'],
      tenant: name,
      scopes: operation.scopes,
    },
    world.tokens,
    world.quirks,
    world.clock.now(),
  );
  const tenant = world.tenant(name) ?? refuse(404, `There is no tenant ${name}.`);
  const query = judge(incoming, world, contract);

  const isRead = operation.method === 'GET';
  if (!isRead) applyForeignWrites(tenant, incoming, world);
  const stale = isRead ? faults.of('stale-read')[0] : undefined;
  const call = (): Call => ({
    tenant,
    documents: stale === undefined ? tenant.documents : tenant.documentsBefore(stale.writes),
    params: incoming.params,
    query,
    headers: incoming.headers,
    body: incoming.body.json,
    quirks: world.quirks,
    random: world.random,
    faults,
    now: world.clock.now(),
    others: () => world.tenants.list().filter((other) => other !== tenant),
  });
  const keep = (outcome: Outcome): Answer => {
    if (outcome.documents !== undefined && faults.of('drop-write').length === 0) {
      incoming.changed(changesBetween(tenant.documents, outcome.documents));
      tenant.write(outcome.documents);
    }
    if (outcome.token !== undefined) {
      world.svix.tokens.add(outcome.token);
      world.sessions.goOn(outcome.token.value, incoming.headers['authorization']);
    }
    return outcome.answer;
  };
  const answer = await decide(() => handler(call()), keep, tenant, world);
  if (isRead) applyForeignWrites(tenant, incoming, world);
  return answer;
}

/** Waits as long as the latency faults say, or until the caller gives up. */
export async function delayBy(faults: FiredFaults, signal: AbortSignal): Promise<void> {
  const ms = faults.of('latency').reduce((sum, fault) => sum + fault.ms, 0);
  if (ms > 0) await delay(ms, undefined, { signal });
}

/** Nothing may happen between the decision and the moment it is kept, or two writers could both win. */
async function decide(
  handle: () => Outcome,
  keep: (outcome: Outcome) => Answer,
  tenant: Tenant,
  world: World,
): Promise<Answer> {
  const { documents } = tenant;
  const outcome = handle();
  if (outcome.probe === undefined || world.quirks.reachabilityProbe === 'off') return keep(outcome);
  await probeDestinations(outcome.probe.before, outcome.probe.after, world.quirks, world.fetch);
  return keep(tenant.documents === documents ? outcome : handle());
}

function judge(
  { operation, params, query, headers, body }: Incoming,
  world: World,
  contract: Contract,
): Readonly<Record<string, unknown>> {
  if (body.malformed === true) refuseInvalid(['body: is not valid JSON']);
  const kept = world.quirks.malformedMonth === 'ignored' ? withoutMalformedMonths(query) : query;
  const judgement = contract.judgeRequest(operation.operationId, { params, query: kept, headers, body: body.json });
  if (judgement.problems.length > 0) refuseInvalid(judgement.problems);
  return judgement.query;
}

function withoutMalformedMonths(query: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(query).filter(
      ([name, value]) => !name.endsWith('YearMonth') || /^\d{4}-(0[1-9]|1[0-2])$/.test(value),
    ),
  );
}

function expireToken(authorization: string | undefined, world: World): void {
  const token = bearerToken(authorization, world.tokens);
  if (token !== undefined) token.expiresAt = world.clock.now();
}

function applyForeignWrites(tenant: Tenant, { faults, body }: Incoming, world: World): void {
  for (const fault of faults.of('foreign-write')) {
    const types = fault.eventTypes ?? typesNamedIn(body.json) ?? [...tenant.documents.subscriptions.keys()];
    for (const eventType of types) {
      foreignWrite(
        tenant,
        { eventType, subscription: fault.subscription, excludedFields: fault.excludedFields },
        world.clock.now(),
      );
    }
  }
}

function typesNamedIn(body: unknown): readonly string[] | undefined {
  if (!Array.isArray(body)) return undefined;
  const items = body as readonly { readonly eventType?: unknown }[];
  return [
    ...new Set(items.flatMap((item) => (typeof item.eventType === 'string' ? [item.eventType.toLowerCase()] : []))),
  ];
}
