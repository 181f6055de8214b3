import type { Signing } from './secret.js';

/** What a writer decides about an endpoint. Null takes the place of a member that is not there. */
export interface EndpointFields {
  readonly url: string;
  readonly uid: string | null;
  readonly description: string;
  /** Null is all of them. */
  readonly eventTypes: readonly string[] | null;
  readonly channels: readonly string[] | null;
  readonly disabled: boolean;
  readonly throttleRate: number | null;
  readonly metadata: Readonly<Record<string, string>>;
}

/** An endpoint as stored, secrets included. */
export interface Endpoint extends EndpointFields {
  readonly id: string;
  readonly signing: Signing;
  /** By name as written. */
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds since 1970, emulator clock. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What an endpoint is like where a new one or a PUT leaves things open. */
export const UNSET = {
  uid: null,
  description: '',
  eventTypes: null,
  channels: null,
  disabled: false,
  throttleRate: null,
  metadata: {},
} as const satisfies Omit<EndpointFields, 'url'>;

/** Whether a message goes to the endpoint: by its type, and by channel where the endpoint names some. */
export function wants(
  endpoint: Endpoint,
  message: { readonly eventType: string; readonly channels: readonly string[] | null },
): boolean {
  return (
    !endpoint.disabled &&
    (endpoint.eventTypes === null || endpoint.eventTypes.includes(message.eventType)) &&
    (endpoint.channels === null || (message.channels ?? []).some((channel) => endpoint.channels?.includes(channel)))
  );
}
