import type { Account } from './application.js';

export const CAPABILITIES = [
  'ViewBase',
  'ViewEndpointSecret',
  'ManageEndpointSecret',
  'ManageTransformations',
  'CreateAttempts',
  'ManageEndpoint',
] as const;

export type Capability = (typeof CAPABILITIES)[number];

/** A bearer token: good for one application, or the key of the tenant's own account. */
export type SvixToken = ApplicationToken | OrganisationKey;

export interface ApplicationToken {
  readonly kind: 'application';
  readonly value: string;
  readonly tenant: string;
  readonly account: Account;
  readonly applicationId: string;
  readonly capabilities: readonly Capability[];
  readonly featureFlags: readonly string[];
  /** Milliseconds since 1970, emulator clock. */
  expiresAt: number;
}

export interface OrganisationKey {
  readonly kind: 'organisation';
  readonly value: string;
  readonly tenant: string;
  expiresAt: number;
}

const KEPT = 20_000;

/** All tokens and keys handed out; the latest ones. */
export class SvixTokens {
  readonly #tokens = new Map<string, SvixToken>();

  add(token: SvixToken): void {
    this.#tokens.set(token.value, token);
    if (this.#tokens.size <= KEPT) return;
    const [oldest] = this.#tokens.keys();
    if (oldest !== undefined) this.#tokens.delete(oldest);
  }

  /** Makes a key of the tenant's own account good. */
  addKey(tenant: string, value: string): void {
    this.add({ kind: 'organisation', value, tenant, expiresAt: Infinity });
  }

  /** Takes back everything of a tenant. */
  forget(tenant: string): void {
    for (const { value } of this.of(tenant)) this.#tokens.delete(value);
  }

  find(authorization: string | undefined): SvixToken | undefined {
    const value = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
    return value === undefined ? undefined : this.#tokens.get(value);
  }

  /** Good ones and others. */
  of(tenant: string): readonly SvixToken[] {
    return [...this.#tokens.values()].filter((token) => token.tenant === tenant);
  }

  /** Lets the application tokens of a tenant, or of everybody, run out now; returns how many were still good. */
  expire(now: number, tenant?: string): number {
    const good = [...this.#tokens.values()].filter(
      (token) =>
        token.kind === 'application' && token.expiresAt > now && (tenant === undefined || token.tenant === tenant),
    );
    for (const token of good) token.expiresAt = now;
    return good.length;
  }
}
