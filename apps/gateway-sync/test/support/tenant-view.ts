import type { Emulator } from '@gateway-sync/emulator';
import type { OwnedThing } from '../../src/core/ledger.js';

/** An emulator, or what one showed at a time. */
export type View = Pick<Emulator, 'state' | 'svix'>;

interface Entry {
  readonly id: string;
  readonly eventType: string;
  readonly destinationUrl: string;
  readonly name?: string;
}

/** The emulator's own view of a tenant, as far as it is looked at here. */
interface TenantState {
  readonly configs: readonly {
    readonly code: string;
    readonly provider: string;
    readonly active: boolean;
    readonly entries?: readonly Entry[];
  }[];
  readonly subscriptions: readonly {
    readonly eventType: string;
    readonly subscription: string;
    readonly excludedFields: readonly string[];
  }[];
}

interface Endpoint {
  readonly id: string;
  readonly uid: string | null;
  readonly url: string;
  readonly secret: string;
  readonly eventTypes: readonly string[] | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly oldSecrets: readonly object[];
}

interface SvixState {
  readonly applications: readonly { readonly endpoints: readonly Endpoint[] }[];
}

/** What a person would see of a tenant, without ids, versions and times; `secrets`: those that nobody generated. */
export function seen(emulator: View, tenant: string, secrets: readonly string[] = []) {
  const { configs, subscriptions } = stateOf(emulator, tenant);
  return {
    subscriptions: subscriptions
      .filter(({ subscription }) => subscription === 'SUBSCRIBED')
      .map(({ eventType, excludedFields }) => ({ eventType, excludedFields }))
      .toSorted(by(({ eventType }) => eventType)),
    configs: configs
      .map(({ entries = [], ...config }) => ({
        ...config,
        entries: entries.map(withoutId).toSorted(),
      }))
      .toSorted(by(({ code }) => code)),
    endpoints: endpointsOf(emulator, tenant)
      .map((endpoint) => ({
        ...endpoint,
        ...UNSEEN,
        secret: secrets.includes(endpoint.secret) ? endpoint.secret : 'generated',
      }))
      .toSorted(by(({ url }) => url)),
  };
}

/** What somebody notices who gets events: which, by the active config, and by the endpoints where they go through Svix. */
export function main(emulator: View, tenant: string): object {
  const { subscriptions, configs, endpoints } = seen(emulator, tenant);
  const active = configs.filter((config) => config.active);
  return {
    subscriptions,
    active,
    endpoints: active.some(({ provider }) => provider === 'SVIX_SHARED')
      ? endpoints.map(({ uid, url, eventTypes, headers }) => ({ uid, url, eventTypes, headers }))
      : [],
  };
}

/** Rows of the ledger, with ids that the services gave replaced by what they stand for, and fingerprints by their places. */
export function ledgerOf(emulator: View, tenant: string, rows: readonly OwnedThing[]): object[] {
  const names = new Map<string, string>([
    ...stateOf(emulator, tenant).configs.flatMap(({ entries = [] }) =>
      entries.map(({ id, eventType, destinationUrl, name }) => [id, `${eventType} ${destinationUrl} ${name}`] as const),
    ),
    ...endpointsOf(emulator, tenant).map(({ id, uid }) => [id, String(uid)] as const),
  ]);
  return rows
    .map(({ resource, key, settings, fingerprints, pending }) => ({
      thing: `${resource} ${names.get(key) ?? key}${pending ? ' pending' : ''}`,
      settings,
      // Those of a config's creation count no longer once its targets have rows of their own.
      fingerprints: Object.keys(fingerprints)
        .filter((field) => !field.startsWith('targets.'))
        .toSorted(),
    }))
    .toSorted(by(({ thing }) => thing));
}

export function endpointsOf(emulator: View, tenant: string): Endpoint[] {
  const { applications } = emulator.svix(tenant) as SvixState; // see `SvixState`
  return applications.flatMap(({ endpoints }) => endpoints);
}

/** Whether events go anywhere. */
export function isDelivering(emulator: View, tenant: string): boolean {
  return stateOf(emulator, tenant).configs.some(({ active }) => active);
}

/** Things that there are twice. */
export function doubles(emulator: View, tenant: string): string[] {
  const { configs } = stateOf(emulator, tenant);
  const things = [
    ...configs.map(({ code }) => `config ${code}`),
    ...configs.flatMap(({ entries = [] }) => entries.map((entry) => `target ${withoutId(entry)}`)),
    ...endpointsOf(emulator, tenant).map(({ url }) => `endpoint ${url}`),
  ];
  return things.filter((thing, index) => things.indexOf(thing) !== index);
}

/** Of an endpoint: what is another one each time. */
const UNSEEN = { id: '', createdAt: '', updatedAt: '', oldSecrets: [] };

function withoutId(entry: Entry): string {
  return JSON.stringify({ ...entry, id: '' });
}

function stateOf(emulator: View, tenant: string): TenantState {
  return emulator.state(tenant, { secrets: true }) as TenantState; // see `TenantState`
}

function by<Item>(nameOf: (item: Item) => string): (a: Item, b: Item) => number {
  return (a, b) => (nameOf(a) < nameOf(b) ? -1 : 1);
}
