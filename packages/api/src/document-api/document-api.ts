import { checkUrl } from '../arguments.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import type { OperationDescription } from '../generated/operation.js';
import type { ApiHooks } from '../hooks.js';
import type { Described, IdOf, InputOf, SuccessOf } from '../operation-types.js';
import type { OutcomeOf } from '../outcome.js';
import { isSuccess, jsonBody, metaOf, statusError, type Reading } from '../reading.js';
import { Redactor } from '../redact.js';
import { Service, type CallOptions } from '../service.js';
import { resolveSettings, type ConnectionOptions, type Settings } from '../settings.js';
import { tokenProvider } from '../token/create-token-provider.js';
import { givenToken, type GivenToken } from '../token/given-token.js';
import type { ClientCredentials, TokenProvider } from '../token/token-provider.js';
import type { RequestParts } from '../write-request.js';
import type { OperationWire } from './operation-wire.js';
import { answerFormOf, readAs, successFormOf } from './read-answer.js';

/** What is generated of a document, for a client at run time. */
export interface DocumentDescription<Operations> {
  /** The name in the generator's configuration; hooks are told it. */
  readonly name: string;
  /** The document's own server, where it states one. */
  readonly server?: string;
  readonly operations: Readonly<Record<IdOf<Operations>, OperationDescription>>;
  readonly wire: Readonly<Record<IdOf<Operations>, OperationWire>>;
}

/** How to make a client of a document. */
export interface DocumentApiOptions extends Omit<ConnectionOptions, 'baseUrl' | 'hooks'> {
  /** Where it listens. Default: the document's own server; needed where that states none. */
  readonly baseUrl?: string;
  /** What to send instead of an operation's own server: by its URL, as in the document. */
  readonly servers?: Readonly<Record<string, string>>;
  /** Sent as a bearer token: one, a function that gets one, a provider to share, or credentials to get one with. */
  readonly auth?: TokenProvider | { readonly token: GivenToken } | (ClientCredentials & { readonly tokenUrl: string });
  /** Sent with every request, an API key for instance; values of names that look like credentials are kept secret. */
  readonly headers?: Readonly<Record<string, string>>;
  /** In every query, an API key for instance; kept secret. */
  readonly query?: Readonly<Record<string, string>>;
  readonly idempotencyKey?: () => string;
  readonly hooks?: ApiHooks<string>;
}

/** A client for any document: its operations by their ids. */
export interface DocumentApi<Operations extends Described<Operations>> {
  /** The body of a success, any 2xx; rejects with an `ApiError` otherwise. */
  call<Op extends IdOf<Operations>>(
    operationId: Op,
    input: InputOf<Operations, Op, never>,
    options?: CallOptions,
  ): Promise<SuccessOf<Operations, Op>>;
  /**
   * Calls an operation and returns whatever status it answers as a member of a union. Rejects like `call` when there is no
   * answer, and with a `ResponseFormatError` when a documented status has no fitting body.
   */
  request<Op extends IdOf<Operations>>(
    operationId: Op,
    input: InputOf<Operations, Op, never>,
    options?: CallOptions,
  ): Promise<OutcomeOf<Operations, Op>>;
}

const SECRET_HEADER = /auth|cookie|key|password|secret|session|signature|token/i;

/** Makes a client. Throws an `InvalidArgumentError` for an option that cannot work; connects to nothing yet. */
export function createDocumentApi<Operations extends Described<Operations>>(
  document: DocumentDescription<Operations>,
  options: DocumentApiOptions,
): DocumentApi<Operations> {
  const services = new Services(document, options);

  const answer = <T>(
    operationId: IdOf<Operations>,
    input: RequestParts,
    callOptions: CallOptions | undefined,
    read: (reading: Reading, wire: OperationWire) => T,
  ): Promise<T> => {
    const wire = document.wire[operationId];
    const operation = { ...document.operations[operationId], wire };
    const parts: RequestParts = { ...input, query: { ...options.query, ...input.query } };
    return services
      .of(wire.server)
      .call(
        operation,
        parts,
        { ...callOptions, headers: { accept: wire.accept, ...callOptions?.headers } },
        (reading) => read(reading, wire),
      );
  };

  return {
    call: (operationId, input, callOptions) =>
      answer(operationId, input, callOptions, (reading, wire) => {
        if (!isSuccess(reading)) throw statusError(reading);
        // oxlint-disable-next-line no-unsafe-type-assertion -- about the inside of a body the API document is believed
        return readAs(successFormOf(wire, reading.answer.status), reading) as SuccessOf<Operations, typeof operationId>;
      }),
    request: (operationId, input, callOptions) =>
      answer(
        operationId,
        input,
        callOptions,
        // oxlint-disable-next-line no-unsafe-type-assertion -- types and forms are of one document: the status tells the member
        (reading, wire) => outcome(reading, wire) as OutcomeOf<Operations, typeof operationId>,
      ),
  };
}

function outcome(reading: Reading, wire: OperationWire): object {
  const { status, body } = reading.answer;
  const form = answerFormOf(wire, status);
  const content = form === undefined ? (jsonBody(reading) ?? (body.text || undefined)) : readAs(form, reading);
  return { undocumented: form === undefined, status, ok: isSuccess(reading), body: content, meta: metaOf(reading) };
}

/** One service for each server that the document names. */
class Services {
  readonly #options: DocumentApiOptions;
  readonly #settings: Settings;
  readonly #make: (baseUrl: string) => Service;
  readonly #services = new Map<string, Service>();
  readonly #baseUrl: string;

  constructor({ name, server }: { readonly name: string; readonly server?: string }, options: DocumentApiOptions) {
    const { auth, headers = {}, query = {}, idempotencyKey, baseUrl = server } = options;
    if (baseUrl === undefined)
      throw new InvalidArgumentError(`baseUrl is needed: the document of ${name} states no server`);
    this.#options = options;
    this.#settings = resolveSettings(
      { ...options, hooks: options.hooks ?? {}, baseUrl },
      { timeoutMs: 15_000, totalTimeoutMs: 60_000 },
    );
    const settings = this.#settings;
    const credentials = Object.entries(headers).flatMap(([key, value]) => (SECRET_HEADER.test(key) ? [value] : []));
    const token = auth !== undefined && 'token' in auth && typeof auth.token === 'string' ? [auth.token] : [];
    const secret = auth !== undefined && 'clientSecret' in auth ? [auth.clientSecret] : [];
    const redactor = new Redactor(...credentials, ...Object.values(query), ...token, ...secret, ...settings.secrets);
    const provider = auth && providerOf(auth, settings);
    this.#baseUrl = settings.baseUrl;
    this.#make = (url) =>
      new Service({
        settings,
        upstream: name,
        baseUrl: checkUrl('servers', url).href.replace(/\/+$/, ''),
        headers: { 'user-agent': settings.userAgent, ...headers },
        redactor,
        ...(provider !== undefined && { auth: provider }),
        ...(idempotencyKey !== undefined && { idempotencyKey }),
      });
  }

  of(server: string | undefined): Service {
    const url = server === undefined ? this.#baseUrl : (this.#options.servers?.[server] ?? server);
    const known = this.#services.get(url) ?? this.#make(url);
    this.#services.set(url, known);
    return known;
  }
}

function providerOf(auth: NonNullable<DocumentApiOptions['auth']>, settings: Settings): TokenProvider {
  if ('getToken' in auth) return auth;
  return 'token' in auth ? givenToken(auth.token) : tokenProvider(auth, settings);
}
