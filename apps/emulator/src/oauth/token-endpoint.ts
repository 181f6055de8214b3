import { gatewayFault, type Answer } from '../http/answer.js';
import type { Quirks } from '../quirks.js';
import type { Credentials } from '../state/tenant.js';
import type { Sessions } from '../sessions.js';
import type { TokenStore } from './tokens.js';

/** What the token endpoint needs of the emulator. */
export interface TokenDesk {
  readonly tokens: TokenStore;
  readonly sessions: Sessions;
  readonly quirks: Quirks;
  readonly now: number;
  /** The tenant and key with that client id. */
  findCredentials(clientId: string): { readonly tenant: string; readonly credentials: Credentials } | undefined;
}

/** Answers a token request; `form` is undefined when the body is not form-encoded. */
export function answerTokenRequest(form: URLSearchParams | undefined, desk: TokenDesk): Answer {
  const grantType = form?.get('grant_type') ?? '';
  const clientId = form?.get('client_id') ?? '';
  const clientSecret = form?.get('client_secret') ?? '';
  if (grantType === '') return missing('grant_type');
  if (grantType !== 'client_credentials') {
    return {
      status: 400,
      body: { ErrorCode: 'unsupported_grant_type', Error: `Unsupported grant type : ${grantType}` },
    };
  }
  if (clientId === '') return missing('client_id');
  if (clientSecret === '') return missing('client_secret');

  const key = desk.findCredentials(clientId);
  if (key === undefined) return gatewayFault(401, 'Invalid ApiKey', 'oauth.v2.InvalidApiKey');
  if (key.credentials.clientSecret !== clientSecret) return wrongSecret(desk.quirks);

  const scopes = grantedScopes(form?.get('scope') ?? '', key.credentials.scopes);
  const lifetime = desk.quirks.tokenLifetimeSeconds;
  const token = desk.tokens.issue(key.tenant, scopes, desk.now + lifetime * 1_000);
  desk.sessions.begin(token.value);
  return {
    status: 200,
    body: {
      access_token: token.value,
      token_type: 'Bearer',
      expires_in: lifetime,
      session_idle_time: 120,
      refresh_token: '',
      refresh_token_expires_in: 0,
      scope: [...scopes, `tenant=${key.tenant}`].join(' '),
    },
    headers: { 'cache-control': 'no-store' },
  };
}

/** Scopes asked for that the key has; all of them when none is asked for. A leading `tenant=…` is no scope. */
function grantedScopes(asked: string, held: readonly string[]): readonly string[] {
  const wanted = asked.split(/\s+/).filter((word) => word !== '' && !word.startsWith('tenant='));
  return wanted.length === 0 ? held : [...new Set(wanted)].filter((scope) => held.includes(scope));
}

function missing(parameter: string): Answer {
  return gatewayFault(400, `Required param : ${parameter}`, 'steps.oauth.v2.FailedToResolveOAuthParam');
}

function wrongSecret(quirks: Quirks): Answer {
  return quirks.wrongSecretShape === 'oauth'
    ? { status: 401, body: { ErrorCode: 'invalid_client', Error: 'Client credentials are invalid' } }
    : gatewayFault(401, 'Invalid client secret', 'oauth.v2.InvalidClientIdentifier');
}
