import { matchEndpoints } from './endpoint-match.js';
import { isRecorded } from './endpoint-secrets.js';
import type { EndpointReading } from './endpoint.js';
import type { Knowledge } from './part.js';
import type { EndpointDetails } from './ports.js';
import type { DesiredTenant } from './state.js';

/** Which endpoints have to be read further before they can be compared, by Svix id; each detail costs a request. */
export function endpointDetails(
  tenant: DesiredTenant,
  reading: EndpointReading,
  knowledge: Knowledge,
): ReadonlyMap<string, EndpointDetails> {
  const wishes = new Map<string, EndpointDetails>();
  for (const { desired, uid, observed, row, problem } of matchEndpoints(tenant, reading, knowledge)) {
    if (!observed || problem) continue;
    const secret = desired.secret && { field: 'secret', value: desired.secret };
    const wish = {
      headers: desired.headers !== undefined,
      secret: secret !== undefined && isRecorded(uid, secret, row, knowledge) !== true,
    };
    if (wish.headers || wish.secret) wishes.set(observed.id, wish);
  }
  return wishes;
}
