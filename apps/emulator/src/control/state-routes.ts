import { z } from 'zod';
import { publishedCatalogue } from '../state/catalogue.js';
import { tenantSeedSchema } from '../state/seed.js';
import type { Tenant } from '../state/tenant.js';
import { maskSecrets } from '../secrets.js';
import type { World } from '../world.js';
import { route, routeWithBody, toIso, UnknownThing, type ControlRoute } from './route.js';

const seedSchema = z.strictObject({ tenants: z.array(tenantSeedSchema).min(1) });

export const stateRoutes: readonly ControlRoute[] = [
  route('POST', '/reset', 'Forget everything: tenants, tokens, faults, quirks, log, clock.', ({ world }) => {
    world.reset();
    return { reset: true };
  }),
  routeWithBody('POST', '/seed', 'Make tenants, or make them anew. All or none.', seedSchema, ({ world, body }) => {
    world.plantAll(body.tenants);
    return { tenants: body.tenants.map(({ tenant }) => viewTenant(findTenant(world, tenant), false)) };
  }),
  route('GET', '/tenants', 'Names of all tenants.', ({ world }) => ({
    tenants: world.tenants.list().map(({ name }) => name),
  })),
  route(
    'GET',
    '/tenants/:tenant',
    'The whole state of a tenant; secrets only with ?secrets=true.',
    ({ world, params, query }) => viewTenant(findTenant(world, params['tenant']), query['secrets'] === 'true'),
  ),
  routeWithBody(
    'POST',
    '/tokens/expire',
    'Let all tokens run out now, of one tenant or of all; dashboard tokens too.',
    z.strictObject({ tenant: z.string().optional() }),
    ({ world, body }) => ({ expired: expireTokens(world, body.tenant) }),
  ),
];

function expireTokens(world: World, tenant?: string): number {
  const now = world.clock.now();
  return world.tokens.expire(now, tenant) + world.svix.tokens.expire(now, tenant);
}

/** The tenant of that name; throws when there is none and none may be made. */
export function findTenant(world: World, name: string | undefined): Tenant {
  const tenant = name === undefined ? undefined : world.tenant(name);
  if (tenant === undefined) throw new UnknownThing(`there is no tenant ${name ?? ''}`);
  return tenant;
}

/** Everything about a tenant, times in ISO 8601; subscriptions only where somebody touched them. */
export function viewTenant(tenant: Tenant, withSecrets: boolean): object {
  const { configs, subscriptions } = tenant.documents;
  const view = {
    tenant: tenant.name,
    credentials: tenant.credentials,
    languages: tenant.languages,
    catalogue: tenant.catalogue === publishedCatalogue() ? 'published' : [...tenant.catalogue.keys()],
    limit: tenant.usage.limit,
    usage: Object.fromEntries(tenant.usage.months().map((month) => [month, tenant.usage.in(month)])),
    configs: [...configs.values()],
    subscriptions: Array.from(subscriptions, ([eventType, row]) => ({
      eventType,
      subscription: row.state,
      version: row.version,
      excludedFields: row.excludedFields,
      createdAt: toIso(row.createdAt),
      modifiedAt: toIso(row.modifiedAt),
    })),
  };
  return withSecrets
    ? view
    : { ...view, credentials: maskSecrets(view.credentials), configs: maskSecrets(view.configs) };
}
