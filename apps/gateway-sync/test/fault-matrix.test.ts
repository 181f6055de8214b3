import { env } from 'node:process';
import type { Emulator, FaultInput } from '@gateway-sync/emulator';
import pLimit from 'p-limit';
import { expect, test } from 'vitest';
import { initialConditions, withResult } from '../src/core/conditions.js';
import type { ReconcileResult } from '../src/core/result.js';
import { endFault } from './support/booked-faults.js';
import { faultyTenants, type Reconciled } from './support/faulty-tenants.js';
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

interface Kind {
  readonly name: string;
  readonly fault: FaultInput;
  readonly on?: (operation: Operation) => boolean;
  /** What would look, all the time, like somebody else who takes everything away, and is left alone. */
  readonly passing?: true;
}

const isRead = ({ method }: Operation) => method === 'GET';
const isWrite = (operation: Operation) => !isRead(operation);

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
  { name: 'a token that ran out', fault: { kind: 'expire-token' } },
  { name: 'an old reading', fault: { kind: 'stale-read' }, on: isRead },
  { name: 'an older reading', fault: { kind: 'stale-read', writes: 3 }, on: isRead, passing: true },
  { name: 'a dropped write', fault: { kind: 'drop-write' }, on: isWrite },
  {
    name: 'a foreign write',
    fault: { kind: 'foreign-write', endpoints: ['gateway-sync.erp'] },
    on: ({ operationId }) => /Subscriptions|Endpoint/.test(operationId),
  },
];

const TIMES = [1, 2, 'always'] as const;
/** Reconciles while a fault lasts that does not end by itself. */
const LASTS = 2;
/** Calls beside those of a reconcile without faults: ten retries that a client has to spend, new tokens, further rounds. */
const MORE_CALLS = 20;
/** Reconciles after it until the tenant is as the file says. */
const ENOUGH = 3;

interface Case {
  readonly name: string;
  readonly kind: Kind;
  readonly times: (typeof TIMES)[number];
}

function casesOf(operation: Operation): Case[] {
  return KINDS.filter(({ on }) => on?.(operation) ?? true).flatMap((kind, index) =>
    TIMES.filter((times) => times !== 'always' || !kind.passing)
      .filter((_, turn) => EVERYTHING || turn === (index + OPERATIONS.indexOf(operation)) % TIMES.length)
      .map((times) => ({ name: `${kind.name}, ${times === 'always' ? 'all the time' : `${times}×`}`, kind, times })),
  );
}

/** What a reconcile may not say while something is wrong: that all is well although it is not; nor nothing at all. */
function judge(result: ReconcileResult, tenant: Reconciled, goal: object, isForeign: boolean): void {
  if (result.outcome === 'in-sync' || result.outcome === 'changed') {
    // What somebody writes after the last reading is for the next reconcile.
    if (!isForeign) expect(tenant.view()).toEqual(goal);
    return;
  }
  expect(['failed', 'partial', 'blocked']).toContain(result.outcome);
  expect(withResult(initialConditions(0), result)).toContainEqual(
    expect.objectContaining({ type: 'Synced', status: 'false', reason: expect.stringMatching(/^[A-Z]\w+$/) }),
  );
  expect(result.error?.message).toBeTruthy();
}

/** What the tenant without faults came to. */
interface Reference {
  readonly goal: object;
  readonly calls: number;
  readonly removals: readonly string[];
}

/** One tenant with one fault: while it lasts, and until nothing is left of it. */
async function survive(
  { kind, times }: Case,
  tenant: Reconciled,
  { emulator, operationId, goal, calls, removals }: Reference & { emulator: Emulator; operationId: string },
): Promise<void> {
  const id = emulator.addFault({ ...kind.fault, match: { operationId, tenant: tenant.tenant }, times });
  const one = async () => {
    const round = await tenant.reconcile();
    expect(round.calls).toBeLessThanOrEqual(calls + MORE_CALLS);
    return round.result;
  };
  for (let round = 0; round < (times === 'always' ? LASTS : 1); round++) {
    judge(await one(), tenant, goal, kind.fault.kind === 'foreign-write');
    // Whoever sees that a thing is still missing, for as long as it looks, makes another; and removes it when it sees both.
    expect(kind.fault.kind === 'stale-read' ? [] : tenant.doubles()).toEqual([]);
  }
  expect(await endFault(emulator, id)).toBeGreaterThan(0);
  const outcomes: string[] = [];
  while (outcomes.length < ENOUGH && outcomes.at(-1) !== 'in-sync') outcomes.push((await one()).outcome);
  expect(outcomes.at(-1)).toBe('in-sync');
  expect(tenant.view()).toEqual(goal);
  expect(tenant.removals()).toEqual(removals);
}

/** Tenants at a time; most of their time they wait. */
const limit = pLimit(12);

test.concurrent.each(OPERATIONS)(
  `$operationId while $situation: ${EVERYTHING ? 'every fault, once, twice and all the time' : 'every fault'}`,
  { timeout: 300_000 },
  async (operation) => {
    const { operationId, situation } = operation;
    const cases = casesOf(operation);
    const names = cases.map((_, index) => `t${index}`);
    const { emulator, tenants, close } = await faultyTenants(SITUATIONS[situation], ['whole', 'beside', ...names], {
      impatient: names.filter((_, index) => /^(latency|hang)$/.test(cases[index]?.kind.fault.kind ?? '')),
      seed: operationId,
      quirks: operationId === 'getConfig' ? { listIncludesConfiguration: false } : {},
    });
    const [whole, beside, ...others] = tenants;
    const first = await whole?.reconcile();
    if (!whole || !beside || first?.result.outcome !== 'changed') throw new Error('nothing to compare with');
    expect(emulator.counts('whole')[operationId]).toBeGreaterThan(0);
    const reference = { goal: whole.view(), calls: first.calls, removals: whole.removals() };

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
