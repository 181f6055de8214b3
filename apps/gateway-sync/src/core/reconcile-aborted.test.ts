import { describe, expect, test } from 'vitest';
import { secret, http } from '../../test/support/delivering.js';
import { MemoryLedger } from '../../test/support/memory-ledger.js';
import { ModelConfigs } from '../../test/support/model-configs.js';
import { ModelServer, type Script } from '../../test/support/model-server.js';
import { ModelSvix } from '../../test/support/model-svix.js';
import { Effects, ModelTenant } from '../../test/support/model-tenant.js';
import { rows, run, wants } from '../../test/support/reconciling.js';
import { entry, owned, row, subscribed, tenant } from '../../test/support/values.js';
import type { ConfigWrite } from './delivery.js';

const NAMES = Array.from({ length: 201 }, (_, index) => `e${String(index).padStart(3, '0')}.x`);
const every = tenant({ subscriptions: wants('*') });
const removing = tenant({ subscriptions: [], guards: { allowEmpty: true, maxPrunePercent: 100 } });

const signedWith = (value: string) =>
  tenant({
    subscriptions: [entry('a.x')],
    delivery: http({ destinationUrl: 'https://hooks.example/', secretKey: secret(value) }),
  });

/** Aborts in the middle of what a script does. */
function stopping(script: (stop: () => void) => Script) {
  const abort = new AbortController();
  return { ...script(() => abort.abort(new Error('stopping'))), signal: abort.signal };
}

/** What the one entry of the audit says of the actions, as status and how many. */
function audited({ audit }: MemoryLedger): unknown {
  const counts: Record<string, number> = {};
  for (const { status } of audit.flatMap(({ changes }) => changes)) counts[status] = (counts[status] ?? 0) + 1;
  return audit.map(({ outcome }) => ({ outcome, ...counts }));
}

const pending = ({ rows: all }: MemoryLedger) => all.filter((one) => one.pending).length;

describe('a reconcile that is aborted', () => {
  test('between two requests records what the first one did, and that nobody verified it', async () => {
    const ledger = new MemoryLedger();
    const { signal, ...script } = stopping((stop) => ({ onWrite: stop }));
    const server = new ModelServer(rows(...NAMES), script);
    await expect(run(every, server, { signal }, { ledger })).rejects.toThrow('stopping');
    expect(server.calls).toEqual(['read', 'write 200']);
    expect(audited(ledger)).toEqual([{ outcome: 'partial', unverified: 200 }]);
    expect(pending(ledger)).toBe(201);

    expect(await run(every, server, {}, { ledger })).toMatchObject({ outcome: 'changed', drift: 0 });
    expect([ledger.rows.length, pending(ledger)]).toEqual([201, 0]);
  });

  test('during a request records that too, as one that nobody knows the end of', async () => {
    const ledger = new MemoryLedger();
    const { signal, ...script } = stopping((stop) => ({
      onWrite: (n) => {
        if (n < 2) return;
        stop();
        signal.throwIfAborted();
      },
    }));
    const server = new ModelServer(rows(...NAMES), script);
    await expect(run(every, server, { signal }, { ledger })).rejects.toThrow('stopping');
    expect(audited(ledger)).toEqual([{ outcome: 'partial', unverified: 200, failed: 1 }]);
    expect(ledger.audit[0]?.changes.at(-1)).toMatchObject({
      name: 'e200.x',
      message: 'interrupted before the answer came',
    });
  });

  test('during the verifying reading records what was written', async () => {
    const ledger = new MemoryLedger();
    const { signal, ...script } = stopping((stop) => ({
      onRead: (n) => {
        if (n < 2) return;
        stop();
        signal.throwIfAborted();
      },
    }));
    const server = new ModelServer(rows('a.x'), script);
    await expect(run(every, server, { signal }, { ledger })).rejects.toThrow('stopping');
    expect(audited(ledger)).toEqual([{ outcome: 'partial', unverified: 1 }]);
    expect(pending(ledger)).toBe(1);
  });

  test('before it wrote leaves the ledger alone', async () => {
    const ledger = new MemoryLedger();
    const { signal, ...script } = stopping((stop) => ({ onRead: stop }));
    await expect(run(every, new ModelServer(rows('a.x'), script), { signal }, { ledger })).rejects.toThrow('stopping');
    expect([audited(ledger), ledger.commits]).toEqual([[], 0]);
  });

  test('after it announced a creation and before it sent it has nothing to tell, and keeps the announcement', async () => {
    const abort = new AbortController();
    class Slow extends MemoryLedger {
      override async commit(...args: Parameters<MemoryLedger['commit']>): Promise<void> {
        await super.commit(...args);
        abort.abort(new Error('stopping'));
      }
    }
    const ledger = new Slow();
    const server = new ModelServer(rows('a.x'));
    await expect(run(every, server, { signal: abort.signal }, { ledger })).rejects.toThrow('stopping');
    expect([server.calls, audited(ledger), pending(ledger)]).toEqual([['read'], [], 1]);
  });

  test('rejects with the reason although the ledger does not take it any more', async () => {
    const ledger = new MemoryLedger();
    const { signal, ...script } = stopping((stop) => ({
      onWrite: () => {
        ledger.failure = new Error('the ledger is gone');
        stop();
      },
    }));
    await expect(run(every, new ModelServer(rows('a.x'), script), { signal }, { ledger })).rejects.toThrow('stopping');
  });

  test('before a removal was sent still knows the thing for its own', async () => {
    const ledger = new MemoryLedger(NAMES.map((name) => owned(name)));
    const { signal, ...script } = stopping((stop) => ({ onWrite: stop }));
    const server = new ModelServer([row('a.x'), ...NAMES.map((name) => subscribed(name))], script);
    await expect(run(removing, server, { signal }, { ledger })).rejects.toThrow('stopping');
    expect(Object.keys(server.subscriptions())).toEqual(['e200.x']);
    expect(ledger.keys()).toContain('e200.x');
    expect(await run(removing, server, {}, { ledger })).toMatchObject({ outcome: 'changed' });
    expect(server.subscriptions()).toEqual({});
  });

  test('while it wrote a secret trusts neither the old one nor the new one', async () => {
    const ledger = new MemoryLedger();
    const abort = new AbortController();
    class Cut extends ModelTenant {
      override async writeConfig(write: ConfigWrite): Promise<void> {
        await super.writeConfig(write);
        if (armed) {
          abort.abort(new Error('stopping'));
          abort.signal.throwIfAborted();
        }
      }
    }
    let armed = false;
    const configs = new ModelConfigs([]);
    const gateway = new Cut(new ModelServer(rows('a.x')), configs, new ModelSvix(), new Effects());
    while ((await run(signedWith('first'), gateway, {}, { ledger })).outcome !== 'in-sync');
    armed = true;
    await expect(run(signedWith('second'), gateway, { signal: abort.signal }, { ledger })).rejects.toThrow('stopping');
    armed = false;
    expect(await run(signedWith('first'), gateway, {}, { ledger })).toMatchObject({ outcome: 'changed' });
    expect(JSON.stringify(configs.configs)).toContain('first');
  });
});
