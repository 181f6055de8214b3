import { describe, expect, test } from 'vitest';
import { fail, ModelServer } from '../../test/support/model-server.js';
import { run, unavailable } from '../../test/support/reconciling.js';
import { entry, row, subscribed, tenant } from '../../test/support/values.js';
import { catalogueNews } from './catalogue-news.js';
import { NOTHING_LOCKED } from './lock.js';
import { EMPTY_MEMORY } from './memory.js';
import type { DesiredTenant, ObservedSubscription } from './state.js';

const desired = tenant({ subscriptions: [entry('order.*', { place: 'f:1' }), entry('cart.updated')] });
const told = (rows: readonly ObservedSubscription[], before?: readonly string[], wish: DesiredTenant = desired) =>
  catalogueNews(wish, rows, before).map(({ severity, kind, message, places }) => [severity, kind, message, ...places]);

describe('news of the catalogue', () => {
  test('are the event types that came and went, where a glob matches them', () => {
    const rows = [row('order.created'), row('Order.Archived'), row('product.created')];
    expect(told(rows, ['order.created', 'order.deleted', 'quote.created'])).toEqual([
      ['note', 'new-event-type', 'order.archived is new in the catalogue and matched by order.*', 'f:1'],
      ['note', 'gone-event-type', 'order.deleted is no longer in the catalogue; it was matched by order.*', 'f:1'],
    ]);
  });

  test('are none where nobody knows what there was, and where it is the same', () => {
    const rows = [row('order.created'), row('order.deleted')];
    expect([told(rows), told(rows, ['order.deleted', 'order.created'])]).toEqual([[], []]);
  });

  test('leave out what the file names: that is wanted already, and an error when it is not there', () => {
    const wish = tenant({ subscriptions: [entry('*'), entry('cart.updated')] });
    expect([told([row('cart.updated')], [], wish), told([], ['cart.updated'], wish)]).toEqual([[], []]);
  });

  test('are left to the lock where there is one', () => {
    expect(told([row('order.created')], [], { ...desired, lock: NOTHING_LOCKED })).toEqual([]);
  });
});

const news = ({ plan }: Awaited<ReturnType<typeof run>>) => plan?.problems.map(({ kind }) => kind);

describe('from run to run', () => {
  const only = tenant({ subscriptions: [entry('order.*')] });

  test('a new event type is told once, and subscribed as the file says', async () => {
    const server = new ModelServer([subscribed('order.created')]);
    const first = await run(only, server);
    const grown = new ModelServer([subscribed('order.created'), row('order.archived')]);
    const second = await run(only, grown, { memory: first.memory });
    const third = await run(only, grown, { memory: second.memory });
    expect([first, second, third].map((result) => [result.outcome, news(result)])).toEqual([
      ['in-sync', []],
      ['changed', ['new-event-type']],
      ['in-sync', []],
    ]);
  });

  test('what was known survives a reading that may lack something', async () => {
    const memory = { ...EMPTY_MEMORY, catalogue: ['order.created', 'order.deleted'] };
    const cut = { subscriptions: [row('order.created')], incomplete: 'cut off' };
    const result = await run(only, new ModelServer([], { onRead: () => cut }), { memory });
    expect([news(result), result.memory.catalogue]).toEqual([[], memory.catalogue]);
  });

  test('what was known survives a run that could read nothing', async () => {
    const known = { ...(await run(only, new ModelServer([row('order.created')]))).memory };
    const failed = await run(only, new ModelServer([], { onRead: () => fail(unavailable()) }), { memory: known });
    expect([failed.outcome, failed.memory.catalogue]).toEqual(['failed', ['order.created']]);
  });
});
