import type { BookedFault } from '../faults/fault-book.js';
import { faultSchema } from '../faults/fault.js';
import { route, routeWithBody, toIso, UnknownThing, type ControlRoute } from './route.js';

export const faultRoutes: readonly ControlRoute[] = [
  routeWithBody(
    'POST',
    '/faults',
    'Ask for a fault. It works once, or `times` times, on calls that match.',
    faultSchema,
    ({ world, body }) => viewFault(world.faults.add(body)),
  ),
  route('GET', '/faults', 'All faults with their firings.', ({ world }) => ({
    faults: world.faults.list().map(viewFault),
  })),
  route('DELETE', '/faults', 'Take back all faults.', ({ world }) => {
    world.faults.clear();
    return { cleared: true };
  }),
  route('DELETE', '/faults/:id', 'Take back one fault.', ({ world, params }) => {
    if (!world.faults.remove(params['id'] ?? '')) throw new UnknownThing(`there is no fault ${params['id'] ?? ''}`);
    return { cleared: true };
  }),
];

function viewFault({ id, fault, matched, firings, spent }: BookedFault): object {
  return { id, ...fault, matched, spent, firings: firings.map((firing) => ({ ...firing, at: toIso(firing.at) })) };
}
