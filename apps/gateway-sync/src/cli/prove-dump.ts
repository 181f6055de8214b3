import { parseDesiredFile } from '../adapters/desired-file/parse.js';
import type { Surroundings } from '../adapters/desired-file/interpolate.js';
import { writeDesiredFile } from '../adapters/desired-file/write.js';
import type { Resource } from '../core/action.js';
import type { TenantDump } from '../core/dump.js';
import { ConfigError } from '../core/errors.js';
import type { JsonObject } from '../core/json.js';
import { planTenant } from '../core/plan-tenant.js';
import type { Observation } from '../core/state.js';

/** Parts of an entry that can be left out, which means not managed. */
const PARTS = ['delivery', 'endpoints'] as const;
type DumpPart = (typeof PARTS)[number];

const PART_OF: Readonly<Record<Resource, DumpPart | undefined>> = {
  subscription: undefined,
  config: 'delivery',
  target: 'delivery',
  endpoint: 'endpoints',
};

/**
 * The dump of one tenant without what a file cannot say: it is read again and planned, and a part that does not come back
 * as it was read is left out with the reason. What tenants hold is more than the format allows, and made by many tools.
 */
export function provenDump(
  base: JsonObject,
  dump: TenantDump,
  observation: Observation,
  surroundings: Surroundings,
): TenantDump {
  const objections = objectionsTo(base, dump, observation, surroundings);
  const part = PARTS.find((name) => dump[name] !== undefined && objections.has(name));
  if (!part) return withNotes(dump, [...objections.values()]);
  const { [part]: _, ...rest } = dump;
  const left = {
    ...rest,
    ...(part === 'endpoints' && { foreignEndpoints: [] }),
    notes: dump.notes.filter(({ path }) => path[0] !== part),
  };
  const reason = `${part === 'delivery' ? 'delivery is' : 'endpoints are'} not managed, because the file cannot say it: ${objections.get(part)}`;
  return provenDump(base, withNotes(left, [reason]), observation, surroundings);
}

function withNotes(dump: TenantDump, messages: readonly string[]): TenantDump {
  return { ...dump, notes: [...messages.map((message) => ({ path: [], message })), ...dump.notes] };
}

/** Why a part does not come back, by part; what belongs to none is under `undefined`. */
function objectionsTo(
  base: JsonObject,
  dump: TenantDump,
  observation: Observation,
  surroundings: Surroundings,
): ReadonlyMap<DumpPart | undefined, string> {
  const text = writeDesiredFile({ base, tenants: [dump], remarks: [] });
  try {
    const [tenant] = parseDesiredFile(text, 'dump', surroundings).tenants;
    if (!tenant) throw new TypeError(`the entry of ${dump.tenant} was not written`);
    const { plan } = planTenant(tenant, observation, { instance: tenant.instance });
    return new Map(
      plan.actions.map(({ type, resource }) => [PART_OF[resource], `a plan would ${type} a ${resource}`] as const),
    );
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return new Map(
      error.problems.map(({ path, message }) => {
        const inside = path.replace(/^tenants\[0\]\.?/, '');
        const part = PARTS.find((name) => inside.startsWith(name));
        // A line of the draft is none that anybody sees.
        const told = message.replaceAll(/\bdump:\d+:\d+/g, 'another place');
        return [part, inside === part ? told : `${inside} ${told}`] as const;
      }),
    );
  }
}
