type Place<K extends string> = K extends string ? { readonly kind: K } : never;

/** One place in a config that a PATCH operation can address. */
export type PatchTarget =
  | Place<
      'active' | 'configuration' | 'api-key' | 'root-url' | 'root-secret' | 'root-headers' | 'entry-list' | 'new-entry'
    >
  | { readonly kind: 'entry'; readonly by: EntryAddress }
  | { readonly kind: 'entry-field'; readonly by: EntryAddress; readonly field: EntryField };

/** An entry by its id, or, on the older paths, by its event type. */
export type EntryAddress = { readonly id: string } | { readonly eventType: string };
export type EntryField = 'destinationUrl' | 'secretKey' | 'headers' | 'filter' | 'excludedFields' | 'name' | 'active';

const FIXED: Readonly<Record<string, PatchTarget>> = {
  '/active': { kind: 'active' },
  '/configuration': { kind: 'configuration' },
  '/configuration/svix/apiKey': { kind: 'api-key' },
  '/configuration/http/destinationUrl': { kind: 'root-url' },
  '/configuration/http/secretKey': { kind: 'root-secret' },
  '/configuration/http/headers': { kind: 'root-headers' },
  '/configuration/http/eventsConfiguration': { kind: 'entry-list' },
  '/configuration/http/eventsConfigurationEntry': { kind: 'new-entry' },
};

const ID_FIELDS = ['destinationUrl', 'secretKey', 'headers', 'filter', 'excludedFields', 'name', 'active'] as const;
const TYPE_FIELDS: ReadonlySet<EntryField> = new Set(['destinationUrl', 'secretKey', 'headers']);

/** Reads a path of a PATCH operation; undefined when there is no such place. */
export function readPatchPath(path: string): PatchTarget | undefined {
  const fixed = FIXED[path];
  if (fixed !== undefined) return fixed;
  const parts = /^\/configuration\/http\/(eventsConfiguration|eventsConfigurationEntry)\/([^/]+)(?:\/(\w+))?$/.exec(
    path,
  );
  if (parts === null) return undefined;
  const [, list, key = '', name] = parts;
  const by: EntryAddress = list === 'eventsConfigurationEntry' ? { id: key } : { eventType: key };
  if (name === undefined) return { kind: 'entry', by };
  const field = ID_FIELDS.find((candidate) => candidate === name);
  return field === undefined || ('eventType' in by && !TYPE_FIELDS.has(field))
    ? undefined
    : { kind: 'entry-field', by, field };
}

/** Whether `REMOVE` works on the place; `UPSERT` works on all of them. */
export function isRemovable(target: PatchTarget): boolean {
  return target.kind === 'root-headers' || target.kind === 'entry-list' || target.kind === 'entry';
}
