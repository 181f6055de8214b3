import type { DesiredHeaders } from './delivery.js';
import type { Secret } from './secret.js';

/** What the file says of one Svix endpoint. A setting that is absent is not managed and left as found. */
export interface DesiredEndpoint {
  /** Its name in the file; the uid in Svix has a prefix, see `endpointUid`. */
  readonly uid: string;
  readonly url: string;
  /** Event types or globs over the catalogue; `all`: every event. */
  readonly events: readonly string[] | 'all';
  readonly description?: string;
  /** `null`: no channels, which means all messages. */
  readonly channels?: readonly string[] | null;
  /** Messages a second; `null`: no limit. */
  readonly rateLimit?: number | null;
  /** Absent: left as found and reported; somebody or Svix may have had a reason. */
  readonly disabled?: boolean;
  /** Empty: none. */
  readonly headers?: DesiredHeaders;
  /** Signing secret (`whsec_…`). Absent: Svix makes one. */
  readonly secret?: Secret;
  /** Raise it to have Svix make a new secret; only without a `secret` of one's own. */
  readonly secretVersion?: number;
  /** Whether an endpoint of somebody else that has the same URL may be taken over. */
  readonly adopt: boolean;
  readonly place: string;
}

/** One Svix endpoint as read. */
export interface ObservedEndpoint {
  /** `ep_…`. */
  readonly id: string;
  readonly uid?: string;
  readonly url: string;
  readonly description: string;
  /** `null`: every event. */
  readonly eventTypes: readonly string[] | null;
  /** `null`: no filter. */
  readonly channels: readonly string[] | null;
  /** Messages a second; `null`: no limit. */
  readonly rateLimit: number | null;
  readonly disabled: boolean;
  readonly metadata: Readonly<Record<string, string>>;
  /** Only where they were asked for. */
  readonly headers?: EndpointHeaders;
  /** Only where it was asked for. */
  readonly secret?: Secret;
}

export interface EndpointHeaders {
  readonly values: Readonly<Record<string, Secret>>;
  /** Names whose values Svix never returns. */
  readonly sensitive: readonly string[];
}

/** The endpoints of a tenant's Svix application. */
export interface EndpointReading {
  readonly endpoints: readonly ObservedEndpoint[];
  /** Whether the listing went to its end; nothing is removed on the strength of another. */
  readonly complete: boolean;
  /** There is no application to ask yet: planned as if it were empty, and read again before anything is written. */
  readonly assumed?: true;
}

/** Settings of an endpoint that POST and PATCH take; an absent one is not sent. */
export interface EndpointFields {
  readonly url?: string;
  readonly uid?: string;
  readonly description?: string;
  readonly eventTypes?: readonly string[] | null;
  readonly channels?: readonly string[] | null;
  readonly rateLimit?: number | null;
  readonly disabled?: boolean;
  /** Replaces the map as a whole. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * One change of one endpoint. Several requests may be needed; they are sent in the order create or fields, headers,
 * secret, and then `finish`, so that a process that dies in between leaves something that the next plan completes.
 */
export type EndpointWrite =
  | {
      readonly type: 'create';
      readonly fields: EndpointFields & { readonly url: string; readonly uid: string };
      readonly secret?: Secret;
      /** Set after the creation; the endpoint is created disabled then and enabled by `finish`. */
      readonly headers?: Readonly<Record<string, Secret>>;
      readonly finish?: EndpointFields;
    }
  | {
      readonly type: 'update';
      readonly endpointId: string;
      readonly fields?: EndpointFields;
      /** All headers, replacing those there are. */
      readonly headers?: Readonly<Record<string, Secret>>;
      /** Rotates to this secret, or to a new one that Svix makes. */
      readonly secret?: Secret | 'generate';
      readonly finish?: EndpointFields;
    }
  | { readonly type: 'delete'; readonly endpointId: string };
