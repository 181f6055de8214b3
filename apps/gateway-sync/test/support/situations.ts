import type { Emulator, TenantSeed } from '@gateway-sync/emulator';

/** Members of a tenant in the file. */
export type Wish = Readonly<Record<string, unknown>>;

/** What a tenant is before, what the file said until now, and what it says from now on. */
export interface Situation {
  readonly configs: NonNullable<TenantSeed['configs']>;
  readonly first?: Wish;
  readonly next: Wish;
  /** What somebody writes who takes `next` back; `first` where that says enough. */
  readonly back?: Wish;
  /** Whether somebody else has an endpoint in the application of the tenant. */
  readonly theirs?: true;
}

export const SHARED = { code: 'svix_shared', provider: 'SVIX_SHARED', active: true } as const;
const shared = { provider: 'SVIX_SHARED' };
const http = {
  provider: 'HTTP',
  destinationUrl: 'https://hooks.example/all',
  secretKey: 'hmac-secret-1',
  targets: [
    { name: 'big', event: 'order.created', filter: '$[?(@.total > 9)]', secretKey: 'hmac-secret-2' },
    { name: 'all', event: 'order.created' },
    { event: 'quote.updated', destinationUrl: 'https://crm.example/q', excludedFields: [] },
  ],
};
const headers = { Authorization: { value: 'Bearer s3cret', secret: true }, 'X-Shop': 'a' };
const endpoint = (uid: string, more: Wish = {}) => ({
  uid,
  url: `https://${uid}.example/`,
  events: ['order.created'],
  ...more,
});
/** Signing secrets of endpoints in the file. */
export const SIGNING = [1, 2].map((byte) => `whsec_${Buffer.alloc(24, byte).toString('base64')}`);
const wishing = (wish: Wish, ...events: string[]): Wish => ({
  ...wish,
  guards: { allowEmpty: true, maxPrunePercent: '100%' },
  subscriptions: events.map((event) => ({ event })),
});

export const SITUATIONS = {
  'subscribing and unsubscribing': {
    configs: [SHARED],
    first: wishing({}, 'order.created', 'order.updated'),
    next: wishing({}, 'order.updated', 'quote.updated'),
  },
  'a tenant without any config': { configs: [], next: wishing({ delivery: http }, 'order.created') },
  'the switch from the shared account to HTTP': {
    configs: [SHARED],
    first: wishing({ delivery: shared }, 'order.created', 'order.updated'),
    next: wishing({ delivery: http }, 'order.created', 'quote.updated'),
  },
  'the switch from HTTP to the shared account, with endpoints': {
    configs: [SHARED],
    first: wishing({ delivery: http }, 'order.created'),
    next: wishing({ delivery: shared, endpoints: [endpoint('erp'), endpoint('crm', { headers })] }, 'order.created'),
    back: wishing({ delivery: http }, 'order.created'),
  },
  'targets that come, change and go': {
    configs: [SHARED],
    first: wishing({ delivery: http }, 'order.created'),
    next: wishing(
      {
        delivery: {
          provider: 'HTTP',
          destinationUrl: 'https://hooks.example/all',
          secretKey: 'hmac-secret-3',
          headers: { 'x-a': { value: 'h', secret: true } },
          targets: [
            { name: 'big', event: 'order.created', filter: '$[?(@.total > 9)]', secretKey: 'other', active: false },
            { name: 'new', event: 'order.updated' },
            { event: 'quote.updated', destinationUrl: 'https://other.example/q', excludedFields: null },
          ],
        },
      },
      'order.created',
    ),
    back: wishing({ delivery: { ...http, headers: {} } }, 'order.created'),
  },
  'endpoints that come, change and go': {
    configs: [SHARED],
    theirs: true,
    first: wishing({ endpoints: [endpoint('erp', { headers }), endpoint('old'), endpoint('crm')] }, 'order.created'),
    next: wishing(
      {
        endpoints: [
          endpoint('erp', {
            headers: { Authorization: { value: 'Bearer other', secret: true }, 'X-Shop': 'b' },
            events: 'all',
          }),
          endpoint('new', { headers, secret: SIGNING[0] }),
          endpoint('crm', { secret: SIGNING[1], rateLimit: 7 }),
        ],
      },
      'order.created',
      'quote.updated',
    ),
  },
} as const satisfies Readonly<Record<string, Situation>>;

export type SituationName = keyof typeof SITUATIONS;

/** A subscription and an endpoint of somebody else. */
export const THEIRS = { event: 'cart.created', url: 'https://theirs.example/' } as const;

/** Makes the tenants as they are before there is any file. */
export async function plant(emulator: Emulator, tenants: readonly string[], situation: Situation): Promise<void> {
  const subscriptions = [{ eventType: THEIRS.event, subscription: 'SUBSCRIBED' as const }];
  for (const tenant of tenants) {
    emulator.seed({ tenant, configs: [...situation.configs], subscriptions });
    if (situation.theirs) await makeEndpoint(emulator, tenant);
  }
}

/** As somebody with the login link of the tenant does. */
async function makeEndpoint(emulator: Emulator, tenant: string): Promise<void> {
  const call = async (path: string, init: RequestInit): Promise<Record<string, string>> => {
    const answer = await emulator.fetch(new Request(`http://emulator.test${path}`, init));
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Record<string, string>; // all that is read of the answers are texts
  };
  const credentials = { client_id: `${tenant}-id`, client_secret: `${tenant}-secret` };
  const body = new URLSearchParams({ grant_type: 'client_credentials', ...credentials });
  const { access_token } = await call('/oauth/token', { method: 'POST', body });
  const { token } = await call(`/webhook/${tenant}/dashboard-access`, { headers: bearer(access_token) });
  await call(`/api/v1/app/${tenant}/endpoint`, {
    method: 'POST',
    headers: bearer(token),
    body: JSON.stringify({ url: THEIRS.url }),
  });
}

function bearer(token = ''): Record<string, string> {
  return { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
}
