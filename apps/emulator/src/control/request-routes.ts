import { z } from 'zod';
import { route, toIso, type ControlRoute } from './route.js';

const filterSchema = z.object({
  tenant: z.string().optional(),
  operationId: z.string().optional(),
  since: z
    .string()
    .refine((text) => !Number.isNaN(Date.parse(text)), 'must be a time')
    .transform((text) => Date.parse(text))
    .optional(),
});

export const requestRoutes: readonly ControlRoute[] = [
  route(
    'GET',
    '/requests',
    'API calls, oldest first; filter with ?tenant= ?operationId= ?since= (a time). The latest 10,000 are kept.',
    ({ world, query }) => ({
      requests: world.requests
        .list(filterSchema.parse(query))
        .map((request) => Object.assign({}, request, { startedAt: toIso(request.startedAt), at: toIso(request.at) })),
    }),
  ),
  route(
    'GET',
    '/requests/counts',
    'API calls by operation since the last clearing; filter with ?tenant=.',
    ({ world, query }) => ({
      counts: world.requests.counts(query['tenant']),
    }),
  ),
  route('DELETE', '/requests', 'Clear the log and the counts.', ({ world }) => {
    world.requests.clear();
    return { cleared: true };
  }),
];
