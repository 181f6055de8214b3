import type { ConfigCreation, ConfigPatchOperation, ConfigReplacement, WebhooksApi } from '@gateway-sync/api';
import type { Concealed, ConcealedObject, ConfigWrite } from '../../core/delivery.js';
import { Secret } from '../../core/secret.js';

/** Sends one write. Here, and nowhere before, secrets show. */
export async function writeConfig(webhooks: WebhooksApi, write: ConfigWrite, signal: AbortSignal): Promise<void> {
  switch (write.type) {
    case 'create': {
      const { code, provider, active, configuration } = write;
      // The core builds what the specification says of the provider.
      const body = { code, provider, active, configuration: reveal(configuration) } as ConfigCreation;
      await webhooks.createConfig(body, { signal });
      return;
    }
    case 'replace': {
      const { code, provider, active, configuration } = write;
      // As above.
      const body = { provider, active, configuration: reveal(configuration) } as ConfigReplacement;
      return webhooks.replaceConfig(code, body, { signal });
    }
    case 'patch': {
      // The core builds what the specification says of the path.
      const operations = write.operations.map((operation) => revealMembers({ ...operation }) as ConfigPatchOperation);
      return webhooks.patchConfig(write.code, operations, { signal });
    }
    case 'delete':
      return webhooks.deleteConfig(write.code, { force: write.force, signal });
    default:
      return write satisfies never;
  }
}

function reveal(value: Concealed): unknown {
  if (value instanceof Secret) return value.reveal();
  if (Array.isArray(value)) return value.map(reveal);
  // Array.isArray() does not tell the compiler that a readonly array is out.
  return typeof value === 'object' && value !== null ? revealMembers(value as ConcealedObject) : value;
}

function revealMembers(value: ConcealedObject): object {
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, reveal(member)]));
}
