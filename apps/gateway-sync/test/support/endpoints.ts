import type { EndpointAction } from '../../src/core/action.js';
import type { DesiredHeaders } from '../../src/core/delivery.js';
import { endpointDetails } from '../../src/core/endpoint-details.js';
import type { DesiredEndpoint } from '../../src/core/endpoint.js';
import { planEndpoints } from '../../src/core/endpoints-plan.js';
import type { OwnedThing } from '../../src/core/ledger.js';
import type { Knowledge, Part } from '../../src/core/part.js';
import { Secret } from '../../src/core/secret.js';
import type { DesiredTenant } from '../../src/core/state.js';
import { ModelSvix, type ModelEndpoint } from './model-svix.js';
import { row, tenant } from './values.js';

export const CATALOGUE = ['Order.Created', 'order.updated', 'product.created', 'site.site-created'].map((type) =>
  row(type),
);
export const INSTANCE = 'shop';

/** The file wants all events at `https://<uid>.example/hooks`, with `overrides`. */
export function endpoint(uid: string, overrides: Partial<DesiredEndpoint> = {}): DesiredEndpoint {
  return { uid, url: `https://${uid}.example/hooks`, events: 'all', adopt: false, place: 'g.yaml:7:9', ...overrides };
}

/** Clear values, or secret ones when they are a `Secret`. */
export function headers(values: Readonly<Record<string, string | Secret>>): DesiredHeaders {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? { value: new Secret(value), secret: false } : { value, secret: true },
    ]),
  );
}

/** As Svix has one that we made for `endpoint(name)`, with `overrides`. */
export function live(name: string, overrides: Partial<ModelEndpoint> = {}): ModelEndpoint {
  return {
    id: `ep_${name}`,
    uid: `${INSTANCE}.${name}`,
    url: `https://${name}.example/hooks`,
    description: '',
    eventTypes: null,
    channels: null,
    rateLimit: null,
    disabled: false,
    metadata: { 'managed-by': 'gateway-sync', 'gateway-sync-instance': INSTANCE },
    headers: {},
    secret: `whsec_generated-${name}`,
    ...overrides,
  };
}

/** One that a person made in the portal. */
export function foreign(name: string, overrides: Partial<ModelEndpoint> = {}): ModelEndpoint {
  const { uid: _, ...rest } = live(name, { metadata: {} });
  return { ...rest, ...overrides };
}

/** Not a fingerprint that anybody should use: readable, so that a failing test says which. */
export const fingerprint: NonNullable<Knowledge['fingerprint']> = (place, secret) => `${place}=${secret.reveal()}`;

export function knowing(overrides: Partial<Knowledge> = {}): Knowledge {
  return { instance: INSTANCE, owned: [], fingerprint, ...overrides };
}

export const WITHOUT_LEDGER: Knowledge = { instance: INSTANCE };

export const wanting = (...endpoints: DesiredEndpoint[]): DesiredTenant => tenant({ endpoints });

/** Reads what the plan needs, and plans. */
export function planned(
  desired: DesiredTenant,
  svix: ModelSvix,
  knowledge: Knowledge = knowing(),
  catalogue = CATALOGUE,
): Part {
  const details = endpointDetails(desired, svix.read(), knowledge);
  return planEndpoints(desired, svix.read(details), catalogue, knowledge);
}

export function endpointActions({ actions }: Part): EndpointAction[] {
  return actions.flatMap((action) => (action.resource === 'endpoint' ? [action] : []));
}

/** Sends a plan as it says, what needs another after it; the ledger afterwards, as the next reading finds it. */
export function applied(
  desired: DesiredTenant,
  svix: ModelSvix,
  knowledge = knowing(),
  catalogue = CATALOGUE,
): Knowledge {
  const actions = endpointActions(planned(desired, svix, knowledge, catalogue));
  const rows: OwnedThing[] = [];
  for (const action of [...actions.filter((one) => !isWaiting(one)), ...actions.filter(isWaiting)]) {
    svix.apply(action.write);
    if (action.row) rows.push(rowFor(action.row.key, action.row.settings, fingerprintsAfter(action, knowledge)));
  }
  return recorded(desired, svix, withRows(knowledge, rows), catalogue);
}

/** The ledger after a reading. */
export function recorded(
  desired: DesiredTenant,
  svix: ModelSvix,
  knowledge = knowing(),
  catalogue = CATALOGUE,
): Knowledge {
  if (!knowledge.owned) return knowledge;
  const before = new Map(knowledge.owned.map((one) => [one.key, one]));
  const { claims } = planned(desired, svix, knowledge, catalogue);
  const after = new Map([...before].filter(([key]) => claims.kept.has(key)));
  for (const { key, row: other = key, settings, fingerprints, action } of claims.matched) {
    after.delete(other);
    const known = before.get(key) ?? before.get(other);
    if (action === undefined) after.set(key, rowFor(key, settings, { ...known?.fingerprints, ...fingerprints }));
    else if (known) after.set(key, { ...known, key });
  }
  return { ...knowledge, owned: [...after.values()] };
}

export function rowFor(
  key: string,
  settings: OwnedThing['settings'],
  fingerprints: OwnedThing['fingerprints'] = {},
): OwnedThing {
  return { resource: 'endpoint', key, instance: INSTANCE, firstOwnedAt: 1, writtenAt: 1, settings, fingerprints };
}

function isWaiting({ needs }: EndpointAction): boolean {
  return needs !== undefined;
}

function fingerprintsAfter({ row: made, fingerprints }: EndpointAction, { owned = [] }: Knowledge) {
  return { ...owned.find(({ key }) => key === made?.key)?.fingerprints, ...fingerprints };
}

function withRows(knowledge: Knowledge, rows: readonly OwnedThing[]): Knowledge {
  if (!knowledge.owned) return knowledge;
  return { ...knowledge, owned: [...new Map([...knowledge.owned, ...rows].map((one) => [one.key, one])).values()] };
}
