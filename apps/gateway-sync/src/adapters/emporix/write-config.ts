import type { ConfigCreation, ConfigPatchOperation, ConfigReplacement, WebhooksApi } from '@gateway-sync/api';
import type { Concealed, ConcealedObject, ConfigWrite } from '../../core/delivery.js';
import { Secret } from '../../core/secret.js';

/** Sends one write. Here, and nowhere before, secrets show. */
export async function writeConfig(webhooks: WebhooksApi, write: ConfigWrite, signal: AbortSignal): Promise<void> {
  switch (write.type) {
    case 'create': {
      const { code, provider, active, configuration } = write;
      await webhooks.createConfig(checked({ code, provider, active, configuration }, isCreation), { signal });
      return;
    }
    case 'replace': {
      const { code, provider, active, configuration } = write;
      return webhooks.replaceConfig(code, checked({ provider, active, configuration }, isReplacement), { signal });
    }
    case 'patch': {
      const operations = write.operations.map((operation) => checked({ ...operation }, isOperation));
      return webhooks.patchConfig(write.code, operations, { signal });
    }
    case 'delete':
      return webhooks.deleteConfig(write.code, { force: write.force, signal });
    default:
      return write satisfies never;
  }
}

function checked<Body extends object>(value: ConcealedObject, isBody: (body: object) => body is Body): Body {
  const body = revealMembers(value);
  if (isBody(body)) return body;
  throw new TypeError('the core built a request that the service has no operation for');
}

// The core builds the settings as the specification describes them for the provider or the path, which no type shows.
function isCreation(body: object): body is ConfigCreation {
  return 'code' in body && isReplacement(body);
}

function isReplacement(body: object): body is ConfigReplacement {
  return 'provider' in body && 'configuration' in body;
}

function isOperation(body: object): body is ConfigPatchOperation {
  return 'op' in body && 'path' in body;
}

function reveal(value: Concealed): unknown {
  if (value instanceof Secret) return value.reveal();
  if (isList(value)) return value.map(reveal);
  return typeof value === 'object' && value !== null ? revealMembers(value) : value;
}

function revealMembers(value: ConcealedObject): object {
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, reveal(member)]));
}

/** Array.isArray() tells nothing of readonly arrays. */
function isList(value: Concealed): value is readonly Concealed[] {
  return Array.isArray(value);
}
