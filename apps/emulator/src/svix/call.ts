import type { Answer } from '../http/answer.js';
import type { Quirks } from '../quirks.js';
import type { Random } from '../random.js';
import type { Tenant } from '../state/tenant.js';
import { findApplication, withApplication, withEndpoint, type Application, type Applications } from './application.js';
import type { Sending } from './dispatch.js';
import type { Endpoint } from './endpoint.js';
import { refuseUnknown } from './errors.js';
import type { EventType } from './event-types.js';
import type { ApplicationToken, SvixToken } from './token.js';

/** A call to Svix that was let in and keeps the contract. */
export interface SvixCall {
  readonly token: SvixToken;
  readonly tenant: Tenant;
  /** The state to work on; not always the newest one. */
  readonly applications: Applications;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  /** All of the environment, hidden and archived ones included. */
  readonly eventTypes: readonly EventType[];
  readonly quirks: Quirks;
  readonly random: Random;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What a call comes to: an answer and, for writes, the state to store, messages to send, and tokens given or ended. */
export interface SvixOutcome {
  readonly answer: Answer;
  readonly applications?: Applications;
  readonly send?: readonly Sending[];
  readonly grant?: ApplicationToken;
  readonly endsToken?: true;
}

/** Decides one operation. Does no I/O and changes nothing; refuses by throwing a `Refusal`. */
export type SvixHandler = (call: SvixCall) => SvixOutcome;

/** The application of the path; 404 when the token is not for it. */
export function applicationOf({ token, applications, params }: SvixCall): Application {
  const asked = params['appId'] ?? '';
  const found =
    token.kind === 'organisation' ? findApplication(applications, 'own', asked) : applications.get(token.applicationId);
  return found !== undefined && (found.id === asked || found.uid === asked) ? found : refuseUnknown();
}

/** The endpoint of the path, by id or uid. */
export function endpointOf(call: SvixCall): { readonly application: Application; readonly endpoint: Endpoint } {
  const application = applicationOf(call);
  const endpoint = findEndpoint(application, call.params['endpointId'] ?? '');
  return { application, endpoint: endpoint ?? refuseUnknown() };
}

export function findEndpoint({ endpoints }: Application, idOrUid: string): Endpoint | undefined {
  return endpoints.get(idOrUid) ?? [...endpoints.values()].find(({ uid }) => uid === idOrUid);
}

/** The state with an endpoint changed, or made, now. */
export function storeEndpoint(
  { applications, now }: SvixCall,
  application: Application,
  endpoint: Endpoint,
): Pick<SvixOutcome, 'applications'> {
  const after = withEndpoint(application, { ...endpoint, updatedAt: now });
  return { applications: withApplication(applications, after) };
}
