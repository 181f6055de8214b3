import { z } from 'zod';
import type { Provider } from '../../core/delivery.js';
import type { ConfigProblem } from '../../core/errors.js';
import { targetContradictions } from '../../core/wanted-targets.js';
import { pathText, type Path, type Source } from './document.js';
import { mergeDelivery, resolveDelivery, type MergedDelivery } from './resolve-delivery.js';
import { deliverySchema, targetSchema, type WrittenDelivery } from './schema-delivery.js';

/** What one key alone does not show about the delivery. Works on whatever part of the document is sound. */
export function checkDelivery(value: unknown, source: Source): ConfigProblem[] {
  const file = roughFile.safeParse(value).data;
  if (!file) return [];
  const { defaults, tenants } = file;
  const found = tenants.flatMap((tenant, index) => checkTenant(tenant, defaults, ['tenants', index], source));
  // Tenants that take the same defaults have the same problems.
  return [...new Map(found.map((one) => [`${one.path} ${one.message}`, one])).values()];
}

const { shape } = deliverySchema;
/** Like the schema, without the keys that are not sound; those are reported by themselves. */
const roughDelivery = z.object({
  provider: shape.provider.catch(undefined),
  active: shape.active.catch(undefined),
  code: shape.code.catch(undefined),
  apiKey: shape.apiKey.catch(undefined),
  destinationUrl: shape.destinationUrl.catch(undefined),
  secretKey: shape.secretKey.catch(undefined),
  headers: shape.headers.catch(undefined),
  targets: z.array(targetSchema.or(z.null()).catch(null)).optional().catch(undefined),
});
const roughSection = z.object({ delivery: roughDelivery.optional().catch(undefined) }).catch({});
const roughFile = z.object({ defaults: roughSection.default({}), tenants: z.array(roughSection).catch([]) });
type RoughSection = z.infer<typeof roughSection>;

const OWN_KEYS: ReadonlyMap<keyof WrittenDelivery, Provider> = new Map([
  ['apiKey', 'SVIX'],
  ['destinationUrl', 'HTTP'],
  ['secretKey', 'HTTP'],
  ['headers', 'HTTP'],
  ['targets', 'HTTP'],
]);

/** Why a provider has no such settings. */
const REASONS: Readonly<Record<Provider, string>> = {
  HTTP: 'nothing goes through Svix',
  SVIX: 'Svix delivers, to the endpoints that are set up there',
  SVIX_SHARED: 'Svix delivers, through the account of Emporix, to the endpoints that are set up there',
};

function checkTenant(tenant: RoughSection, defaults: RoughSection, path: Path, source: Source): ConfigProblem[] {
  const [own, common] = [sound(tenant), sound(defaults)];
  const merged = mergeDelivery(own, common, path);
  if (!merged) return [];
  const { provider } = merged.written;
  if (provider === undefined) {
    // What is written there may be wrong, and is reported by itself then.
    const at = [...merged.pathOf('provider'), 'provider'];
    return isWritten(at, source) ? [] : [problem(at, source, 'is missing', 'add it: HTTP, SVIX or SVIX_SHARED')];
  }
  return [
    ...foreignKeys(merged, provider, source),
    ...missingDestinations(tenant, defaults, merged, source),
    ...contradictions(own, common, merged, path, source),
  ];
}

/** Without the targets that are not sound. */
function sound({ delivery }: RoughSection): { delivery?: WrittenDelivery } {
  if (!delivery) return {};
  const { targets, ...rest } = delivery;
  return { delivery: { ...rest, ...(targets && { targets: targets.filter((target) => target !== null) }) } };
}

function isWritten(path: Path, source: Source): boolean {
  return source.place(path) !== source.place(path.slice(0, -1));
}

function foreignKeys({ written, pathOf }: MergedDelivery, provider: Provider, source: Source): ConfigProblem[] {
  return [...OWN_KEYS].flatMap(([key, owner]): ConfigProblem[] => {
    if (written[key] === undefined || owner === provider) return [];
    const message = `belongs to provider ${owner}; with ${provider} ${REASONS[provider]}`;
    const path = pathOf(key);
    const at = { place: source.placeOfKey(path, key), path: pathText([...path, key]) };
    return [{ ...at, message, remedy: `remove ${key}, or choose the provider ${owner}` }];
  });
}

/** The service refuses a target without one. */
function missingDestinations(
  tenant: RoughSection,
  defaults: RoughSection,
  { written, pathOf }: MergedDelivery,
  source: Source,
): ConfigProblem[] {
  if (written.provider !== 'HTTP' || written.destinationUrl !== undefined) return [];
  const list = pathOf('targets');
  const targets = (list[0] === 'defaults' ? defaults : tenant).delivery?.targets ?? [];
  return targets.flatMap((target, index): ConfigProblem[] => {
    if (!target || target.destinationUrl !== undefined) return [];
    const at = [...list, 'targets', index];
    const message = 'has no destinationUrl, and the delivery has none that it could take';
    return [problem(at, source, message, 'add destinationUrl to the target or to the delivery')];
  });
}

function contradictions(
  own: { delivery?: WrittenDelivery },
  common: { delivery?: WrittenDelivery },
  { pathOf }: MergedDelivery,
  path: Path,
  source: Source,
): ConfigProblem[] {
  const targets = resolveDelivery(own, common, path, source)?.targets ?? [];
  return targetContradictions(targets).map(({ message, places }) => ({
    place: places.at(-1) ?? source.place(path),
    path: pathText([...pathOf('targets'), 'targets']),
    message: `${message}: ${places.join(', ')}`,
    remedy: 'keep one of them, or give them different names',
  }));
}

function problem(path: Path, source: Source, message: string, remedy: string): ConfigProblem {
  return { place: source.place(path), path: pathText(path), message, remedy };
}
