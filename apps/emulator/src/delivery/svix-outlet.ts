import type { JsonObject } from '../json.js';
import type { Provider } from '../configs/config.js';

/** An event on its way to Svix; the tenant's name is the application's id there. */
export interface SvixMessage {
  readonly id: string;
  readonly tenant: string;
  readonly provider: Exclude<Provider, 'HTTP'>;
  readonly eventType: string;
  readonly payload: JsonObject;
}

/** Takes over the events of tenants whose active provider is a Svix one. */
export interface SvixOutlet {
  publish(message: SvixMessage): Promise<void>;
}

/** Takes everything and sends nothing: the event record is the only trace. */
export const silentSvixOutlet: SvixOutlet = { publish: () => Promise.resolve() };
