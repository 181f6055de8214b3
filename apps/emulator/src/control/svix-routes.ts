import { z } from 'zod';
import { viewDelivery } from '../delivery/event-record.js';
import { foreignEndpointSchema } from '../faults/fault.js';
import { foreignEndpointWrite } from '../faults/foreign-endpoint-write.js';
import type { Tenant } from '../state/tenant.js';
import {
  tenantApplication,
  withApplication,
  withTenantApplication,
  type Account,
  type Application,
} from '../svix/application.js';
import type { Message } from '../svix/traffic.js';
import type { World } from '../world.js';
import { route, routeWithBody, toIso, UnknownThing, type ControlRequest, type ControlRoute } from './route.js';
import { findTenant } from './state-routes.js';

const account = z.enum(['shared', 'own']).default('shared');
const keySchema = z.strictObject({ key: z.string().min(1).optional() });
const applicationSchema = z.strictObject({
  account,
  uid: z.string().nullable().exactOptional(),
  name: z.string().exactOptional(),
  metadata: z.record(z.string(), z.string()).exactOptional(),
});
const foreignWriteSchema = z.strictObject({
  account,
  as: z.enum(['put', 'patch']).default('put').describe('a PUT wipes uid and metadata'),
  endpoints: z.array(z.string()).optional().describe('ids or uids; all without it'),
  change: foreignEndpointSchema.default({}),
});
const eventTypeSchema = z.strictObject({
  name: z.string().toLowerCase().min(1),
  archived: z.boolean().optional(),
  featureFlag: z.string().nullable().optional(),
});

export const svixRoutes: readonly ControlRoute[] = [
  route(
    'GET',
    '/tenants/:tenant/svix',
    'Applications and endpoints of the tenant with secrets, all headers and how they fail; tokens and keys.',
    ({ world, params }) => viewSvix(findTenant(world, params['tenant']), world),
  ),
  route(
    'GET',
    '/tenants/:tenant/svix/messages',
    'Messages with their deliveries and attempts, oldest first; the latest 1,000.',
    ({ world, params }) => ({
      messages: findTenant(world, params['tenant']).svixTraffic.messages().map(viewMessageRecord),
    }),
  ),
  routeWithBody(
    'POST',
    '/tenants/:tenant/svix/api-keys',
    "Make a key of the tenant's own Svix account good, with an application for the tenant there.",
    keySchema,
    ({ world, params, body }) => addApiKey(findTenant(world, params['tenant']), body.key, world),
  ),
  routeWithBody(
    'POST',
    '/tenants/:tenant/svix/application',
    "Change uid, name or metadata of the tenant's application.",
    applicationSchema,
    ({ world, params, body: { account: where, ...change } }) => {
      const tenant = findTenant(world, params['tenant']);
      const after = { ...findApplication(tenant, where), ...change, updatedAt: world.clock.now() };
      const { documents } = tenant;
      tenant.write({ ...documents, applications: withApplication(documents.applications, after) });
      return viewApplicationRecord(after, tenant);
    },
  ),
  routeWithBody(
    'POST',
    '/tenants/:tenant/svix/foreign-write',
    'Change endpoints like somebody in the dashboard.',
    foreignWriteSchema,
    writeForeign,
  ),
  routeWithBody(
    'POST',
    '/svix/event-types',
    'Archive an event type, put it behind a feature flag, or add one.',
    eventTypeSchema,
    ({ world, body: { name, ...change } }) => {
      world.svix.eventTypes.change(name, change);
      return { name, ...change };
    },
  ),
];

/** Everything about the Svix side of a tenant: nothing is hidden, times in ISO 8601. */
export function viewSvix(tenant: Tenant, { svix }: World): object {
  return {
    applications: [...tenant.documents.applications.values()].map((application) =>
      viewApplicationRecord(application, tenant),
    ),
    tokens: svix.tokens.of(tenant.name).map(({ expiresAt, ...token }) => ({
      ...token,
      expiresAt: expiresAt === Infinity ? null : toIso(expiresAt),
    })),
  };
}

export function addApiKey(tenant: Tenant, given: string | undefined, world: World): object {
  const key = given ?? `sk_${world.random.token(32)}.eu`;
  world.svix.tokens.addKey(tenant.name, key);
  const { documents } = tenant;
  const context = { random: world.random, quirks: world.quirks, now: world.clock.now() };
  const applications = withTenantApplication(documents.applications, 'own', tenant.name, context);
  if (applications !== documents.applications) tenant.write({ ...documents, applications });
  return { key, application: findApplication(tenant, 'own').id };
}

function writeForeign({ world, params, body }: ControlRequest<z.output<typeof foreignWriteSchema>>): object {
  const tenant = findTenant(world, params['tenant']);
  const written = foreignEndpointWrite(
    tenant,
    { endpoints: body.endpoints, applicationId: findApplication(tenant, body.account).id, change: body.change },
    { wipes: body.as === 'put' && world.quirks.svixPutClears, now: world.clock.now() },
  );
  return { written };
}

function findApplication({ documents, name }: Tenant, where: Account): Application {
  const application = tenantApplication(documents.applications, where, name);
  if (application === undefined) throw new UnknownThing(`tenant ${name} has no application in the ${where} account`);
  return application;
}

function viewApplicationRecord({ endpoints, ...application }: Application, { svixTraffic }: Tenant): object {
  return {
    ...withTimes(application),
    endpoints: [...endpoints.values()].map(({ signing, ...endpoint }) => ({
      ...withTimes(endpoint),
      secret: signing.key,
      oldSecrets: signing.old.map(({ key, expiresAt }) => ({ key, expiresAt: toIso(expiresAt) })),
      failures: svixTraffic.failing.get(endpoint.id)?.recent.length ?? 0,
    })),
  };
}

function withTimes(thing: { readonly createdAt: number; readonly updatedAt: number }): object {
  return { ...thing, createdAt: toIso(thing.createdAt), updatedAt: toIso(thing.updatedAt) };
}

function viewMessageRecord({ event, sentAt, deliveries, ...message }: Message): object {
  return { ...message, event: event?.id ?? null, sentAt: toIso(sentAt), deliveries: deliveries.map(viewDelivery) };
}
