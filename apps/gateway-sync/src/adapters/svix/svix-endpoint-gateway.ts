import { NotFoundError, UnauthorizedError, type SvixApi, type SvixApplication } from '@gateway-sync/api';
import type { EndpointFields, EndpointReading, EndpointWrite, ObservedEndpoint } from '../../core/endpoint.js';
import { AccessDeniedError, ConflictError, RejectedError } from '../../core/errors.js';
import type { EndpointDetails, EndpointGateway, EventRange } from '../../core/ports.js';
import type { EventShares } from '../../core/quota-state.js';
import { Secret } from '../../core/secret.js';
import { toGatewayError, understood } from '../emporix/gateway-error.js';
import { raceAbort } from '../race-abort.js';
import { countMessages } from './count-messages.js';
import { compareAnswer } from './discrepancies.js';
import { endpointBody, observedEndpoint, type FilterField } from './endpoint-body.js';
import type { SvixSession, SvixSessions } from './svix-sessions.js';

/** Which application the endpoints belong to. */
export interface SvixApplicationWish {
  /** Its uid or id: what the file says, else the tenant. */
  readonly app: string;
  readonly tenant: string;
  readonly filterField: FilterField;
}

/** The Svix application of one tenant as the core sees it. */
export class SvixEndpointGateway implements EndpointGateway {
  constructor(
    private readonly sessions: SvixSessions,
    private readonly wish: SvixApplicationWish,
  ) {}

  checkAccess(signal: AbortSignal): Promise<void> {
    return this.#existing(signal, (session) => this.#verify(session, signal));
  }

  async list(signal: AbortSignal): Promise<EndpointReading> {
    const endpoints = await this.#list(signal, (api) => api.listAllEndpoints({ signal }));
    if (!endpoints) return { endpoints: [], complete: false, assumed: true };
    return { endpoints: understood('listEndpoints', () => endpoints.map(observedEndpoint)), complete: true };
  }

  countEvents(range: EventRange, signal: AbortSignal): Promise<EventShares | undefined> {
    return this.#list(signal, (api) => countMessages(api, range, signal));
  }

  async details(
    endpointId: string,
    wish: EndpointDetails,
    signal: AbortSignal,
  ): Promise<Pick<ObservedEndpoint, 'headers' | 'secret'>> {
    const headers = wish.headers
      ? await this.#existing(signal, ({ api }) => api.getEndpointHeaders(endpointId, { signal }))
      : undefined;
    const secret = wish.secret
      ? await this.#existing(signal, ({ api }) => api.getEndpointSecret(endpointId, { signal }))
      : undefined;
    return {
      ...(headers && { headers: { values: concealed(headers.headers), sensitive: headers.sensitive } }),
      ...(secret && { secret: new Secret(secret.reveal()) }),
    };
  }

  async write(write: EndpointWrite, signal: AbortSignal): Promise<void> {
    if (write.type === 'delete') {
      await this.#change(signal, (api) => api.deleteEndpoint(write.endpointId, { signal }));
      return;
    }
    const endpointId = write.type === 'create' ? await this.#create(write, signal) : write.endpointId;
    if (write.type === 'update' && write.fields) await this.#patch(endpointId, write.fields, signal);
    if (write.headers) {
      const headers = revealed(write.headers);
      await this.#change(signal, (api) => api.setEndpointHeaders(endpointId, headers, { signal }));
    }
    if (write.type === 'update' && write.secret !== undefined) {
      const key = write.secret === 'generate' ? null : write.secret.reveal();
      await this.#change(signal, (api) => api.rotateEndpointSecret(endpointId, { key }, { signal }));
    }
    if (write.finish) await this.#patch(endpointId, write.finish, signal);
  }

  /** `undefined`: no application. */
  #list<Answer>(signal: AbortSignal, call: (api: SvixApi) => Promise<Answer>): Promise<Answer | undefined> {
    return this.#read(signal, async ({ api }) => {
      try {
        return await call(api);
      } catch (error) {
        throw error instanceof NotFoundError ? this.#noApplication(error) : error;
      }
    });
  }

  async #create(
    { fields, secret }: Extract<EndpointWrite, { type: 'create' }>,
    signal: AbortSignal,
  ): Promise<ObservedEndpoint['id']> {
    const { url, uid } = fields;
    const body = {
      ...endpointBody(fields, this.wish.filterField),
      url,
      uid,
      ...(secret && { secret: secret.reveal() }),
    };
    const made = await this.#change(signal, (api) => api.createEndpoint(body, { signal }));
    const answer = observedEndpoint(made);
    compareAnswer('createEndpoint', fields, answer);
    return answer.id;
  }

  async #patch(endpointId: string, fields: EndpointFields, signal: AbortSignal): Promise<void> {
    const body = endpointBody(fields, this.wish.filterField);
    const answer = await this.#change(signal, (api) => api.patchEndpoint(endpointId, body, { signal }));
    compareAnswer('patchEndpoint', fields, observedEndpoint(answer));
  }

  #change<Answer>(signal: AbortSignal, call: (api: SvixApi) => Promise<Answer>): Promise<Answer> {
    return this.#existing(signal, async (session) => {
      await this.#verify(session, signal);
      try {
        return await call(session.api);
      } catch (error) {
        throw error instanceof NotFoundError ? gone(error) : error;
      }
    });
  }

  async #existing<Answer>(signal: AbortSignal, call: (session: SvixSession) => Promise<Answer>): Promise<Answer> {
    const answer = await this.#read(signal, async (session) => ({ value: await call(session) }));
    if (answer) return answer.value;
    const message = `the Svix application of ${this.wish.tenant} is not there: no SVIX_SHARED config is active`;
    throw new RejectedError(message, { operation: 'getDashboardAccess' });
  }

  /** A token that is refused may have ended early, so the call is made once more with a new one. `undefined`: no application. */
  async #read<Answer>(
    signal: AbortSignal,
    call: (session: SvixSession) => Promise<Answer>,
  ): Promise<Answer | undefined> {
    try {
      signal.throwIfAborted();
      const session = await raceAbort(this.sessions.get(), signal);
      if (!session) return undefined;
      try {
        return await call(session);
      } catch (error) {
        if (!(error instanceof UnauthorizedError)) throw error;
        this.sessions.drop(session);
      }
      const fresh = await raceAbort(this.sessions.get(), signal);
      return fresh && (await call(fresh));
    } catch (error) {
      signal.throwIfAborted();
      throw toGatewayError(error);
    }
  }

  /** Before the first write with a token: the application it opens is the tenant's. */
  async #verify(session: SvixSession, signal: AbortSignal): Promise<void> {
    if (session.verified) return;
    const { app, tenant } = this.wish;
    const expected = session.access.appId;
    const reached = await this.#application(session, signal);
    const names = new Set([reached.id, reached.uid]);
    if (!names.has(app) || (expected !== undefined && !names.has(expected))) {
      const claim = expected === undefined ? '' : `; the login link is for ${expected}`;
      throw new AccessDeniedError(
        `nothing is written: asked for the Svix application ${app} of tenant ${tenant}, ${nameOf(reached)} was reached${claim}`,
        { operation: 'getApplication' },
      );
    }
    session.verified = true;
  }

  async #application({ api }: SvixSession, signal: AbortSignal): Promise<SvixApplication> {
    try {
      return await api.getApplication({ signal });
    } catch (error) {
      throw error instanceof NotFoundError ? this.#noApplication(error) : error;
    }
  }

  #noApplication(cause: NotFoundError): AccessDeniedError {
    const { app, tenant } = this.wish;
    return new AccessDeniedError(
      `Svix has no application ${app} for the token of tenant ${tenant}; if its uid is another, write it to svix.app`,
      { operation: cause.operationId, status: cause.status, cause },
    );
  }
}

/** Of an endpoint that was read or made a moment ago. */
function gone(cause: NotFoundError): ConflictError {
  const message = `${cause.message}: the endpoint is not there any more`;
  const { operationId: operation, status, ambiguous: answerLost } = cause;
  return new ConflictError(message, { operation, status, answerLost, cause });
}

function nameOf({ id, uid }: SvixApplication): string {
  return typeof uid === 'string' ? `${uid} (${id})` : id;
}

function concealed(values: Readonly<Record<string, string>>): Record<string, Secret> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, new Secret(value)]));
}

function revealed(values: Readonly<Record<string, Secret>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.reveal()]));
}
