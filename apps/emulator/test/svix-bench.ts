import { z } from 'zod';
import type { EmulatorOptions, EventRecord, TenantSeed } from '../src/index.js';
import { createReceiver, type Receiver } from './receiver.js';
import { openBench, readAnswer, type Answer, type Bench } from './support.js';

export const KEY = 'sk_acme.eu';
export const ORDER = 'order.created';

export interface SvixBench extends Bench {
  readonly receiver: Receiver;
  /** Calls `/api/v1…` with the dashboard token of acme, unless another one is given. */
  readonly svix: (method: string, path: string, body?: unknown, options?: SvixCallOptions) => Promise<Answer>;
  /** Calls `/api/v1/app/acme/endpoint…`. */
  readonly endpoints: (method: string, path: string, body?: unknown, options?: SvixCallOptions) => Promise<Answer>;
  /** Makes an endpoint and returns it as answered. */
  readonly create: (fields?: object) => Promise<EndpointBody>;
  readonly dashboard: (tenant?: string) => Promise<{ readonly url: string; readonly token: string }>;
  /** Everything about the messages of acme, as the control API shows it. */
  readonly messages: () => Promise<readonly MessageRecord[]>;
}

export interface SvixCallOptions {
  /** Null sends none. */
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

const endpointSchema = z.looseObject({ id: z.string() });
export type EndpointBody = z.infer<typeof endpointSchema>;

const messagesSchema = z.object({
  messages: z.array(
    z.looseObject({
      id: z.string(),
      deliveries: z.array(
        z.looseObject({ endpointId: z.string(), status: z.string(), attempts: z.array(z.looseObject({})) }),
      ),
    }),
  ),
});
export type MessageRecord = z.infer<typeof messagesSchema>['messages'][number];
const accessSchema = z.object({ url: z.string(), token: z.string() });

/** Tenants acme and other on the shared account, both also with a Svix account of their own; the clock stands still. */
export function openSvix(options: EmulatorOptions = {}, tenant: Partial<TenantSeed> = {}): SvixBench {
  const receiver = createReceiver();
  const subscriptions = [{ eventType: ORDER }, { eventType: 'order.updated' }];
  const bench = openBench({
    fetch: receiver.fetch,
    ...options,
    tenants: [
      { tenant: 'acme', subscriptions, svix: { apiKeys: [KEY] }, ...tenant },
      { tenant: 'other', subscriptions, svix: { apiKeys: ['sk_other.eu'] } },
    ],
  });
  bench.emulator.clock.freeze();
  const dashboard: SvixBench['dashboard'] = async (name = 'acme') => {
    const { body } = await bench.requestToken({ client_id: `${name}-id`, client_secret: `${name}-secret` });
    const authorization = `Bearer ${String(Object(body).access_token)}`;
    return accessSchema.parse((await send(`/webhook/${name}/dashboard-access`, { headers: { authorization } })).body);
  };
  const send = (path: string, init: RequestInit): Promise<Answer> =>
    bench.emulator.fetch(new Request(`http://emulator.test${path}`, init)).then(readAnswer);
  let cached: string | undefined;
  const svix: SvixBench['svix'] = async (method, path, body, { token, headers = {} } = {}) => {
    if (token === undefined) cached ??= (await dashboard()).token;
    const given = token === undefined ? cached : token;
    return await send(`/api/v1${path}`, {
      method,
      headers: {
        ...(given === null ? {} : { authorization: `Bearer ${given ?? ''}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  };
  const endpoints: SvixBench['endpoints'] = (method, path, body, callOptions) =>
    svix(method, `/app/acme/endpoint${path}`, body, callOptions);
  return {
    ...bench,
    receiver,
    svix,
    endpoints,
    dashboard,
    create: async (fields = {}) =>
      endpointSchema.parse((await endpoints('POST', '', { url: 'https://hooks.test/a', ...fields })).body),
    messages: async () =>
      messagesSchema.parse((await bench.control('GET', '/tenants/acme/svix/messages')).body).messages,
  };
}

/** Lets an event of acme happen. */
export function emit({ emulator }: Pick<SvixBench, 'emulator'>, type = ORDER): Promise<EventRecord> {
  return emulator.emit('acme', { type, payload: { id: 'o-1' } });
}

export async function secretOf({ endpoints }: SvixBench, id: string): Promise<string> {
  return String(Object((await endpoints('GET', `/${id}/secret`)).body).key);
}

/** Read past the API: dashboard tokens live for a week only. */
export function isDisabled({ emulator }: Pick<SvixBench, 'emulator'>, id: string): unknown {
  const [application] = Object(emulator.svix('acme')).applications;
  return application.endpoints.find((endpoint: { id: string }) => endpoint.id === id).disabled;
}
