import { createEmulator } from '@gateway-sync/emulator';
import { expect, test, vi } from 'vitest';
import { fileText, listening, startApp } from './support/app.js';
import { useDatabase } from './support/database.js';
import { runProgram, temporaryFile } from './support/program.js';
import { SHARED } from './support/situations.js';

// The service learns what a tenant sends; the commands know of it by the database alone, and go by this machine's clock.
vi.setConfig({ testTimeout: 60_000 });

const database = useDatabase();

interface Planned {
  readonly code: number | null;
  readonly plan: {
    readonly checksum: string;
    readonly effect?: object;
    readonly problems: readonly { readonly kind: string; readonly message: string }[];
    readonly actions: readonly { readonly name: string; readonly effect?: object }[];
  };
}

interface Named {
  readonly event: string;
  readonly weight?: number;
}

interface Tenant {
  readonly tenant: string;
  readonly endpoints?: readonly object[];
  readonly delivery?: object;
}

/** Event types that a tenant gets, each with a number of events that were sent; then the service has a look at it. */
async function watched(tenant: Tenant, sent: Readonly<Record<string, number>>, named: readonly Named[]) {
  const { tenant: name } = tenant;
  const emulator = createEmulator({ fetch: async () => new Response(null, { status: 200 }) });
  emulator.seed({
    tenant: name,
    limit: 500,
    configs: [SHARED],
    subscriptions: Object.keys(sent).map((eventType) => ({ eventType, subscription: 'SUBSCRIBED' })),
  });
  for (const [type, count] of Object.entries(sent)) {
    for (let index = 0; index < count; index++) await emulator.emit(name, { type });
  }
  const { url: baseUrl } = await listening(emulator);
  const store = await database.open({ clock: { now: Date.now } });
  const { records } = store.fleet('gateway-sync');
  const app = await startApp({
    store,
    records,
    emporix: { baseUrl },
    defaults: { svix: { url: baseUrl } },
    tenants: [{ ...tenant, subscriptions: named }],
  });
  await app.firstPass();
  const quotaState = await vi.waitFor(
    async () => {
      const { marks } = await records.read(name);
      if (!marks.quota || !marks.quotaState) throw new Error('not looked at yet');
      return marks.quotaState;
    },
    { timeout: 10_000 },
  );
  await app.service.stop(5_000);
  // One that is the same on each day of a month on which this runs: far more than the limit, and still to come.
  const at = Date.now();
  const month = new Date(at).toISOString().slice(0, 7);
  const projected = 1_000_000;
  const forecast = { month, at, ratePerDay: 1_000, projected, low: 0, high: projected, basis: 'rate' } as const;
  await records.keepQuotaState(name, { ...quotaState, forecast });

  const command = async (words: readonly string[], subscriptions: readonly Named[], url = database.url.reveal()) => {
    const text = fileText(baseUrl, { tenants: [{ ...tenant, subscriptions: subscriptions }] });
    return runProgram([...words, '--config', await temporaryFile('shops.yaml', text)], { DATABASE_URL: url });
  };
  const plan = async (subscriptions: readonly Named[], url?: string): Promise<Planned> => {
    const { code, stdout } = await command(['plan', '--json'], subscriptions, url);
    const [first] = (JSON.parse(stdout) as { tenants: [Omit<Planned, 'code'>] }).tenants; // what the program promises
    return { code, plan: first.plan };
  };
  return { emulator, quotaState, month, command, plan, records };
}

const SENT = { 'order.created': 6, 'order.updated': 3, 'order.deleted': 1 };
const ALL = Object.keys(SENT).map((event) => ({ event }));
const erp = { uid: 'erp', url: 'https://erp.example/', events: 'all' };

test('plan shows what each change does to the quota, as the Event Gateway saw it, and warns of more than is left', async () => {
  const { quotaState, month, command, plan } = await watched({ tenant: 'acme', endpoints: [erp] }, SENT, ALL);
  expect(quotaState.shares?.counts).toEqual(SENT);

  const next = [{ event: 'order.created' }, { event: 'order.deleted' }, { event: 'quote.updated' }];
  const planned = await plan(next);
  expect([planned.code, planned.plan.actions]).toMatchObject([
    2,
    [
      { name: 'quote.updated', effect: { source: 'unknown' } },
      { name: 'order.updated', effect: { source: 'observed', events: expect.any(Number) } },
    ],
  ]);
  const { effect } = planned.plan;
  expect(effect).toMatchObject({ month, used: 10, limit: 500, projectedBefore: 1_000_000, unknown: 1 });
  expect(planned.plan.problems).toMatchObject([
    { kind: 'over-quota', message: expect.stringContaining('490 are left') },
  ]);
  const { stdout } = await command(['plan'], next);
  expect(stdout).toMatch(
    /- order\.updated {2}removed {2}about (-[\d,]+|0) events until the end of [A-Z]\w+ \(observed\)\n/,
  );
  expect(stdout).toMatch(/! with these changes about [\d,]+ events are to be expected .* the limit is 500/);
  expect((await command(['plan', '--markdown'], next)).stdout).toContain('|  | what | why | quota | settings |');

  const blind = await plan(next, 'none');
  expect(JSON.stringify(blind.plan)).not.toMatch(/effect|over-quota/);
  const reviewed = await command(['apply', '--plan-checksum', planned.plan.checksum], next);
  expect([reviewed.code, reviewed.stdout]).toEqual([0, expect.stringContaining('quote.updated')]);
  // What is not subscribed any more, and was counted, is known when it comes back.
  expect((await plan(ALL)).plan.actions).toMatchObject([
    { name: 'order.updated', effect: { source: 'observed' } },
    { name: 'quote.updated' },
  ]);
});

test('without endpoints the weights of the file say it', async () => {
  const named = [{ event: 'order.created', weight: 3 }, { event: 'order.updated' }];
  const sent = { 'order.created': 2, 'order.updated': 2 };
  const { quotaState, plan } = await watched({ tenant: 'beta' }, sent, named);
  expect(quotaState).not.toHaveProperty('shares');
  expect((await plan([...named, { event: 'quote.updated', weight: 2 }])).plan).toMatchObject({
    actions: [{ name: 'quote.updated', effect: { source: 'weight' } }],
    effect: { unknown: 0 },
  });
});

test('the run that does it reports the effect over HTTP', async () => {
  const { records, plan } = await watched({ tenant: 'gamma', endpoints: [erp] }, SENT, ALL);
  expect((await plan(ALL)).plan).not.toHaveProperty('effect');
  const store = await database.open({ clock: { now: Date.now } });
  const app = await startApp({
    store,
    records,
    tenants: [{ tenant: 'gamma', subscriptions: [{ event: 'order.created' }] }],
    beforeStart: (emulator) =>
      emulator.seed({
        tenant: 'gamma',
        configs: [SHARED],
        subscriptions: [{ eventType: 'order.updated', subscription: 'SUBSCRIBED' }],
      }),
  });
  await app.firstPass();
  const { body } = await app.get('/api/v1/tenants/gamma/plan');
  expect(body).toMatchObject({
    plan: {
      actions: expect.arrayContaining([
        expect.objectContaining({ name: 'order.created', effect: { source: 'observed', events: expect.any(Number) } }),
      ]),
      effect: { projectedBefore: 1_000_000 },
    },
  });
});
