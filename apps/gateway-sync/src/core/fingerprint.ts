import { createHmac } from 'node:crypto';
import type { Fingerprint } from './part.js';
import type { Secret } from './secret.js';
import type { TenantName } from './state.js';

/**
 * Fingerprints of one tenant's secrets: HMAC-SHA256 over tenant, place and secret. Equal secrets of two tenants, or at two
 * places of one, have different fingerprints.
 */
export function fingerprintWith(key: Secret, tenant: TenantName): Fingerprint {
  return (place, secret) =>
    createHmac('sha256', key.reveal())
      // As JSON, because of joined texts nobody knows where one ends.
      .update(JSON.stringify([tenant, place, secret.reveal()]))
      .digest('base64url');
}
