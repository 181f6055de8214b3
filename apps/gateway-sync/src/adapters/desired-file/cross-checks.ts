import { z } from 'zod';
import { contradictions } from '../../core/desired.js';
import type { ConfigProblem } from '../../core/errors.js';
import type { SubscriptionEntry } from '../../core/state.js';
import { pathText, type Path, type Source } from './document.js';
import { checkDelivery } from './delivery-checks.js';
import { checkEndpoints } from './endpoint-checks.js';
import { durationMs } from './quantities.js';
import { subscriptionSchema } from './schema.js';

/**
 * What one key alone does not show. Works on whatever part of the document is sound, so that these problems are
 * reported together with the others.
 */
export function crossCheck(value: unknown, source: Source): ConfigProblem[] {
  const file = roughFile.safeParse(value).data;
  if (!file) return [];
  return [
    ...duplicateTenants(file.tenants, source),
    ...file.tenants.flatMap((tenant, index) => contradictoryEntries(tenant, ['tenants', index], source)),
    ...contradictoryEntries(file.defaults, ['defaults'], source),
    ...missingSubscriptions(file, source),
    ...checkDelivery(value, source),
    ...checkEndpoints(value, source),
    ...shortMaximum(file.sync, source),
    ...greedyProcess('emporix', file.emporix, source),
    ...greedyProcess('svix', file.svix, source),
  ];
}

const anything = z.unknown().optional();
const roughPolicy = z.object({ subscriptions: anything }).catch({});
const roughTenant = z.object({ tenant: z.string().optional().catch(undefined), subscriptions: anything }).catch({});
const roughDuration = z.union([z.number(), z.string()]).optional().catch(undefined);
const roughRate = z
  .object({ requestsPerSecond: z.number().default(10), requestsPerSecondPerProcess: z.number().optional() })
  .optional()
  .catch(undefined);
const roughFile = z.object({
  emporix: roughRate,
  svix: roughRate,
  sync: z.object({ interval: roughDuration, maxInterval: roughDuration }).catch({}),
  defaults: roughPolicy,
  tenants: z.array(roughTenant).catch([]),
});
type RoughFile = z.infer<typeof roughFile>;

function duplicateTenants(tenants: RoughFile['tenants'], source: Source): ConfigProblem[] {
  const first = new Map<string, number>();
  return tenants.flatMap(({ tenant }, index): ConfigProblem[] => {
    if (tenant === undefined) return [];
    const earlier = first.get(tenant);
    if (earlier === undefined) {
      first.set(tenant, index);
      return [];
    }
    const path = ['tenants', index, 'tenant'];
    return [
      {
        place: source.place(path),
        path: pathText(path),
        message: `tenant ${tenant} stands here a second time, first at ${source.place(['tenants', earlier, 'tenant'])}`,
        remedy: 'merge the two entries',
      },
    ];
  });
}

function contradictoryEntries(policy: { subscriptions?: unknown }, path: Path, source: Source): ConfigProblem[] {
  const written = Array.isArray(policy.subscriptions) ? policy.subscriptions : [];
  const entries = written.flatMap((entry, index): (SubscriptionEntry & { index: number })[] => {
    const { data } = subscriptionSchema.safeParse(entry);
    if (!data) return [];
    const { event, excludedFields, priority } = data;
    return [
      {
        event,
        ...(excludedFields && { excludedFields }),
        ...(priority !== undefined && { priority }),
        place: source.place([...path, 'subscriptions', index]),
        index,
      },
    ];
  });
  return contradictions(entries).map(({ message, places }) => {
    const last = entries.findLast(({ place }) => place === places.at(-1));
    return {
      place: places.at(-1) ?? source.place(path),
      path: pathText([...path, 'subscriptions', ...(last ? [last.index] : [])]),
      message: `${message}: ${places.join(', ')}`,
      remedy: 'keep one entry for the event type',
    };
  });
}

/** A list that was forgotten must not look like a tenant that wants nothing. */
function missingSubscriptions({ defaults, tenants }: RoughFile, source: Source): ConfigProblem[] {
  if (defaults.subscriptions !== undefined) return [];
  return tenants.flatMap((tenant, index): ConfigProblem[] => {
    if (tenant.subscriptions !== undefined) return [];
    const path = ['tenants', index];
    return [
      {
        place: source.place(path),
        path: pathText([...path, 'subscriptions']),
        message: 'is missing, and defaults have none',
        remedy: 'add the event types; an empty list [] if the tenant is to receive nothing',
      },
    ];
  });
}

function shortMaximum(sync: RoughFile['sync'], source: Source): ConfigProblem[] {
  const interval = sync.interval === undefined ? undefined : durationMs(sync.interval);
  const maximum = sync.maxInterval === undefined ? undefined : durationMs(sync.maxInterval);
  if (interval === undefined || maximum === undefined || maximum >= interval) return [];
  const path = ['sync', 'maxInterval'];
  return [
    {
      place: source.place(path),
      path: pathText(path),
      message: 'must not be shorter than sync.interval',
      remedy: 'raise maxInterval or lower interval',
    },
  ];
}

function greedyProcess(section: 'emporix' | 'svix', rate: RoughFile['svix'], source: Source): ConfigProblem[] {
  const ofProcess = rate?.requestsPerSecondPerProcess;
  if (rate === undefined || ofProcess === undefined || ofProcess <= rate.requestsPerSecond) return [];
  const path = [section, 'requestsPerSecondPerProcess'];
  return [
    {
      place: source.place(path),
      path: pathText(path),
      message: `must not be more than ${section}.requestsPerSecond, which is what all processes may do together`,
      remedy: 'lower it, or raise requestsPerSecond',
    },
  ];
}
