import { describe, expect, test } from 'vitest';
import { fail, ModelServer } from '../../test/support/model-server.js';
import { rows, run, unavailable, wants } from '../../test/support/reconciling.js';
import { entry, row, subscribed, tenant } from '../../test/support/values.js';
import type { AuditEntry, Ledger } from './ports.js';
import type { ReconcileOptions } from './reconcile.js';
import type { DesiredTenant, Owned } from './state.js';

class MapLedger implements Ledger {
  readonly recorded: string[][] = [];
  constructor(public owned: Owned = new Map()) {}
  read = () => Promise.resolve(this.owned);
  record = (_: string, owned: Owned) => {
    this.owned = owned;
    this.recorded.push([...owned.keys()].toSorted());
    return Promise.resolve();
  };
}

const wanting = (...events: string[]) => tenant({ subscriptions: wants(...events) });

describe('the ledger', () => {
  test('takes over what was subscribed already without a write, and lets it be removed later', async () => {
    const ledger = new MapLedger();
    const server = new ModelServer([subscribed('a.x'), row('b.x'), subscribed('c.x')]);
    await run(wanting('a.x', 'b.x'), server, {}, { ledger });
    expect(ledger.recorded).toEqual([['a.x', 'b.x']]);

    await run(wanting('b.x'), server, {}, { ledger });
    expect(Object.keys(server.subscriptions())).toEqual(['b.x', 'c.x']);
    expect(ledger.recorded.at(-1)).toEqual(['b.x']);
  });

  test('keeps what could not be removed', async () => {
    const ledger = new MapLedger(new Map([['a.x', {}]]));
    const server = new ModelServer([subscribed('a.x'), subscribed('b.x')], { onItem: () => ({ code: 500 }) });
    await run(wanting('b.x'), server, {}, { ledger });
    expect(ledger.recorded).toEqual([['a.x', 'b.x']]);
  });

  test('is left alone when nothing is written or nothing could be read', async () => {
    const ledger = new MapLedger(new Map([['a.x', {}]]));
    await run(wanting('a.x'), new ModelServer(rows('a.x')), { dryRun: true }, { ledger });
    await run(wanting('a.x'), new ModelServer([], { onRead: () => fail(unavailable()) }), {}, { ledger });
    expect(ledger.recorded).toEqual([]);
  });
});

const recorded = async (server: ModelServer, desired: DesiredTenant, options: Partial<ReconcileOptions> = {}) => {
  const entries: AuditEntry[] = [];
  const recorder = { record: (one: AuditEntry) => Promise.resolve(void entries.push(one)) };
  const result = await run(desired, server, options, { recorder });
  return { entries, result };
};

describe('the recorder', () => {
  test('is told who wrote what and why, with before, after and result', async () => {
    const { entries, result } = await recorded(
      new ModelServer([subscribed('a.x')]),
      tenant({ subscriptions: [entry('a.x', { excludedFields: ['name'] })] }),
    );
    expect(entries).toEqual([
      {
        tenant: 'acme',
        reconcileId: 'r1',
        trigger: 'interval',
        at: 1000,
        outcome: 'changed',
        checksum: result.plan?.checksum,
        changes: [
          {
            resource: 'subscription',
            type: 'update',
            eventType: 'a.x',
            reason: 'changed',
            before: { state: 'SUBSCRIBED', excludedFields: [] },
            after: { state: 'SUBSCRIBED', excludedFields: ['name'] },
            status: 'applied',
          },
        ],
      },
    ]);
  });

  test('hears nothing of a reconcile that sent nothing', async () => {
    const server = new ModelServer(rows('a.x'), { onItem: () => ({ code: 400 }) });
    const desired = tenant({ subscriptions: wants('a.x') });
    const first = await recorded(server, desired);
    expect(first.entries).toHaveLength(1);
    expect((await recorded(server, desired, { memory: first.result.memory })).entries).toEqual([]);
  });
});
