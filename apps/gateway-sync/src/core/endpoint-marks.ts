import type { ObservedEndpoint } from './endpoint.js';

/** What the metadata of an endpoint of ours says. */
const MANAGER = 'gateway-sync';
const MANAGED_BY = 'managed-by';
const INSTANCE = 'gateway-sync-instance';
const STATE = 'gateway-sync-state';
const CREATING = 'creating';
const OUR_KEYS: readonly string[] = [MANAGED_BY, INSTANCE, STATE];

type Metadata = Readonly<Record<string, string>>;

/**
 * The uid in Svix of an endpoint that the file calls `uid`: a prefix tells whose it is. Svix takes 256 letters, digits,
 * hyphens, underscores and dots, and no `ep_` at the beginning; the file allows no instance and no name that break this.
 */
export function endpointUid(instance: string, uid: string): string {
  return `${instance}.${uid}`;
}

/** The name in the file that a uid of this installation stands for; `undefined` for every other uid. */
export function ownName(instance: string, uid: string | undefined): string | undefined {
  if (!uid?.startsWith(`${instance}.`)) return undefined;
  const name = uid.slice(instance.length + 1);
  // A name has no dot, so the uids of an installation `a.b` are none of an installation `a`.
  return name === '' || name.includes('.') ? undefined : name;
}

/** Who the metadata say owns the endpoint: an installation, or whatever else manages it. */
export function metadataOwner({ metadata }: Pick<ObservedEndpoint, 'metadata'>): string | undefined {
  const manager = metadata[MANAGED_BY];
  return manager === MANAGER ? (metadata[INSTANCE] ?? manager) : manager;
}

/** Both marks: the prefix of the uid and the metadata. */
export function hasBothMarks(endpoint: Pick<ObservedEndpoint, 'uid' | 'metadata'>, instance: string): boolean {
  return ownName(instance, endpoint.uid) !== undefined && metadataOwner(endpoint) === instance;
}

/** Whether its creation was begun by this installation and not finished. */
export function isBeingCreated(endpoint: Pick<ObservedEndpoint, 'metadata'>, instance: string): boolean {
  return metadataOwner(endpoint) === instance && endpoint.metadata[STATE] === CREATING;
}

/** Metadata with our marks in place of those there are; keys of others are kept. */
export function marked(metadata: Metadata, instance: string, state: 'creating' | 'finished'): Metadata {
  return {
    ...Object.fromEntries(Object.entries(metadata).filter(([key]) => !OUR_KEYS.includes(key))),
    [MANAGED_BY]: MANAGER,
    [INSTANCE]: instance,
    ...(state === 'creating' && { [STATE]: CREATING }),
  };
}

/** The part of the metadata that is ours to compare; the rest is nobody's business here. */
export function ownMetadata(metadata: Metadata): Metadata {
  return Object.fromEntries(OUR_KEYS.flatMap((key) => (metadata[key] === undefined ? [] : [[key, metadata[key]]])));
}
