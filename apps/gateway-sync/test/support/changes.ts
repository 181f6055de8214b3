import type { Emulator } from '@gateway-sync/emulator';
import type { AuditRecord } from '../../src/core/ports.js';
import { endpointsOf } from './tenant-view.js';

/** Names of endpoints by their ids; an id is also its own name while it is not known. */
export type EndpointNames = ReadonlyMap<string, string>;

export function endpointNames(emulator: Emulator, tenants: readonly string[]): EndpointNames {
  return new Map(
    tenants.flatMap((tenant) => endpointsOf(emulator, tenant).map(({ id, uid }) => [id, String(uid)] as const)),
  );
}

/**
 * What the requests of a tenant changed, such as `config http`; one that hangs has done its work if `hangingAreDone`. All
 * targets are one thing here: requests do not tell which they are.
 */
export function changesIn(
  emulator: Emulator,
  tenant: string,
  names: EndpointNames,
  { hangingAreDone = false } = {},
): Set<string> {
  const changes = emulator.requests({ tenant }).flatMap(({ operationId, path, status, requestBody }): string[] => {
    const done = status === null ? hangingAreDone : status < 300;
    if (!done) return [];
    // The emulator has judged the bodies by then.
    switch (operationId) {
      case 'updateSubscriptions':
        return (requestBody as { eventType: string }[]).map(({ eventType }) => `subscription ${eventType}`);
      case 'createConfig':
        return [`config ${(requestBody as { code: string }).code}`];
      case 'patchConfig':
        return (requestBody as { path: string }[]).map((operation) =>
          operation.path.startsWith('/configuration/http/eventsConfiguration') ? 'targets' : `config ${lastOf(path)}`,
        );
      case 'deleteConfig':
        return [`config ${lastOf(path)}`];
      case 'createEndpoint':
        return [`endpoint ${(requestBody as { uid: string }).uid}`];
      case 'patchEndpoint':
      case 'setEndpointHeaders':
      case 'rotateEndpointSecret':
      case 'deleteEndpoint': {
        const id = /\/endpoint\/([^/?]+)/.exec(path)?.[1] ?? '';
        return [`endpoint ${names.get(id) ?? id}`];
      }
      case null:
      default:
        return [];
    }
  });
  return new Set(changes);
}

/** The changes that the audit trail says were applied, in the same words. */
export function changesOf(records: readonly Pick<AuditRecord, 'instance' | 'change'>[]): Set<string> {
  const applied = records.filter(({ change }) => change.status === 'applied');
  return new Set(
    applied.map(({ instance, change: { resource, id, name } }) => {
      switch (resource) {
        case 'subscription':
          return `subscription ${name}`;
        case 'config':
          return `config ${id.replace(/^config:|\/active$/g, '')}`;
        case 'target':
          return 'targets';
        case 'endpoint':
          return `endpoint ${instance}.${name}`;
        default:
          return resource satisfies never;
      }
    }),
  );
}

function lastOf(path: string): string {
  return path.replace(/\?.*/, '').split('/').at(-1) ?? '';
}
