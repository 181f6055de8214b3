import type { StoredConfig, StoredEntry } from '../configs/config.js';
import type { Endpoint } from '../svix/endpoint.js';
import type { Documents } from './documents.js';

/** What a call made of one thing; secrets are left out. */
export interface Change {
  readonly what: 'subscription' | 'config' | 'target' | 'endpoint';
  /** Event type, code of the config, id of the entry or of the endpoint. */
  readonly key: string;
  /** What a person calls it, where that is not the key. */
  readonly name?: string;
  readonly to: 'subscribed' | 'unsubscribed' | 'created' | 'changed' | 'deleted';
}

/** What differs between two states of a tenant: of each thing one line. */
export function changesBetween(before: Documents, after: Documents): readonly Change[] {
  if (before === after) return [];
  return [
    ...subscriptionChanges(before, after),
    ...memberChanges('config', configsOf(before), configsOf(after), () => undefined),
    ...memberChanges('target', targetsOf(before), targetsOf(after), ({ name }) => name),
    ...memberChanges('endpoint', endpointsOf(before), endpointsOf(after), ({ uid }) => uid ?? undefined),
  ];
}

function subscriptionChanges(before: Documents, after: Documents): Change[] {
  if (before.subscriptions === after.subscriptions) return [];
  return [...after.subscriptions].flatMap(([key, row]): Change[] => {
    const was = before.subscriptions.get(key);
    const wasOn = was?.state === 'SUBSCRIBED';
    const isOn = row.state === 'SUBSCRIBED';
    if (wasOn !== isOn) return [{ what: 'subscription', key, to: isOn ? 'subscribed' : 'unsubscribed' }];
    const sameFields = JSON.stringify(was?.excludedFields ?? []) === JSON.stringify(row.excludedFields);
    return sameFields ? [] : [{ what: 'subscription', key, to: 'changed' }];
  });
}

function memberChanges<Member>(
  what: Change['what'],
  before: ReadonlyMap<string, Member>,
  after: ReadonlyMap<string, Member>,
  nameOf: (member: Member) => string | undefined,
): Change[] {
  const change = (key: string, member: Member, to: Change['to']): Change => {
    const name = nameOf(member);
    return { what, key, ...(name !== undefined && { name }), to };
  };
  return [
    ...[...before].flatMap(([key, member]) => (after.has(key) ? [] : [change(key, member, 'deleted')])),
    ...[...after].flatMap(([key, member]) => {
      const was = before.get(key);
      if (was === undefined) return [change(key, member, 'created')];
      return JSON.stringify(was) === JSON.stringify(member) ? [] : [change(key, member, 'changed')];
    }),
  ];
}

/** Configs without their targets. */
function configsOf({ configs }: Documents): ReadonlyMap<string, object> {
  return new Map(
    Array.from(configs, ([code, config]) => [code, { ...config, ...(config.provider === 'HTTP' && { entries: [] }) }]),
  );
}

function targetsOf({ configs }: Documents): ReadonlyMap<string, StoredEntry> {
  return new Map([...configs.values()].flatMap(entriesOf).map((entry) => [entry.id, entry]));
}

function entriesOf(config: StoredConfig): readonly StoredEntry[] {
  return config.provider === 'HTTP' ? config.entries : [];
}

function endpointsOf({ applications }: Documents): ReadonlyMap<string, Endpoint> {
  return new Map([...applications.values()].flatMap(({ endpoints }) => [...endpoints]));
}
