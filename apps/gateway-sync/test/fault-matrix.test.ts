import { env } from 'node:process';
import type { Emulator, FaultInput } from '@gateway-sync/emulator';
import pLimit from 'p-limit';
import { expect, test, vi } from 'vitest';
import { nextWait, type Wait } from '../src/core/backoff.js';
import { initialConditions, withResult } from '../src/core/conditions.js';
import { AccessDeniedError, GatewayError } from '../src/core/errors.js';
import type { ReconcileResult } from '../src/core/result.js';
import type { Cadence } from '../src/core/schedule.js';
import { endFault } from './support/booked-faults.js';
import { faultyTenants, type Reconciled } from './support/faulty-tenants.js';
import { mostCalls, mostRuns, type Undisturbed } from './support/retry-budget.js';
import { serviceOperations } from './support/service-operations.js';
import { SITUATIONS, type SituationName } from './support/situations.js';

/** Every combination; without it each operation meets every fault for one of the three times, in turn. */
const EVERYTHING = env['FAULT_MATRIX'] === 'full';

interface Operation {
  readonly operationId: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly situation: SituationName;
}

const TO_HTTP = 'the switch from the shared account to HTTP';
const TO_SHARED = 'the switch from HTTP to the shared account, with endpoints';
const TARGETS = 'targets that come, change and go';
const ENDPOINTS = 'endpoints that come, change and go';

const OPERATIONS: readonly Operation[] = [
  { operationId: 'requestToken', method: 'POST', situation: TO_HTTP },
  { operationId: 'listSubscriptions', method: 'GET', situation: TO_HTTP },
  { operationId: 'updateSubscriptions', method: 'PATCH', situation: TO_HTTP },
  { operationId: 'listConfigs', method: 'GET', situation: TARGETS },
  { operationId: 'getConfig', method: 'GET', situation: TARGETS },
  { operationId: 'createConfig', method: 'POST', situation: TO_HTTP },
  { operationId: 'patchConfig', method: 'PATCH', situation: TO_HTTP },
  { operationId: 'patchConfig', method: 'PATCH', situation: TARGETS },
  { operationId: 'deleteConfig', method: 'DELETE', situation: TO_HTTP },
  { operationId: 'getDashboardAccess', method: 'GET', situation: TO_SHARED },
  { operationId: 'getApplication', method: 'GET', situation: ENDPOINTS },
  { operationId: 'listEndpoints', method: 'GET', situation: ENDPOINTS },
  { operationId: 'createEndpoint', method: 'POST', situation: ENDPOINTS },
  { operationId: 'patchEndpoint', method: 'PATCH', situation: ENDPOINTS },
  { operationId: 'deleteEndpoint', method: 'DELETE', situation: ENDPOINTS },
  { operationId: 'getEndpointHeaders', method: 'GET', situation: ENDPOINTS },
  { operationId: 'setEndpointHeaders', method: 'PUT', situation: ENDPOINTS },
  { operationId: 'getEndpointSecret', method: 'GET', situation: ENDPOINTS },
  { operationId: 'rotateEndpointSecret', method: 'POST', situation: ENDPOINTS },
];

/** Nobody reconciles for them: the quota has a watch of its own. */
const STATISTICS: Operation = { operationId: 'getStatistics', method: 'GET', situation: TO_HTTP };
const MESSAGES: Operation = { operationId: 'listMessages', method: 'GET', situation: ENDPOINTS };

interface Kind {
  readonly name: string;
  readonly fault: FaultInput;
  readonly on?: (operation: Operation) => boolean;
  /** What would look, all the time, like somebody else who takes everything away, and is left alone. */
  readonly passing?: true;
}

const isRead = ({ method }: Operation) => method === 'GET';
const isWrite = (operation: Operation) => !isRead(operation);
const isToken = ({ operationId }: Operation) => operationId === 'requestToken';

const KINDS: readonly Kind[] = [
  { name: 'no answer in time', fault: { kind: 'latency', ms: 60_000 } },
  { name: 'no answer in time, though the work is done', fault: { kind: 'hang', phase: 'after' } },
  { name: '429', fault: { kind: 'status', status: 429 } },
  { name: '429 with Retry-After', fault: { kind: 'status', status: 429, retryAfterSeconds: 1 } },
  {
    name: '429 with a date beyond patience',
    fault: { kind: 'status', status: 429, retryAfterSeconds: 600, retryAfterAs: 'date' },
  },
  { name: '500', fault: { kind: 'status', status: 500 } },
  { name: '503, though the work is done', fault: { kind: 'status', status: 503, phase: 'after' } },
  { name: '409', fault: { kind: 'status', status: 409 }, on: isWrite },
  { name: 'a reset connection', fault: { kind: 'reset' } },
  { name: 'a reset connection, though the work is done', fault: { kind: 'reset', phase: 'after' } },
  { name: 'half an answer', fault: { kind: 'cut-body' } },
  { name: 'a page', fault: { kind: 'html-body' } },
  { name: 'a page, though the work is done', fault: { kind: 'html-body', phase: 'after' } },
  { name: 'a page with 502', fault: { kind: 'html-body', status: 502 } },
  { name: 'an empty answer', fault: { kind: 'empty-body', phase: 'after' } },
  { name: 'a token that ran out', fault: { kind: 'expire-token' }, on: (operation) => !isToken(operation) },
  { name: 'an old reading', fault: { kind: 'stale-read' }, on: isRead },
  { name: 'an older reading', fault: { kind: 'stale-read', writes: 3 }, on: isRead, passing: true },
  {
    name: 'a dropped write',
    fault: { kind: 'drop-write' },
    on: (operation) => isWrite(operation) && !isToken(operation),
  },
  {
    name: 'a foreign write',
    fault: { kind: 'foreign-write', endpoints: ['gateway-sync.erp'] },
    on: ({ operationId }) => /Subscriptions|Endpoint/.test(operationId),
  },
];

const TIMES = ['once', 'in bursts', 'for a minute'] as const;
/** Calls of a burst, and calls between two bursts. */
const BURST = { calls: 2, apart: 1 };
const MINUTE_MS = 60_000;
/** The default rhythm. */
const CADENCE: Cadence = { intervalMs: 5 * MINUTE_MS, maxIntervalMs: 60 * MINUTE_MS, jitter: 0 };
/** Reconciles after the fault until the tenant is as the file says. */
const ENOUGH = 3;
/** Longest pause of a client that was refused a token, and a reconcile after it. */
const TOKEN_PAUSE_MS = 40_000;

interface Case {
  readonly name: string;
  readonly kind: Kind;
  readonly times: (typeof TIMES)[number];
}

function casesOf(operation: Operation): Case[] {
  return KINDS.filter(({ on }) => on?.(operation) ?? true).flatMap((kind, index) =>
    TIMES.filter((times) => times === 'once' || !kind.passing)
      .filter((_, turn) => EVERYTHING || turn === (index + OPERATIONS.indexOf(operation)) % TIMES.length)
      .map((times) => ({ name: `${kind.name}, ${times}`, kind, times })),
  );
}

/** Whether a client with little patience is needed, so that the test does not wait for it. */
function isSlow(one: Case | undefined): boolean {
  return /^(latency|hang)$/.test(one?.kind.fault.kind ?? '');
}

/** What a reconcile may not say while something is wrong: that all is well although it is not; nor nothing at all. */
function judge(
  result: ReconcileResult,
  tenant: Reconciled,
  { goal, isForeign, mayDeny }: { goal: object; isForeign: boolean; mayDeny: boolean },
): void {
  if (result.outcome === 'in-sync' || result.outcome === 'changed') {
    // What somebody writes after the last reading is for the next reconcile.
    if (!isForeign) expect(tenant.view()).toEqual(goal);
    return;
  }
  const reasons: Partial<Record<typeof result.outcome, string>> = {
    failed: 'Failed',
    partial: 'Partial',
    blocked: 'Blocked',
  };
  const conditions = withResult(initialConditions(0), result).map(({ type, status, reason }) => [type, status, reason]);
  expect(conditions).toContainEqual(['Synced', 'false', reasons[result.outcome]]);
  if (!result.plan) {
    const denied = result.error instanceof AccessDeniedError;
    expect(conditions).toContainEqual(['Ready', 'false', denied ? 'AccessDenied' : 'Unreadable']);
    // Access is lost when a token is refused for good, and never by an outage.
    expect(denied && !mayDeny).toBe(false);
  }
  expect(result.error?.message).toBeTruthy();
}

/** What the tenant without faults came to. */
interface Reference extends Undisturbed {
  readonly goal: object;
  readonly removals: readonly string[];
  readonly changed: ReadonlySet<string>;
  readonly made: readonly string[];
}

/** One tenant with one fault: while it lasts, and until nothing is left of it. */
async function survive(
  { kind, times }: Case,
  tenant: Reconciled,
  { emulator, operationId, ...whole }: Reference & { emulator: Emulator; operationId: string },
): Promise<void> {
  const isForeign = kind.fault.kind === 'foreign-write';
  const isExpiry = kind.fault.kind === 'expire-token';
  const ids = addFaults({ ...kind.fault, match: { operationId, tenant: tenant.tenant } }, times, emulator);
  const one = async (afterMs?: number) => {
    const { result, calls, realMs } = await tenant.reconcile(afterMs);
    expect(calls).toBeLessThanOrEqual(mostCalls(whole, realMs));
    return result;
  };
  // One run at least, and then the runs that fall into the time.
  const lastsMs = times === 'for a minute' ? MINUTE_MS : 1;
  let wait: Wait | undefined;
  let runs = 0;
  for (let at = 0; at < lastsMs; at += wait.intervalMs) {
    const result = await one(wait?.intervalMs);
    runs++;
    judge(result, tenant, { goal: whole.goal, isForeign, mayDeny: operationId === 'requestToken' || isExpiry });
    wait = nextWait(wait, result, CADENCE);
    // Whoever sees that a thing is still missing, for as long as it looks, makes another; and removes it when it sees both.
    expect(kind.fault.kind === 'stale-read' ? [] : tenant.doubles()).toEqual([]);
  }
  expect(runs).toBeLessThanOrEqual(mostRuns(lastsMs, CADENCE));
  let worked = 0;
  for (const id of ids) worked += await endFault(emulator, id);
  expect(worked).toBeGreaterThan(0);
  const outcomes: string[] = [];
  const settle = async () => {
    outcomes.push((await one()).outcome);
    expect(outcomes.at(-1)).toBe('in-sync');
  };
  // A client that was refused a token asks for none for a while, by the clock on the wall.
  if (operationId === 'requestToken') await vi.waitFor(settle, { timeout: TOKEN_PAUSE_MS, interval: 1_000 });
  else while (outcomes.length < ENOUGH && outcomes.at(-1) !== 'in-sync') outcomes.push((await one()).outcome);
  expect(outcomes.at(-1)).toBe('in-sync');
  expect(tenant.view()).toEqual(whole.goal);
  expect(tenant.removals()).toEqual(whole.removals);
  if (isForeign || kind.fault.kind === 'stale-read') return;
  expect(tenant.unrecorded()).toEqual([]);
  expect([...tenant.changed()].filter((thing) => !whole.changed.has(thing))).toEqual([]);
  expect(tenant.made().toSorted()).toEqual(whole.made.toSorted());
}

function addFaults(fault: FaultInput, times: Case['times'], emulator: Emulator): string[] {
  switch (times) {
    case 'once':
      return [emulator.addFault({ ...fault, times: 1 })];
    case 'in bursts':
      return [
        emulator.addFault({ ...fault, times: BURST.calls }),
        emulator.addFault({ ...fault, times: BURST.calls, after: BURST.apart }),
      ];
    case 'for a minute':
      return [emulator.addFault({ ...fault, times: 'always' })];
    default:
      return times satisfies never;
  }
}

/** Tenants at a time; most of their time they wait. */
const limit = pLimit(12);

test.concurrent.each(OPERATIONS)(
  `$operationId while $situation: ${EVERYTHING ? 'every fault, once, in bursts and for a minute' : 'every fault'}`,
  { timeout: 300_000 },
  async (operation) => {
    const { operationId, situation } = operation;
    const cases = casesOf(operation);
    const names = cases.map((_, index) => `t${index}`);
    const { emulator, tenants, close } = await faultyTenants(SITUATIONS[situation], ['whole', 'beside', ...names], {
      impatient: names.filter((_, index) => isSlow(cases[index])),
      seed: operationId,
      quirks: operationId === 'getConfig' ? { listIncludesConfiguration: false } : {},
    });
    const [whole, beside, ...others] = tenants;
    const first = await whole?.reconcile();
    if (!whole || !beside || first?.result.outcome !== 'changed') throw new Error('nothing to compare with');
    expect(emulator.counts('whole')[operationId]).toBeGreaterThan(0);
    const gets = emulator.requests({ tenant: 'whole' }).filter(({ method }) => method === 'GET').length;
    const reference = {
      goal: whole.view(),
      calls: first.calls,
      reading: Math.ceil(gets / first.result.calls.reads),
      removals: whole.removals(),
      changed: whole.changed(),
      made: whole.made(),
    };

    const undisturbed = limit(() => beside.reconcile());
    const ends = await Promise.allSettled(
      cases.map((one, index) =>
        limit(async () => {
          const tenant = others[index];
          if (tenant) await survive(one, tenant, { emulator, operationId, ...reference });
        }),
      ),
    );
    const { result, calls } = await undisturbed;
    await close();
    const failures = ends.flatMap((end, index) =>
      end.status === 'rejected' ? [new Error(`${cases[index]?.name}: ${end.reason}`, { cause: end.reason })] : [],
    );
    if (failures.length > 0) throw new AggregateError(failures, failures.map(({ message }) => message).join('\n'));
    expect([result.outcome, calls, beside.view()]).toEqual(['changed', reference.calls, reference.goal]);
  },
);

/** What a watch of the quota reads, as a text that is the same while nothing goes wrong. */
const READINGS: readonly { operation: Operation; read: (tenant: Reconciled) => Promise<string>; goal: string }[] = [
  {
    operation: STATISTICS,
    read: async (tenant) => {
      const quota = await tenant.readQuota();
      return `${quota.limit} ${quota.months.length}`;
    },
    goal: '10000 0',
  },
  {
    operation: MESSAGES,
    read: async (tenant) => JSON.stringify((await tenant.countEvents())?.counts),
    goal: '{"cart.created":1,"order.created":2}',
  },
];

/** Its text, or the name of the error. */
async function attempt(read: () => Promise<string>): Promise<string> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof GatewayError) return error.name;
    throw error;
  }
}

test.each(READINGS)(
  'reading $operation.operationId for the quota: every fault, and afterwards it is read',
  { timeout: 300_000 },
  async ({ operation, read, goal }) => {
    const { operationId, situation } = operation;
    const cases = casesOf(operation);
    const names = cases.map((_, index) => `t${index}`);
    const { emulator, tenants, close } = await faultyTenants(SITUATIONS[situation], names, {
      impatient: names.filter((_, index) => isSlow(cases[index])),
      seed: operationId,
      // Where events go to does not matter here.
      fetch: async () => new Response(null, { status: 204 }),
    });
    if (operation === MESSAGES) for (const name of names) await emitSome(emulator, name);
    const ends = await Promise.all(
      cases.map(({ kind, times, name }, index) =>
        limit(async () => {
          const tenant = tenants[index];
          if (!tenant) return [];
          const fault = { ...kind.fault, match: { operationId, tenant: tenant.tenant } };
          const ids = addFaults(fault, times, emulator);
          const during = await attempt(() => read(tenant));
          for (const id of ids) await endFault(emulator, id);
          const after = await attempt(() => read(tenant));
          const calls = emulator.counts(tenant.tenant)[operationId] ?? 0;
          return [
            {
              name,
              during: during.replace(/^\w+Error$/, 'error'),
              after,
              tooMany: calls > mostCalls({ calls: 2, reading: 0 }, 0),
            },
          ];
        }),
      ),
    );
    await close();
    const told = ends.flat();
    expect(told.filter(({ during }) => during !== 'error' && during !== goal)).toEqual([]);
    expect(told.filter(({ after, tooMany }) => after !== goal || tooMany)).toEqual([]);
    expect(told.filter(({ during }) => during === 'error').length).toBeGreaterThan(0);
  },
);

async function emitSome(emulator: Emulator, tenant: string): Promise<void> {
  for (const type of ['order.created', 'order.created', 'cart.created']) await emulator.emit(tenant, { type });
}

test('every operation that the service calls is here', () => {
  const here = [...OPERATIONS, STATISTICS, MESSAGES].map(({ operationId }) => operationId);
  expect(new Set(here)).toEqual(serviceOperations());
});
