import type { FaultInput } from '@gateway-sync/emulator';
import pLimit from 'p-limit';
import { expect, test } from 'vitest';
import { initialConditions, withResult } from '../src/core/conditions.js';
import type { ReconcileResult } from '../src/core/result.js';
import { faultyTenants, type Reconciled } from './support/faulty-tenants.js';
import { SITUATIONS, type SituationName } from './support/situations.js';

/** Every combination; without it each operation meets every fault for one of the three times, in turn. */
const EVERYTHING = process.env['FAULT_MATRIX'] === 'full';

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
  const synced = withResult(initialConditions(0), result).find(({ type }) => type === 'Synced');
  if (result.outcome === 'in-sync' || result.outcome === 'changed') {
    // What somebody writes after the last reading is for the next reconcile.
    if (!isForeign) expect(tenant.view()).toEqual(goal);
    return;
  }
  expect(['failed', 'partial', 'blocked']).toContain(result.outcome);
  expect(synced?.status).not.toBe('true');
  expect(synced?.reason).toMatch(/^[A-Z]\w+$/);
  expect(result.error?.message).toBeTruthy();
}

test.each(OPERATIONS)('$operationId while $situation', { timeout: 300_000 }, async (operation) => {
  const { operationId, situation } = operation;
  const cases = casesOf(operation);
  const names = cases.map((_, index) => `t${index}`);
  const { emulator, tenants } = await faultyTenants(SITUATIONS[situation], ['whole', 'beside', ...names], {
    timeoutMs: 500,
    seed: operationId,
    quirks: operationId === 'getConfig' ? { listIncludesConfiguration: false } : {},
  });
  const [whole, beside, ...others] = tenants;
  if (!whole || !beside) throw new Error('no tenants');
  const reference = await whole.reconcile();
  expect(reference.result.outcome).toBe('changed');
  expect(emulator.counts('whole')[operationId]).toBeGreaterThan(0);
  const goal = whole.view();

  const limit = pLimit(8);
  const undisturbed = limit(() => beside.reconcile());
  const problems: string[] = [];
  const maxima: number[] = [];
  await Promise.all(
    others.map((tenant, index) =>
      limit(async () => {
        const { name, kind, times } = cases[index]!;
        const match = { operationId, tenant: tenant.tenant };
        const log: string[] = [];
        try {
          emulator.addFault({ ...kind.fault, match, times });
          const isForeign = kind.fault.kind === 'foreign-write';
          const rounds = times === 'always' ? LASTS : 1;
          for (let round = 0; round < rounds; round++) {
            const { result, calls } = await tenant.reconcile();
            maxima.push(calls);
            log.push(`${result.outcome} ${calls} ${result.error?.message ?? ''}`);
            judge(result, tenant, goal, isForeign);
            if (kind.fault.kind !== 'stale-read') expect(tenant.doubles()).toEqual([]);
          }
          const answer = await emulator.fetch(new Request('http://emulator/_emulator/faults'));
          const { faults } = (await answer.json()) as {
            faults: { id: string; match: { tenant?: string }; firings: unknown[] }[];
          };
          const mine = faults.find((f) => f.match.tenant === tenant.tenant)!;
          expect(mine.firings.length).toBeGreaterThan(0);
          await emulator.fetch(new Request(`http://emulator/_emulator/faults/${mine.id}`, { method: 'DELETE' }));
          let outcome = '';
          for (let round = 0; round < ENOUGH && outcome !== 'in-sync'; round++) {
            const { result, calls } = await tenant.reconcile();
            maxima.push(calls);
            log.push(`${result.outcome} ${calls} ${result.error?.message ?? ''}`);
            outcome = result.outcome;
          }
          expect(outcome).toBe('in-sync');
          expect(tenant.view()).toEqual(goal);
          expect(tenant.removals()).toEqual(whole.removals());
        } catch (e) {
          const { actual, expected } = e as any;
          const lines = (v: any) => (JSON.stringify(v, null, 1) ?? '').split('\n');
          const diff =
            typeof actual === 'object'
              ? [
                  ...lines(actual)
                    .filter((l) => !lines(expected).includes(l))
                    .map((l) => '+' + l),
                  ...lines(expected)
                    .filter((l) => !lines(actual).includes(l))
                    .map((l) => '-' + l),
                ].join('\n')
              : '';
          problems.push(
            `${name}: ${(e as Error).message.slice(0, 300)}\n   ${log.join('\n   ')}\n${diff.slice(0, 600)}`,
          );
        }
      }),
    ),
  );
  const { result, calls } = await undisturbed;
  console.log(operationId, cases.length, reference.calls, Math.max(...maxima), calls);
  expect(problems.join('\n')).toBe('');
  expect([result.outcome, calls, beside.view()]).toEqual(['changed', reference.calls, goal]);
});
