import { z } from 'zod';
import { emitEvent } from '../delivery/emit.js';
import { viewEvent } from '../delivery/event-record.js';
import { foreignWrite } from '../faults/foreign-write.js';
import { catalogueEntrySchema } from '../state/catalogue.js';
import { route, routeWithBody, UnknownThing, type ControlRoute } from './route.js';
import { findTenant } from './state-routes.js';

const eventSchema = z.strictObject({ type: z.string().min(1), payload: z.record(z.string(), z.json()).optional() });
const foreignWriteSchema = z.strictObject({
  eventType: z.string().min(1),
  subscription: z.enum(['SUBSCRIBED', 'UNSUBSCRIBED', 'NONE']).optional(),
  excludedFields: z.array(z.string()).optional(),
});
const catalogueSchema = z.strictObject({
  add: z.array(catalogueEntrySchema).optional(),
  remove: z.array(z.string().min(1)).optional(),
});
const usageSchema = z.strictObject({
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .optional(),
  set: z.int().nonnegative().nullable().optional(),
  add: z.int().optional(),
  delayMs: z.int().nonnegative().optional(),
  limit: z.int().nonnegative().optional(),
  timeZone: z.string().refine(isTimeZone, 'no time zone').optional(),
});

export const tenantRoutes: readonly ControlRoute[] = [
  routeWithBody(
    'POST',
    '/tenants/:tenant/events',
    'Let an event happen; answers who got it.',
    eventSchema,
    async ({ world, params, body }) => {
      const tenant = findTenant(world, params['tenant']);
      const type = body.type.toLowerCase();
      if (!tenant.catalogue.has(type)) throw new UnknownThing(`tenant ${tenant.name} has no event type ${body.type}`);
      const event = await emitEvent(tenant, type, body.payload, world);
      const month = tenant.usage.monthAt(world.clock.now());
      return { ...viewEvent(event), usage: { month, used: tenant.usage.in(month) ?? 0, limit: tenant.usage.limit } };
    },
  ),
  route(
    'GET',
    '/tenants/:tenant/events',
    'Events emitted, with their deliveries; the latest 1,000.',
    ({ world, params }) => ({
      events: findTenant(world, params['tenant']).events.items().map(viewEvent),
    }),
  ),
  routeWithBody(
    'POST',
    '/tenants/:tenant/foreign-write',
    'Change a subscription like somebody in the dashboard: its version grows.',
    foreignWriteSchema,
    ({ world, params, body }) => {
      const tenant = findTenant(world, params['tenant']);
      const row = foreignWrite(tenant, body, world.clock.now());
      if (row === undefined) throw new UnknownThing(`tenant ${tenant.name} has no event type ${body.eventType}`);
      return {
        eventType: body.eventType.toLowerCase(),
        subscription: row.state,
        version: row.version,
        excludedFields: row.excludedFields,
      };
    },
  ),
  routeWithBody(
    'POST',
    '/tenants/:tenant/catalogue',
    'Let event types come, change and go, as a release of the vendor does.',
    catalogueSchema,
    ({ world, params, body }) => {
      const tenant = findTenant(world, params['tenant']);
      tenant.changeCatalogue(body);
      return { eventTypes: [...tenant.catalogue.keys()] };
    },
  ),
  routeWithBody(
    'POST',
    '/tenants/:tenant/usage',
    'Set or add to the events counted in a month (default: this one; null: no row); set the monthly limit, how late the statistics are, and in which zone months begin.',
    usageSchema,
    ({ world, params, body }) => {
      const { usage } = findTenant(world, params['tenant']);
      const now = world.clock.now();
      if (body.timeZone !== undefined) usage.timeZone = body.timeZone;
      const month = body.month ?? usage.monthAt(now);
      if (body.limit !== undefined) usage.limit = body.limit;
      if (body.delayMs !== undefined) usage.delayMs = body.delayMs;
      if (body.set === null) usage.remove(month);
      else if (body.set !== undefined) usage.set(month, body.set);
      if (body.add !== undefined) usage.add(month, body.add, now);
      return { month, used: usage.in(month) ?? 0, limit: usage.limit };
    },
  ),
];

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}
