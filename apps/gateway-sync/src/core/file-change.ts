import { desiredHash } from './desired-hash.js';
import type { Secret } from './secret.js';
import type { DesiredTenant, TenantName } from './state.js';

/** What a change of the file is judged by; further keys are its settings. */
export interface ChangingFile {
  readonly instance: string;
  readonly guards: FileGuards;
  readonly tenants: readonly DesiredTenant[];
}

export interface FileGuards {
  /** Largest share of the tenants, in percent, that one reload may take out of the file. */
  readonly maxTenantRemovalPercent: number;
  /** Below this many tenants a percentage says nothing and is not judged, unless all of them are gone. */
  readonly minTenants: number;
}

/** What another file would change; everything in the order of the files. */
export interface FileChange {
  readonly added: readonly TenantName[];
  readonly removed: readonly TenantName[];
  readonly changed: readonly TenantName[];
  /** Keys at the top of the file of which it says something else. */
  readonly settings: readonly string[];
}

export const FILE_GUARDS = ['tenant-removal', 'other-instance'] as const;

/** Why a file is withheld, and what to write or do to let it through. */
export interface FileVerdict {
  readonly guard: (typeof FILE_GUARDS)[number];
  /** With the counts it was decided on. */
  readonly message: string;
  /** The exact way to allow it. */
  readonly allow: string;
}

/** Of the file as a text; they say nothing about what is wanted. */
const TEXT_KEYS: ReadonlySet<string> = new Set(['path', 'hash', 'tenants']);

/** `key` as for {@link desiredHash}. */
export function compareFiles(before: ChangingFile, after: ChangingFile, key: Secret): FileChange {
  const known = hashes(before, key);
  const wanted = hashes(after, key);
  const old = new Map(Object.entries(before));
  const now = new Map(Object.entries(after));
  const settings = [...new Set([...old.keys(), ...now.keys()])].filter((name) => !TEXT_KEYS.has(name));
  return {
    added: [...wanted.keys()].filter((tenant) => !known.has(tenant)),
    removed: [...known.keys()].filter((tenant) => !wanted.has(tenant)),
    changed: [...wanted]
      .filter(([tenant, hash]) => known.has(tenant) && known.get(tenant) !== hash)
      .map(([name]) => name),
    settings: settings.filter((name) => desiredHash([old.get(name)], key) !== desiredHash([now.get(name)], key)),
  };
}

function hashes({ tenants }: ChangingFile, key: Secret): ReadonlyMap<TenantName, string> {
  return new Map(tenants.map((tenant) => [tenant.tenant, desiredHash(tenant, key)]));
}

/** Every guard that withholds a reload; none when the file may be taken up. */
export function judgeChange(before: ChangingFile, after: ChangingFile, { removed }: FileChange): FileVerdict[] {
  const there = before.tenants.length;
  const isEmptied = removed.length === there;
  const removal =
    isEmptied || there >= after.guards.minTenants ? tenantRemoval(after, there, removed.length) : undefined;
  return [otherInstance(before, after), removal].filter((verdict) => verdict !== undefined);
}

/**
 * What withholds a file from a process that starts with it while these tenants are looked after: as the newest file it would
 * take the place of that of all other replicas, so it is judged as a reload is. A few tenants may all be others: somebody
 * starts with a file of their own after having tried an example.
 */
export function judgeStart(lookedAfter: readonly TenantName[], file: ChangingFile): StartVerdict | undefined {
  const named = new Set(file.tenants.map(({ tenant }) => tenant));
  const removed = lookedAfter.filter((tenant) => !named.has(tenant));
  if (lookedAfter.length < file.guards.minTenants) return undefined;
  const verdict = tenantRemoval(file, lookedAfter.length, removed.length);
  return verdict && { ...verdict, removed };
}

export interface StartVerdict extends FileVerdict {
  readonly removed: readonly TenantName[];
}

function otherInstance({ instance }: ChangingFile, after: ChangingFile): FileVerdict | undefined {
  if (after.instance === instance) return undefined;
  return {
    guard: 'other-instance',
    message: `the instance would change from ${instance} to ${after.instance}, which owns other things`,
    allow: 'restart gateway-sync: a running service keeps its instance',
  };
}

function tenantRemoval({ guards }: ChangingFile, there: number, removed: number): FileVerdict | undefined {
  const { maxTenantRemovalPercent } = guards;
  if (removed * 100 <= maxTenantRemovalPercent * there) return undefined;
  const percent = (removed * 100) / there;
  return {
    guard: 'tenant-removal',
    message: `${removed} of ${there} tenant${there === 1 ? '' : 's'} (${percent.toFixed(1)} %) would no longer be looked after, more than ${maxTenantRemovalPercent} %`,
    allow: `write at the top of the file:  guards: { maxTenantRemovalPercent: ${Math.ceil(percent)} }`,
  };
}
