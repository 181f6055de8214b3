import { Secret } from '../../src/core/secret.js';
import type { EndpointFields, EndpointReading, EndpointWrite, ObservedEndpoint } from '../../src/core/endpoint.js';
import type { EndpointDetails } from '../../src/core/ports.js';

/** An endpoint with everything that can be known of it. */
export interface ModelEndpoint extends Omit<ObservedEndpoint, 'headers' | 'secret'> {
  readonly headers: Readonly<Record<string, string>>;
  readonly secret: string;
}

const HIDDEN = new Set([
  'authorization',
  'x-api-key',
  'x-auth-token',
  'www-authenticate',
  'proxy-authenticate',
  'proxy-authorization',
]);

/** The endpoints of one Svix application over values in memory. */
export class ModelSvix {
  readonly endpoints = new Map<string, ModelEndpoint>();
  readonly archived = new Set<string>();
  readonly requests: string[] = [];
  #made = 0;

  constructor(endpoints: readonly ModelEndpoint[] = []) {
    for (const one of endpoints) this.endpoints.set(one.id, one);
  }

  /** A reading, with the details that are asked for. */
  read(details: ReadonlyMap<string, EndpointDetails> = new Map()): EndpointReading {
    const endpoints = [...this.endpoints.values()].map(({ headers, secret, ...listed }): ObservedEndpoint => ({
      ...listed,
      ...(details.get(listed.id)?.headers && { headers: readable(headers) }),
      ...(details.get(listed.id)?.secret && { secret: new Secret(secret) }),
    }));
    return { endpoints, complete: true };
  }

  /** Sends the first `count` requests of a write; `send` may do something before or after each. */
  apply(write: EndpointWrite, count = Infinity, send = (request: () => void) => request()): void {
    for (const request of this.#requestsOf(write).slice(0, count)) send(request);
  }

  /** As a PUT of a person who does not know of uid and metadata. */
  wipeMarks(id: string): void {
    const { uid: _, ...rest } = this.of(id);
    this.endpoints.set(id, { ...rest, metadata: {} });
  }

  change(id: string, change: Partial<ModelEndpoint>): void {
    this.endpoints.set(id, { ...this.of(id), ...change });
  }

  of(id: string): ModelEndpoint {
    const found = this.endpoints.get(id);
    if (!found) throw new Error(`404: ${id}`);
    return found;
  }

  #requestsOf(write: EndpointWrite): (() => void)[] {
    if (write.type === 'delete') return [() => this.#delete(write.endpointId)];
    let id = write.type === 'update' ? write.endpointId : '';
    const { fields, headers, secret, finish } = write;
    const requests: (() => void)[] = [];
    if (write.type === 'create') {
      requests.push(() => {
        id = this.#create(write);
      });
    } else if (fields) {
      requests.push(() => this.#patch(id, fields));
    }
    if (headers) {
      requests.push(() => this.#set(id, 'headers', { headers: revealed(headers) }));
    }
    if (write.type === 'update' && secret !== undefined) {
      const value = secret === 'generate' ? `whsec_generated-${++this.#made}` : secret.reveal();
      requests.push(() => this.#set(id, 'rotate', { secret: value }));
    }
    if (finish) requests.push(() => this.#patch(id, finish));
    return requests;
  }

  #create({ fields, secret }: Extract<EndpointWrite, { type: 'create' }>): string {
    const id = `ep_${String(++this.#made).padStart(4, '0')}`;
    this.#check(fields, id);
    this.requests.push(`POST ${fields.uid}`);
    this.endpoints.set(id, {
      id,
      description: '',
      eventTypes: null,
      channels: null,
      rateLimit: null,
      disabled: false,
      metadata: {},
      headers: {},
      ...fields,
      secret: secret?.reveal() ?? `whsec_generated-${id}`,
    });
    return id;
  }

  #patch(id: string, fields: EndpointFields): void {
    this.#check(fields, id);
    this.requests.push(`PATCH ${id} ${Object.keys(fields).toSorted().join()}`);
    this.change(id, fields);
  }

  #set(id: string, what: string, change: Partial<ModelEndpoint>): void {
    this.requests.push(`${what} ${id}`);
    this.change(id, change);
  }

  #delete(id: string): void {
    this.of(id);
    this.requests.push(`DELETE ${id}`);
    this.endpoints.delete(id);
  }

  #check({ uid, eventTypes, channels }: EndpointFields, id: string): void {
    const taken = uid !== undefined && [...this.endpoints.values()].some((one) => one.uid === uid && one.id !== id);
    if (taken) throw new Error(`409: ${uid}`);
    if (eventTypes?.length === 0 || channels?.length === 0) throw new Error('422: an empty filter');
    const archived = eventTypes?.find((type) => this.archived.has(type));
    if (archived !== undefined) throw new Error(`422: ${archived} is archived`);
  }
}

function isHidden(name: string): boolean {
  return HIDDEN.has(name.toLowerCase());
}

function readable(headers: Readonly<Record<string, string>>) {
  const names = Object.keys(headers);
  return {
    values: Object.fromEntries(
      names.filter((name) => !isHidden(name)).map((name) => [name, new Secret(headers[name] ?? '')]),
    ),
    sensitive: names.filter(isHidden),
  };
}

function revealed(headers: Readonly<Record<string, Secret>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.reveal()]));
}
