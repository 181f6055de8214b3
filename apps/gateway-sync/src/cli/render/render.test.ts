import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { fail, ModelServer, type Script } from '../../../test/support/model-server.js';
import { entry, quotaMarks, row, subscribed, tenant } from '../../../test/support/values.js';
import { AccessDeniedError, ConfigError, UnavailableError } from '../../core/errors.js';
import { reconcile } from '../../core/reconcile.js';
import type { ReconcileResult } from '../../core/result.js';
import type { DesiredTenant, ObservedSubscription } from '../../core/state.js';
import { applyText } from './apply-text.js';
import { createPaint, printable, wantsColor } from './paint.js';
import { planText } from './plan-text.js';
import { problemsText } from './problems-text.js';
import { totals } from './totals.js';

const plain = createPaint(false);
const coloured = createPaint(true);

function run(
  desired: DesiredTenant,
  rows: readonly ObservedSubscription[],
  { dryRun = true, script = {}, quota = {} }: { dryRun?: boolean; script?: Script; quota?: QuotaMarks } = {},
): Promise<ReconcileResult> {
  return reconcile(
    desired,
    { gateway: new ModelServer(rows, script), clock: { now: () => 0 } },
    { signal: new AbortController().signal, reconcileId: 'r', trigger: 'command', actor: 'host:1', dryRun, quota },
  );
}

type QuotaMarks = NonNullable<Parameters<typeof reconcile>[2]['quota']>;

const drifted = tenant({
  prune: 'all',
  subscriptions: [
    entry('order.created', { excludedFields: ['name'] }),
    entry('product.created', { excludedFields: ['id'] }),
    entry('site.x'),
  ],
});
const rows = [
  row('order.created'),
  subscribed('product.created', { excludedFields: ['name'] }),
  subscribed('site.x'),
  subscribed('cart.updated'),
];

describe('a plan as text', () => {
  test('shows what comes and goes with its events, and their sum, where something is known', async () => {
    const quota = quotaMarks({ 'cart.updated': 30, 'product.created': 10, 'site.x': 0 }, 9_000);
    expect(planText(await run(drifted, rows, { quota }), plain)).toBe(`acme
  + order.created    missing  events unknown
      leaves out name
  ~ product.created  changed
      leaves out id
      delivers again name
  - cart.updated     removed  about -2,300 events until the end of January (observed)
  1 to subscribe, 1 to change, 1 to unsubscribe, 1 unchanged, about -2,300 events until the end of January (1 unknown)
`);
    const more = { quota: quotaMarks({ 'cart.updated': 30, 'product.created': 10, 'order.created': 20 }, 9_000) };
    const wished = tenant({ ...drifted, prune: 'none' });
    expect(planText(await run(wished, rows, more), plain)).toContain(`
  + order.created    missing  about +1,600 events until the end of January (observed)
`);
    expect(planText(await run(wished, rows, more), plain)).toContain(
      '  ! with these changes about 10,550 events are to be expected in January, and the limit is 10,000: 9,500 are left,',
    );
  });

  test('is as without a reading while nothing is known of any change', async () => {
    const unknown = await run(drifted, rows, { quota: quotaMarks(undefined, 9_000) });
    expect(unknown.plan?.effect).toMatchObject({ unknown: 2 });
    expect(planText(unknown, plain)).toBe(planText(await run(drifted, rows), plain));
  });

  test('shows every action with its sign, its reason and its fields, and what stays', async () => {
    expect(planText(await run(drifted, rows), plain)).toBe(`acme
  + order.created    missing
      leaves out name
  ~ product.created  changed
      leaves out id
      delivers again name
  - cart.updated     removed
  1 to subscribe, 1 to change, 1 to unsubscribe, 1 unchanged
`);
  });

  test('is the same text with colours as without, but for the colours', async () => {
    const result = await run(drifted, rows);
    const text = planText(result, coloured);
    expect(text).toContain('\u001B[32m+ order.created  ');
    expect(text).toContain('\u001B[33m~ product.created');
    expect(text).toContain('\u001B[31m- cart.updated   ');
    expect(stripVTControlCharacters(text)).toBe(planText(result, plain));
  });

  test('says in sync', async () => {
    expect(planText(await run(tenant({ subscriptions: [entry('a.x')] }), [subscribed('a.x')]), plain)).toBe(
      'acme\n  in sync, 1 unchanged\n',
    );
  });

  test('shows unknown names with the nearest, foreign subscriptions, and notes', async () => {
    const subscriptions = [entry('order.creatd', { place: 'g.yaml:7:9' })];
    expect(planText(await run(tenant({ mode: 'observe', subscriptions }), rows), plain)).toBe(
      `acme (observe: never written)
  ✗ g.yaml:7:9 the catalogue has no event type order.creatd; did you mean order.created?
  · prune: owned removes nothing here: without a ledger none of the 3 subscriptions that the file does not name is known to be ours
  · stays, not in the file (without a ledger nothing is known to be ours): cart.updated, product.created, site.x
  1 error, 0 unchanged
`,
    );
  });

  test('shows which guard withholds it and the line that allows it', async () => {
    expect(planText(await run(tenant({ prune: 'all' }), [subscribed('a.x')]), plain)).toBe(`acme
  - a.x  removed
  withheld by empty-desired: the file names no event type that acme has, so all 1 subscription that may be removed would be
      to allow it: write under tenant acme:  guards: { allowEmpty: true }
  1 to unsubscribe, 0 unchanged
`);
  });

  test('says what would withhold it where nothing is written anyway', async () => {
    expect(planText(await run(tenant({ mode: 'observe', prune: 'all' }), [subscribed('a.x')]), plain)).toContain(
      '  would be withheld by empty-desired: ',
    );
  });

  test('shows why a tenant could not be read', async () => {
    const result = await run(drifted, rows);
    const { plan: _, ...unread } = { ...result, error: new Error('listSubscriptions: 503') };
    expect(planText(unread, plain)).toBe('acme\n  ✗ listSubscriptions: 503\n');
  });

  test('lets nothing from outside control the terminal', async () => {
    const result = await run(tenant({ subscriptions: [entry('*')] }), [row('evil\u001B[2J.x\r')]);
    expect(planText(result, plain)).toContain('+ evil�[2J.x�  missing');
  });
});

describe('what apply did, as text', () => {
  test('names every item', async () => {
    expect(applyText(await run(drifted, rows, { dryRun: false }), plain)).toBe(`acme
  ✓ subscribed order.created (missing)
  ✓ changed product.created (changed)
  ✓ unsubscribed cart.updated (removed)
  done: 3 changes, seen when read again
`);
  });

  test('names what did not take and why', async () => {
    const script: Script = {
      onItem: ({ eventType }) => (eventType === 'site.x' ? { code: 400, message: 'not allowed' } : undefined),
    };
    const desired = tenant({ subscriptions: [entry('order.created'), entry('site.x')] });
    const result = await run(desired, [row('order.created'), row('site.x')], { dryRun: false, script });
    expect(applyText(result, plain)).toBe(`acme
  ✓ subscribed order.created (missing)
  ✗ site.x rejected: 400 not allowed
  partly applied: 1 done, 1 left
`);
  });

  test('tells an unknown event type once', async () => {
    const subscriptions = [entry('order.creatd', { place: 'g.yaml:7:9' })];
    expect(applyText(await run(tenant({ subscriptions }), [row('order.created')], { dryRun: false }), plain)).toBe(`acme
  ✗ g.yaml:7:9 the catalogue has no event type order.creatd; did you mean order.created?
  partly applied: 0 done, 0 left
`);
  });

  test.each([
    [
      new AccessDeniedError('no token', { operation: 'listSubscriptions' }),
      'check credentials of tenant acme; they need webhook.subscription_read and webhook.subscription_manage',
    ],
    [new UnavailableError('503', { operation: 'listSubscriptions' }), 'trying again later may help'],
  ])('says what may help after %s', async (error, hint) => {
    const script: Script = { onRead: () => fail(error) };
    expect(applyText(await run(drifted, rows, { dryRun: false, script }), plain)).toBe(
      `acme\n  ✗ ${error.message}\n      ${hint}\n  failed\n`,
    );
  });

  test('says that nothing is written where the mode is observe', async () => {
    const result = await run(tenant({ mode: 'observe', subscriptions: [entry('a.x')] }), [row('a.x')], {
      dryRun: false,
    });
    expect(applyText(result, plain)).toBe('acme\n  differs: 1 to subscribe; mode is observe, so nothing was written\n');
  });
});

test('totals count tenants by outcome and sum what is to be done', async () => {
  const inSync = await run(tenant({ subscriptions: [] }), []);
  expect(totals([await run(drifted, rows), inSync, inSync], plain)).toBe(
    '3 tenants: 1 with changes to make, 2 in sync: 1 to subscribe, 1 to change, 1 to unsubscribe\n',
  );
});

test('totals sum what is to be done in tenants with errors, too, but nothing that was sent', async () => {
  const erring = tenant({ subscriptions: [entry('a.x'), entry('z.x')] });
  const planned = await run(erring, [row('a.x')]);
  expect(totals([planned, planned], plain)).toBe('2 tenants: 2 with errors: 2 to subscribe\n');
  const applied = await run(erring, [row('a.x')], { dryRun: false });
  expect(totals([applied], plain)).toBe('1 tenant: 1 with errors\n');
});

test('problems of a file stand on a line each, with place, path and remedy', () => {
  const error = new ConfigError('g.yaml', [
    { place: 'g.yaml:1:2', path: 'tenants[0].mod', message: 'there is no key mod here', remedy: 'did you mean mode?' },
    { place: 'PORT', path: '', message: 'must be a port' },
  ]);
  expect(problemsText(error, plain)).toBe(`✗ g.yaml:1:2 tenants[0].mod there is no key mod here (did you mean mode?)
✗ PORT must be a port
g.yaml: 2 problems
`);
});

test.each([
  [{ never: false, always: false }, true, true],
  [{ never: false, always: false }, false, false],
  [{ never: false, always: true }, false, true],
  [{ never: true, always: true }, true, false],
])('colour: %j on a terminal %s is %s', (color, isTTY, expected) => {
  expect(wantsColor(color, isTTY)).toBe(expected);
});

test('printable text has no control or invisible characters', () => {
  expect(printable('a\u0000b\u009Bc\u202Ed\u200Be — ü')).toBe('a�b�c�d�e — ü');
});
