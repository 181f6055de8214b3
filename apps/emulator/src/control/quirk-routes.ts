import { z } from 'zod';
import { quirksSchema } from '../quirks.js';
import type { World } from '../world.js';
import { route, routeWithBody, type ControlRoute } from './route.js';

// Checked whole, merged with the present values: a default must not undo an earlier change.
const changesSchema = z.record(z.string(), z.unknown());

export const quirkRoutes: readonly ControlRoute[] = [
  route('GET', '/quirks', 'Behaviour that sources disagree on: value, initial value, values, why.', ({ world }) =>
    viewQuirks(world),
  ),
  routeWithBody('PATCH', '/quirks', 'Change some quirks.', changesSchema, ({ world, body }) => {
    world.quirks = quirksSchema.parse({ ...world.quirks, ...body });
    return viewQuirks(world);
  }),
];

function viewQuirks({ quirks }: World): object {
  const rows = describeQuirks().map(
    ({ name, ...description }) => [name, { value: quirks[name], ...description }] as const,
  );
  return { quirks: Object.fromEntries(rows) };
}

/** One row for each quirk: the README's table comes from here. */
export function describeQuirks() {
  const names = quirksSchema.keyof().options;
  const initial = quirksSchema.parse({});
  const { properties = {} } = z.toJSONSchema(quirksSchema, { io: 'input' });
  return names.map((name) => ({
    name,
    initial: initial[name],
    values: valuesOf(properties[name]),
    why: quirksSchema.shape[name].description ?? '',
  }));
}

function valuesOf(schema: z.core.JSONSchema._JSONSchema | undefined): readonly unknown[] | string {
  if (typeof schema !== 'object') return 'any';
  return schema.enum ?? schema.type ?? 'any';
}
