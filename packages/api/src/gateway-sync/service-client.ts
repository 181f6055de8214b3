import { DocumentClient } from '../document-client.js';
import { Redactor } from '../redact.js';
import { Service } from '../service.js';
import { resolveSettings, type ConnectionOptions } from '../settings.js';
import { givenToken, type GivenToken } from '../token/given-token.js';
import { serviceMethods, type ServiceApi } from './service-api.js';
import { serviceDocument } from './service-document.js';

/** How to make a client of a running service. */
export interface ServiceApiOptions extends ConnectionOptions {
  /** Where it listens, such as `http://127.0.0.1:8080`. */
  readonly baseUrl: string;
  /** That of `GATEWAY_SYNC_API_TOKEN`; absent: the client can read what is open. */
  readonly token?: GivenToken;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Makes a client. Throws an `InvalidArgumentError` for an option that cannot work; connects to nothing yet. */
export function createServiceApi(options: ServiceApiOptions): ServiceApi {
  const { token, headers } = options;
  const settings = resolveSettings(options, { timeoutMs: 15_000, totalTimeoutMs: 60_000 });
  const service = new Service({
    settings,
    upstream: 'gateway-sync',
    headers: {
      accept: 'application/json, application/problem+json, text/plain',
      'user-agent': settings.userAgent,
      ...headers,
    },
    redactor: new Redactor(...(typeof token === 'string' ? [token] : [])),
    ...(token !== undefined && { auth: givenToken(token) }),
  });
  return serviceMethods(new DocumentClient(service, serviceDocument, {}));
}
