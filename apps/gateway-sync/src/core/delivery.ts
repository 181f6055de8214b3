import type { Secret } from './secret.js';

/** How a tenant's events leave Emporix. */
export const PROVIDERS = ['HTTP', 'SVIX', 'SVIX_SHARED'] as const;
export type Provider = (typeof PROVIDERS)[number];

/** A header that goes with every delivery; `secret`: its value is never shown. */
export interface DesiredHeader {
  readonly value: Secret;
  readonly secret: boolean;
}

/** By name as written; names are compared in lower case. */
export type DesiredHeaders = Readonly<Record<string, DesiredHeader>>;

/** What the file says of the delivery config. A setting that is absent is not managed and left as found. */
export interface DesiredDelivery {
  readonly provider: Provider;
  /** Whether this config is to be the active one; false prepares it. */
  readonly active: boolean;
  /** Of the config if it has to be created; an existing one of the provider keeps its own. */
  readonly code: string;
  /** SVIX: sent to Svix as it is, as the value of `Authorization`. */
  readonly apiKey?: Secret;
  /** HTTP. */
  readonly destinationUrl?: string;
  /** HTTP: signs the deliveries. */
  readonly secretKey?: Secret;
  /** HTTP. Empty: none. */
  readonly headers?: DesiredHeaders;
  /** HTTP. Empty: none. */
  readonly targets?: readonly DesiredTarget[];
  /** `file:line:column`. */
  readonly place: string;
}

/** One entry of `eventsConfiguration`. Its natural key is event, destination, filter and name. */
export interface DesiredTarget {
  readonly name?: string;
  readonly event: string;
  /** The service requires one for each target; the file may take it from the delivery. */
  readonly destinationUrl: string;
  /** JsonPath predicate; absent: every event of the type. */
  readonly filter?: string;
  /** `null`: those of the subscription. Empty: none. Absent: not managed. */
  readonly excludedFields?: readonly string[] | null;
  readonly secretKey?: Secret;
  readonly headers?: DesiredHeaders;
  readonly active: boolean;
  readonly place: string;
}

/** One delivery config as read. */
export interface ObservedConfig {
  readonly code: string;
  readonly provider: Provider;
  readonly active: boolean;
  /** Only of HTTP configs. */
  readonly http?: ObservedHttp;
}

export interface ObservedHttp {
  readonly destinationUrl?: string;
  readonly secretKeyExists: boolean;
  readonly headers: ObservedHeaders;
  readonly targets: readonly ObservedTarget[];
}

/** Values are returned in clear, and somebody may have put a secret there. */
export type ObservedHeaders = Readonly<Record<string, Secret>>;

export interface ObservedTarget {
  readonly id: string;
  /** Many tenants do not return it. */
  readonly name?: string;
  readonly event: string;
  readonly destinationUrl?: string;
  readonly secretKeyExists: boolean;
  readonly headers: ObservedHeaders;
  readonly filter?: string;
  /** `null`: those of the subscription. */
  readonly excludedFields: readonly string[] | null;
  readonly active: boolean;
}

/** A value of a request body in which secrets are still unprintable; the adapter reveals them when it sends. */
export type Concealed = string | number | boolean | null | Secret | readonly Concealed[] | ConcealedObject;

export interface ConcealedObject {
  readonly [key: string]: Concealed;
}

/** Paths of the service's own PATCH format, such as `/configuration/http/eventsConfigurationEntry`. */
export interface ConfigOperation {
  readonly op: 'UPSERT' | 'REMOVE';
  readonly path: string;
  readonly value?: Concealed;
}

/** One write to a delivery config. */
export type ConfigWrite =
  | {
      readonly type: 'create' | 'replace';
      readonly code: string;
      readonly provider: Provider;
      readonly active: boolean;
      readonly configuration: ConcealedObject;
    }
  | { readonly type: 'patch'; readonly code: string; readonly operations: readonly ConfigOperation[] }
  | { readonly type: 'delete'; readonly code: string; readonly force: boolean };
