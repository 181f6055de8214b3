import type { ConfigCreation, ConfigPatchOperation, ConfigReplacement, WebhooksApi } from '@gateway-sync/api';
import type { Concealed, ConcealedObject, ConfigWrite } from '../../core/delivery.js';
import { Secret } from '../../core/secret.js';

/** Sends one write. Here, and nowhere before, secrets show. */
export async function writeConfig(webhooks: WebhooksApi, write: ConfigWrite, signal: AbortSignal): Promise<void> {
  switch (write.type) {
    case 'create': {
      const { code, provider, active, configuration } = write;
      await webhooks.createConfig(bodyOf<ConfigCreation>({ code, provider, active, configuration }), { signal });
      return;
    }
    case 'replace': {
      const { code, provider, active, configuration } = write;
      return webhooks.replaceConfig(code, bodyOf<ConfigReplacement>({ provider, active, configuration }), { signal });
    }
    case 'patch': {
      const operations = write.operations.map((operation) => bodyOf<ConfigPatchOperation>({ ...operation }));
      return webhooks.patchConfig(write.code, operations, { signal });
    }
    case 'delete':
      return webhooks.deleteConfig(write.code, { force: write.force, signal });
    default:
      return write satisfies never;
  }
}

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller says which body of the specification it builds
function bodyOf<Body>(value: ConcealedObject): Body {
  const body: unknown = revealMembers(value);
  if (isBuilt<Body>(body)) return body;
  throw new TypeError('a body of a request is a mapping');
}

/** The core builds what the specification says of the provider or the path, which no type of it can show. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- as above
function isBuilt<Body>(body: unknown): body is Body {
  return typeof body === 'object' && body !== null;
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
