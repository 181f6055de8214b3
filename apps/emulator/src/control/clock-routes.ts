import { z } from 'zod';
import type { World } from '../world.js';
import { route, routeWithBody, toIso, type ControlRoute } from './route.js';

const time = z
  .union([z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)), z.int()])
  .describe('ISO 8601, or milliseconds since 1970');
const duration = z.number().nonnegative().optional();
const advanceSchema = z
  .strictObject({ ms: duration, seconds: duration, minutes: duration, hours: duration, days: duration })
  .refine((parts) => Object.keys(parts).length > 0, 'say how far');

export const clockRoutes: readonly ControlRoute[] = [
  route('GET', '/clock', 'What the clock shows.', ({ world }) => viewClock(world)),
  routeWithBody(
    'POST',
    '/clock/set',
    'Set the clock; running or frozen as before. Due retries are made.',
    z.strictObject({ now: time }),
    async ({ world, body }) => {
      world.clock.set(body.now);
      const retries = await world.courier.runDue();
      return { ...viewClock(world), retries };
    },
  ),
  routeWithBody(
    'POST',
    '/clock/advance',
    'Move the clock on and make each retry at the time it is due.',
    advanceSchema,
    async ({ world, body }) => {
      const { ms = 0, seconds = 0, minutes = 0, hours = 0, days = 0 } = body;
      const retries = await world.courier.advance(ms + 1_000 * (seconds + 60 * (minutes + 60 * (hours + 24 * days))));
      return { ...viewClock(world), retries };
    },
  ),
  routeWithBody(
    'POST',
    '/clock/freeze',
    'Stop the clock, at a time or where it stands.',
    z.strictObject({ now: time.optional() }),
    ({ world, body }) => {
      if (body.now !== undefined) world.clock.set(body.now);
      world.clock.freeze();
      return viewClock(world);
    },
  ),
  route('POST', '/clock/resume', 'Let the clock run on from where it stands.', ({ world }) => {
    world.clock.resume();
    return viewClock(world);
  }),
];

function viewClock({ clock }: World): object {
  return { now: toIso(clock.now()), frozen: clock.frozen };
}
