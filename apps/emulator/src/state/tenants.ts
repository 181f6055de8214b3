import type { Credentials, Tenant } from './tenant.js';

/** The tenants, found by name and by client id. */
export class Tenants {
  readonly #byName = new Map<string, Tenant>();
  readonly #byClientId = new Map<string, { readonly tenant: string; readonly credentials: Credentials }>();

  get(name: string): Tenant | undefined {
    return this.#byName.get(name);
  }

  list(): readonly Tenant[] {
    return [...this.#byName.values()];
  }

  /** Takes the place of a tenant of the same name. */
  put(tenant: Tenant): void {
    for (const { clientId } of this.#byName.get(tenant.name)?.credentials ?? []) this.#byClientId.delete(clientId);
    this.#byName.set(tenant.name, tenant);
    for (const credentials of tenant.credentials)
      this.#byClientId.set(credentials.clientId, { tenant: tenant.name, credentials });
  }

  findByClientId(clientId: string): { readonly tenant: string; readonly credentials: Credentials } | undefined {
    return this.#byClientId.get(clientId);
  }

  clear(): void {
    this.#byName.clear();
    this.#byClientId.clear();
  }
}
