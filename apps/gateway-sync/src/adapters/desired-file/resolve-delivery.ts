import type { DesiredDelivery, DesiredTarget } from '../../core/delivery.js';
import { Secret } from '../../core/secret.js';
import type { Path, Source } from './document.js';
import { resolveHeaders } from './resolve-headers.js';
import type { WrittenDelivery, WrittenTarget } from './schema-delivery.js';

/** A delivery, and where each of its keys stands. */
export interface MergedDelivery {
  readonly written: WrittenDelivery;
  /** Of the mapping that has the key. */
  readonly pathOf: (key: keyof WrittenDelivery) => Path;
}

interface Section {
  readonly delivery?: WrittenDelivery | undefined;
}

/** Defaults are for tenants of their provider: what another one needs has nothing to do with them. */
export function mergeDelivery(tenant: Section, defaults: Section, path: Path): MergedDelivery | undefined {
  const own = tenant.delivery;
  const common = defaults.delivery;
  if (!own && !common) return undefined;
  const sameProvider = !own?.provider || !common?.provider || own.provider === common.provider;
  const written = { ...(sameProvider && common), ...own };
  const pathOf = (key: keyof WrittenDelivery) =>
    own && (own[key] !== undefined || common?.[key] === undefined) ? [...path, 'delivery'] : ['defaults', 'delivery'];
  return { written, pathOf };
}

/** `undefined` when there is none, or none that says its provider. */
export function resolveDelivery(
  tenant: Section,
  defaults: Section,
  path: Path,
  source: Source,
): DesiredDelivery | undefined {
  const merged = mergeDelivery(tenant, defaults, path);
  const provider = merged?.written.provider;
  if (!merged || provider === undefined) return undefined;
  const { active = true, code, apiKey, destinationUrl, secretKey, headers, targets } = merged.written;
  const listed = merged.pathOf('targets');
  return {
    provider,
    active,
    code: code ?? provider.toLowerCase(),
    ...(apiKey !== undefined && { apiKey: new Secret(apiKey) }),
    ...(destinationUrl !== undefined && { destinationUrl }),
    ...(secretKey !== undefined && { secretKey: new Secret(secretKey) }),
    ...(headers && { headers: resolveHeaders(headers) }),
    ...(targets && {
      targets: targets.map((target, index) =>
        resolveTarget(target, destinationUrl, source.place([...listed, 'targets', index])),
      ),
    }),
    place: source.place(merged.pathOf('provider')),
  };
}

function resolveTarget(written: WrittenTarget, common: string | undefined, place: string): DesiredTarget {
  const { name, event, destinationUrl = common ?? '', filter, excludedFields, secretKey, headers } = written;
  return {
    ...(name !== undefined && { name }),
    event: event.trim(),
    destinationUrl,
    ...(filter !== undefined && { filter: filter.trim() }),
    ...(excludedFields !== undefined && { excludedFields }),
    ...(secretKey !== undefined && { secretKey: new Secret(secretKey) }),
    ...(headers && { headers: resolveHeaders(headers) }),
    active: written.active ?? true,
    place,
  };
}
