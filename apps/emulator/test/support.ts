import { z } from 'zod';
import { createEmulator, type Emulator, type EmulatorOptions } from '../src/index.js';

/** An answer with its body read: JSON if it is JSON, else text; undefined when empty. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface CallOptions {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** An emulator in process, with a client for one tenant that knows nothing but HTTP. */
export interface Bench {
  readonly emulator: Emulator;
  /** Calls `/webhook/acme…` with a good token. */
  readonly call: (method: string, path: string, body?: unknown, options?: CallOptions) => Promise<Answer>;
  /** Calls `/_emulator…`. */
  readonly control: (method: string, path: string, body?: unknown) => Promise<Answer>;
  readonly requestToken: (form?: Readonly<Record<string, string>>) => Promise<Answer>;
  readonly token: () => Promise<string>;
  /** Lines the emulator logged about itself. */
  readonly log: readonly string[];
}

export const NOON = Date.UTC(2026, 10, 15, 12);
const ORIGIN = 'http://emulator.test';
const tokenSchema = z.object({ access_token: z.string() });

/** Frozen at noon of 2026-11-15, foreseeable ids, one fresh tenant `acme`. */
export function openBench(options: EmulatorOptions = {}): Bench {
  const log: string[] = [];
  const emulator = createEmulator({
    seed: 'test',
    now: () => NOON,
    tenants: [{ tenant: 'acme' }],
    log: (line) => log.push(line),
    ...options,
  });
  return benchOf(emulator, log);
}

export function benchOf(emulator: Emulator, log: readonly string[] = []): Bench {
  const send = (method: string, path: string, init: RequestInit): Promise<Answer> =>
    emulator.fetch(new Request(ORIGIN + path, { ...init, method })).then(readAnswer);
  const requestToken: Bench['requestToken'] = (form = {}) =>
    send('POST', '/oauth/token', {
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: 'acme-id',
        client_secret: 'acme-secret',
        ...form,
      }),
    });
  let cached: string | undefined;
  const token = async (): Promise<string> => {
    cached ??= tokenSchema.parse((await requestToken()).body).access_token;
    return cached;
  };
  return {
    emulator,
    log,
    requestToken,
    token,
    call: async (method, path, body, { token: given, headers = {}, signal } = {}) =>
      send(method, `/webhook/acme${path}`, {
        headers: { authorization: `Bearer ${given ?? (await token())}`, ...jsonType(body), ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(signal === undefined ? {} : { signal }),
      }),
    control: (method, path, body) =>
      send(
        method,
        `/_emulator${path}`,
        body === undefined ? {} : { body: JSON.stringify(body), headers: jsonType(body) },
      ),
  };
}

export async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  const body: unknown = text === '' ? undefined : isJson ? (JSON.parse(text) as unknown) : text;
  return { status: response.status, headers: response.headers, body };
}

function jsonType(body: unknown): Record<string, string> {
  return body === undefined ? {} : { 'content-type': 'application/json' };
}

/** The error body of the service. */
export function serviceError(code: number, status: string, message: string, details?: readonly string[]): object {
  return { code, status, message, ...(details === undefined ? {} : { details }) };
}

export const INVALID = 'The request is not valid; see the details.';

/** A valid HTTP config to create. */
export function httpConfig(configuration: object = {}, overrides: object = {}): object {
  return { code: 'http', provider: 'HTTP', active: true, configuration, ...overrides };
}

/** A valid entry. */
export function entry(overrides: object = {}): object {
  return { eventType: 'order.created', destinationUrl: 'https://hooks.test/orders', ...overrides };
}
