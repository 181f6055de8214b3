import { checkPathParameter } from './arguments.js';
import { DocumentClient } from './document-client.js';
import type { OperationId } from './generated/emporix-webhook/operations.js';
import { Redactor } from './redact.js';
import { Service, type CallOptions } from './service.js';
import { resolveSettings, type ConnectionOptions } from './settings.js';
import { tokenProvider } from './token/create-token-provider.js';
import type { ClientCredentials, TokenProvider } from './token/token-provider.js';
import { webhookDocument, type OperationInput, type Outcome } from './webhook-document.js';
import { createWebhooksApi, type WebhooksApi } from './webhooks.js';

/** How to make a client for one tenant. */
export interface EmporixApiOptions extends ConnectionOptions {
  /** The tenant's name, in lower case. */
  readonly tenant: string;
  readonly auth: TokenProvider | ClientCredentials;
  /** Sent with every request to the tenant's services. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The services of one tenant. */
export interface EmporixApi {
  readonly tenant: string;
  readonly webhooks: WebhooksApi;
  /**
   * Calls an operation and returns whatever status it answers as a member of a union. Rejects like the methods of
   * `webhooks` when there is no answer, and with a `ResponseFormatError` when a documented status has no fitting body.
   */
  request<Op extends OperationId>(
    operationId: Op,
    input: OperationInput<Op>,
    options?: CallOptions,
  ): Promise<Outcome<Op>>;
}

/** Makes a client. Throws an `InvalidArgumentError` for an option that cannot work; connects to nothing yet. */
export function createEmporixApi(options: EmporixApiOptions): EmporixApi {
  const { auth, headers } = options;
  const tenant = checkPathParameter('tenant', options.tenant);
  const settings = resolveSettings(options, { timeoutMs: 15_000, totalTimeoutMs: 60_000 });
  const service = new Service({
    settings,
    upstream: 'emporix',
    headers: {
      accept: 'application/json',
      'user-agent': settings.userAgent,
      'emporix-tenant': tenant,
      ...headers,
    },
    redactor: new Redactor(...('clientSecret' in auth ? [auth.clientSecret] : []), ...settings.secrets),
    auth: 'getToken' in auth ? auth : tokenProvider(auth, settings),
  });

  const client = new DocumentClient(service, webhookDocument, { tenant });
  return {
    tenant,
    webhooks: createWebhooksApi(client),
    request: (operationId, input, callOptions) => client.outcome(operationId, input, callOptions),
  };
}
