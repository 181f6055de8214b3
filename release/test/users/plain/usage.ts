import { createEmporixApi, NotFoundError, type EventSubscription } from '@gateway-sync/api';
import { createReceiver, type DeliveredPayload, type EventPayload } from '@gateway-sync/events';
import { toFetchHandler } from '@gateway-sync/events/fetch';
import { toFastifyPlugin, toNodeHandler } from '@gateway-sync/events/node';

const api = createEmporixApi({ tenant: 'acme', auth: { clientId: 'id', clientSecret: 'secret' } });

export const rows = async (): Promise<readonly EventSubscription[]> => api.webhooks.listSubscriptions();
// @ts-expect-error: not any, so a client is not a number.
export const notAny: number = api;

export async function providerOf(code: string): Promise<string | undefined> {
  const outcome = await api.request('getConfig', { path: { code } });
  return outcome.status === 200 ? outcome.body.provider : undefined;
}

export const isMissing = (error: unknown): boolean => error instanceof NotFoundError && error.status === 404;

type Product = DeliveredPayload<'product.created', 'description'>;
export const idOf = (product: Product): string | null | undefined => product.id;
// @ts-expect-error: left out.
export const description = (product: Product): unknown => product.description;

const receiver = createReceiver({
  svix: { secrets: 'whsec_plJ3nmyCDGBKInavdOK15jsl' },
  eventType: 'product.created',
  fallback: ({ type }) => console.log(type),
}).on('product.created', ({ payload }: { payload: EventPayload<'product.created'> }) => console.log(payload.id));

export const handlers = [toFetchHandler(receiver), toNodeHandler(receiver), toFastifyPlugin(receiver)];
