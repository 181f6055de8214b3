import type { DesiredEndpoint } from '../../core/endpoint.js';
import { Secret } from '../../core/secret.js';
import type { SvixSettings } from './desired-file.js';
import { resolveHeaders } from './resolve-headers.js';
import type { WrittenEndpoint, WrittenSvix } from './schema-endpoints.js';

export function resolveEndpoint(written: WrittenEndpoint, place: string): DesiredEndpoint {
  const { uid, url, events, description, channels, rateLimit, disabled, headers, secret, secretVersion } = written;
  return {
    uid,
    url,
    events: events === 'all' ? events : events.map((event) => event.trim()),
    adopt: written.adopt ?? false,
    ...(description !== undefined && { description }),
    ...(channels !== undefined && { channels }),
    ...(rateLimit !== undefined && { rateLimit }),
    ...(disabled !== undefined && { disabled }),
    ...(headers && { headers: resolveHeaders(headers) }),
    ...(secret !== undefined && { secret: new Secret(secret) }),
    ...(secretVersion !== undefined && { secretVersion }),
    place,
  };
}

export function resolveSvix(own: WrittenSvix = {}, defaults: WrittenSvix = {}): SvixSettings {
  const { url, app, apiKey, filterField = 'eventTypes' } = { ...defaults, ...own };
  return {
    filterField,
    ...(url !== undefined && { url: url.replace(/\/+$/, '') }),
    ...(app !== undefined && { app }),
    ...(apiKey !== undefined && { apiKey: new Secret(apiKey) }),
  };
}
