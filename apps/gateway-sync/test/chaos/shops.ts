import type { TenantSeed } from '@gateway-sync/emulator';
import { fileText } from '../support/app.js';
import type { Chance } from '../support/random.js';
import { SHARED } from '../support/situations.js';
import { seen, type View } from '../support/tenant-view.js';

/** What a tenant is to have; the file is written from it, and what came of it is held against it. */
export interface Shop {
  readonly tenant: string;
  readonly kind: (typeof KINDS)[number];
  readonly mode: 'enforce' | 'observe';
  readonly events: ReadonlySet<string>;
  /** Number of the address, by name of the target or uid of the endpoint. */
  readonly things: ReadonlyMap<string, number>;
}

const KINDS = ['subscriptions', 'targets', 'endpoints'] as const;

/** Event types that files name. */
export const EVENTS = ['order', 'quote', 'product', 'price', 'customer'].flatMap((noun) =>
  ['created', 'updated', 'deleted'].map((verb) => `${noun}.${verb}`),
);
/** Event types that no file names; somebody else subscribed to the first one before. */
export const THEIR_EVENTS = ['cart.created', 'cart.updated', 'return.created'];
const FIRST_EVENTS = 5;
const THINGS = ['a', 'b', 'c', 'd'];
/** One tenant in so many is only looked at. */
const OBSERVED = 12;

export function firstShops(count: number, chance: Chance): Shop[] {
  return Array.from({ length: count }, (_, index) => {
    const kind = KINDS[index % KINDS.length] ?? 'subscriptions';
    return {
      tenant: `shop-${String(index).padStart(3, '0')}`,
      kind,
      mode: index % OBSERVED === OBSERVED - 1 ? 'observe' : 'enforce',
      events: new Set(Array.from({ length: FIRST_EVENTS }, () => chance.pick(EVENTS))),
      things: new Map(kind === 'subscriptions' ? [] : [[chance.pick(THINGS), 1]]),
    };
  });
}

/** One thing of the shop comes, changes or goes. */
export function edited(shop: Shop, chance: Chance): Shop {
  if (shop.kind === 'subscriptions' || chance.next() < 0.5) {
    const events = new Set(shop.events);
    const event = chance.pick(EVENTS);
    if (!events.delete(event)) events.add(event);
    return { ...shop, events };
  }
  const things = new Map(shop.things);
  const name = chance.pick(THINGS);
  const number = things.get(name);
  if (number === undefined) things.set(name, 1);
  else if (chance.next() < 0.5) things.set(name, number + 1);
  else things.delete(name);
  return { ...shop, things };
}

/** Nothing any more, but still managed. */
export function emptied(shop: Shop): Shop {
  return { ...shop, events: new Set(), things: new Map() };
}

export function shopsText(baseUrl: string, shops: readonly Shop[], sync: Record<string, unknown> = {}): string {
  return fileText(baseUrl, {
    tenants: shops.map(textOf),
    sync: { interval: '3s', maxInterval: '6s', jitter: '10%', ...sync },
    defaults: { guards: { allowEmpty: true, maxPrunePercent: '100%' } },
  });
}

function textOf({ tenant, kind, mode, events, things }: Shop) {
  return {
    tenant,
    mode,
    subscriptions: [...events].map((event) => ({ event })),
    ...(kind === 'targets' && {
      delivery: {
        provider: 'HTTP',
        destinationUrl: 'https://hooks.example/all',
        secretKey: 'hmac-secret-1',
        targets: Array.from(things, ([name, number]) => ({
          name,
          event: 'order.created',
          destinationUrl: urlOf(name, number),
        })),
      },
    }),
    ...(kind === 'endpoints' && {
      delivery: { provider: 'SVIX_SHARED' },
      endpoints: Array.from(things, ([uid, number]) => ({ uid, url: urlOf(uid, number), events: ['order.created'] })),
    }),
  };
}

const urlOf = (name: string, number: number) => `https://${name}.example/${number}`;

export function seedOfShop({ tenant }: Shop): TenantSeed {
  const subscriptions = [{ eventType: THEIR_EVENTS[0] ?? '', subscription: 'SUBSCRIBED' as const }];
  return { tenant, configs: [SHARED], subscriptions };
}

/** What is not as the shop is to have it, in words; what somebody else made does not count. */
export function differences(emulator: View, shop: Shop): string[] {
  const { subscriptions, configs, endpoints } = seen(emulator, shop.tenant);
  const events = subscriptions.map(({ eventType }) => eventType).filter((event) => !THEIR_EVENTS.includes(event));
  const entries = configs.find(({ provider }) => provider === 'HTTP')?.entries ?? [];
  const active = configs.filter((config) => config.active).map(({ provider }) => provider);
  const targets = entries.map((entry) => (JSON.parse(entry) as { destinationUrl: string }).destinationUrl);
  const urls = Array.from(shop.things, ([name, number]) => urlOf(name, number));
  return [
    ...compared('subscriptions', events, [...shop.events]),
    ...compared('targets', targets, shop.kind === 'targets' ? urls : []),
    ...compared(
      'endpoints',
      endpoints.map(({ url }) => url),
      shop.kind === 'endpoints' ? urls : [],
    ),
    ...compared('active configs', active, [shop.kind === 'targets' ? 'HTTP' : 'SVIX_SHARED']),
  ];
}

function compared(what: string, observed: readonly string[], wanted: readonly string[]): string[] {
  const [has, wants] = [observed, wanted].map((list) => list.toSorted().join(' '));
  return has === wants ? [] : [`${what}: has ${has}, is to have ${wants}`];
}
