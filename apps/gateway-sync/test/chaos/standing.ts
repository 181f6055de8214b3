import type { TestDatabase } from '../support/database.js';
import type { Shop } from './shops.js';
import { enforced } from './world.js';

/** For a command that is about the enforced ones. */
export function tenantFlags(shops: readonly Shop[]): string[] {
  return enforced(shops).flatMap((tenant) => ['--tenant', tenant]);
}

/** Rows of the ledger as `tenant resource`, with how many there are, without configs. */
export async function ownedBy(
  database: Pick<TestDatabase, 'query'>,
  shops: readonly Shop[],
): Promise<Record<string, number>> {
  const rows = await database.query<{ tenant: string; resource: string; count: number }>(
    `select tenant, resource, count(*)::int as count from gateway_sync.owned_thing
     where resource <> 'config' and not pending group by tenant, resource`,
  );
  const names = new Set(enforced(shops));
  return Object.fromEntries(
    rows
      .filter(({ tenant }) => names.has(tenant))
      .map(({ tenant, resource, count }) => [`${tenant} ${resource}`, count]),
  );
}

/** What {@link ownedBy} is to answer. */
export function ownedOf(shops: readonly Shop[]): Record<string, number> {
  return Object.fromEntries(
    shops
      .filter(({ mode }) => mode === 'enforce')
      .flatMap(({ tenant, kind, events, things }) => [
        [`${tenant} subscription`, events.size] as const,
        ...(kind === 'subscriptions' ? [] : [[`${tenant} ${kind.slice(0, -1)}`, things.size] as const]),
      ])
      .filter(([, count]) => count > 0),
  );
}

export function subscribedTo(state: unknown, event: string): boolean {
  const { subscriptions } = state as { subscriptions: readonly { eventType: string; subscription: string }[] };
  return subscriptions.some((row) => row.eventType === event && row.subscription === 'SUBSCRIBED');
}
