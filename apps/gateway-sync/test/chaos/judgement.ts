import type { LoggedRequest } from '@gateway-sync/emulator';
import type { FinishedRun } from '../support/replicas.js';
import type { Generation } from './desired-file.js';
import { EVENTS, THEIR_EVENTS, type Shop } from './shops.js';

/** Everything that was written down while replicas were killed. */
export interface Evidence {
  readonly generations: readonly Generation[];
  /** By when they ended; of all tenants. */
  readonly requests: readonly LoggedRequest[];
  readonly runs: readonly FinishedRun[];
  /** Subscriptions that somebody else took away, as `tenant event`. */
  readonly taken: readonly string[];
  /** Absent: the database was away meanwhile, and what it did not hear of is in no audit. */
  readonly audit?: readonly AuditRow[];
}

export interface AuditRow {
  readonly tenant: string;
  readonly reconcile_id: string;
  readonly resource: string;
  readonly type: string;
  readonly name: string;
  readonly status: string;
  readonly message: string | null;
}

/** Calls that belong to no run. */
const ASIDE = new Set(['requestToken', 'getStatistics', 'listMessages']);
/** Calls that belong to a run, unless they come after the statistics: then the quota is watched with them. */
const WATCHING = new Set(['listConfigs', 'getDashboardAccess']);
/** Calls that begin a run; whoever makes them may come right after somebody else. */
const BEGINNING = new Set(['listSubscriptions', 'listConfigs', 'getConfig', 'getDashboardAccess', 'listEndpoints']);
/** By so much may the time of a log line miss the end of its run, on a busy machine. */
const CLOCK_MS = 250;

/** What may never happen, whatever breaks: in words, empty when all is well. */
export function judge(evidence: Evidence): string[] {
  const tenants = Map.groupBy(evidence.requests, ({ tenant }) => tenant ?? '');
  return [
    ...[...tenants].flatMap(([tenant, requests]) => [
      ...interleaved(tenant, requests),
      ...doubled(tenant, requests),
      ...unasked(tenant, requests, evidence),
      ...writtenWhereObserved(tenant, requests, evidence),
      ...beyondPlan(tenant, requests),
      ...(evidence.audit ? unaudited(tenant, requests, evidence.runs, evidence.audit) : []),
    ]),
    ...overlapping(evidence.runs),
  ];
}

/** A request that is no beginning follows one of the same process, or two runs of the tenant are under way at once. */
function interleaved(tenant: string, requests: readonly LoggedRequest[]): string[] {
  const own = ofRuns(
    requests
      .filter(({ session }) => session !== undefined)
      .toSorted((a, b) => a.startedAt - b.startedAt || a.id - b.id),
  );
  return own.flatMap((request, index) => {
    const before = own[index - 1];
    const isBeginning = BEGINNING.has(request.operationId ?? '');
    if (!before || before.session === request.session || isBeginning) return [];
    return [`${tenant}: ${told(request)} comes between the requests of another process, after ${told(before)}`];
  });
}

/** Without the readings of the quota, which begin with the statistics; runs ask for other things first. */
function ofRuns(requests: readonly LoggedRequest[]): readonly LoggedRequest[] {
  const readingQuota = new Set<LoggedRequest['session']>();
  return requests.filter(({ operationId, session }) => {
    if (operationId === 'getStatistics') readingQuota.add(session);
    if (ASIDE.has(operationId ?? '')) return false;
    if (WATCHING.has(operationId ?? '')) return !readingQuota.has(session);
    readingQuota.delete(session);
    return true;
  });
}

function told({ id, operationId, session, startedAt }: LoggedRequest): string {
  return `${operationId} (request ${id}, session ${session}, ${new Date(startedAt).toISOString()})`;
}

function overlapping(runs: readonly FinishedRun[]): string[] {
  return [...Map.groupBy(runs, ({ tenant }) => tenant)].flatMap(([tenant, list]) =>
    list
      .toSorted((a, b) => a.startedAt - b.startedAt)
      .flatMap((run, index, sorted) => {
        const next = sorted[index + 1];
        if (!next || next.startedAt >= run.finishedAt - CLOCK_MS) return [];
        return [
          `${tenant}: run ${next.reconcileId} (${next.pid}) began before ${run.reconcileId} (${run.pid}) was over`,
        ];
      }),
  );
}

/** A thing that is made although it is there. */
function doubled(tenant: string, requests: readonly LoggedRequest[]): string[] {
  const there = new Map<string, string>();
  return changesOf(requests).flatMap(({ what, key, name, to }) => {
    if (what === 'subscription') return [];
    if (to === 'deleted') there.delete(key);
    if (to !== 'created') return [];
    const thing = `${what} ${name ?? key}`;
    const twice = [...there.values()].includes(thing);
    there.set(key, thing);
    return twice ? [`${tenant}: ${thing} was made a second time`] : [];
  });
}

/** A subscription changes as often as the file, or somebody else, gave reason to. */
function unasked(tenant: string, requests: readonly LoggedRequest[], { generations, taken }: Evidence): string[] {
  const flips = changesOf(requests).filter(({ what, to }) => what === 'subscription' && to !== 'changed');
  return [...Map.groupBy(flips, ({ key }) => key)].flatMap(([event, changes]) => {
    let wished = false;
    let reasons = taken.filter((one) => one === `${tenant} ${event}`).length;
    for (const { shops } of generations) {
      const wishes = shopOf(shops, tenant)?.events.has(event) ?? false;
      if (wishes !== wished) reasons++;
      wished = wishes;
    }
    if (changes.length <= reasons) return [];
    const directions = changes.map(({ to }) => to).join(', ');
    return [`${tenant}: ${event} was ${directions}, and there was reason for ${reasons} changes`];
  });
}

function writtenWhereObserved(tenant: string, requests: readonly LoggedRequest[], { generations }: Evidence): string[] {
  if (shopOf(generations.at(-1)?.shops ?? [], tenant)?.mode !== 'observe') return [];
  return requests.filter(isWrite).map((request) => `${tenant} is only to be looked at: ${told(request)}`);
}

/** Nothing of somebody else's is in any write. */
function beyondPlan(tenant: string, requests: readonly LoggedRequest[]): string[] {
  return requests.filter(isWrite).flatMap((request) => {
    const { operationId, requestBody } = request;
    if (operationId !== 'updateSubscriptions') return [];
    const items = requestBody as readonly { readonly eventType: string }[]; // judged by the emulator
    const strange = items.filter(({ eventType }) => THEIR_EVENTS.includes(eventType) || !EVENTS.includes(eventType));
    return strange.map(({ eventType }) => `${tenant}: ${eventType} is in no file and in ${told(request)}`);
  });
}

/**
 * Changes of runs that came to their end are in the audit, those whose answer was lost too, and what it says was applied
 * was.
 */
function unaudited(
  tenant: string,
  requests: readonly LoggedRequest[],
  runs: readonly FinishedRun[],
  audit: readonly AuditRow[],
): string[] {
  const own = audit.filter((row) => row.tenant === tenant && row.resource === 'subscription');
  const flips = requests.flatMap(({ at, changes }) =>
    changes
      .filter(({ what, to }) => what === 'subscription' && to !== 'changed')
      .map(({ key, to }) => ({ at, change: `${to === 'subscribed' ? 'create' : 'delete'} ${key}` })),
  );
  const missing = flips.flatMap(({ at, change }) => {
    const run = runs.find((one) => one.tenant === tenant && one.startedAt <= at && at <= one.finishedAt);
    if (!run) return [];
    const known = own.some((row) => row.reconcile_id === run.reconcileId && `${row.type} ${row.name}` === change);
    return known ? [] : [`${tenant}: ${change} of run ${run.reconcileId} is not in the audit`];
  });
  const made = Map.groupBy(flips, ({ change }) => change);
  const applied = own.filter(({ status, type }) => status === 'applied' && type !== 'update');
  const untrue = [...Map.groupBy(applied, ({ type, name }) => `${type} ${name}`)].flatMap(([change, rows]) =>
    rows.length > (made.get(change)?.length ?? 0) ? [`${tenant}: the audit tells ${change} ${rows.length} times`] : [],
  );
  return [...missing, ...untrue];
}

function changesOf(requests: readonly LoggedRequest[]) {
  return requests.flatMap(({ changes }) => changes);
}

function shopOf(shops: readonly Shop[], tenant: string): Shop | undefined {
  return shops.find((shop) => shop.tenant === tenant);
}

function isWrite({ method, operationId }: LoggedRequest): boolean {
  return method !== 'GET' && operationId !== 'requestToken';
}
