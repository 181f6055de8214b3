import type { HeaderMap } from './write.js';

export type Provider = 'SVIX_SHARED' | 'SVIX' | 'HTTP';

/** One entry of `eventsConfiguration` as stored. `excludedFields` null takes over the subscription's list. */
export interface StoredEntry {
  readonly id: string;
  readonly name: string | undefined;
  readonly eventType: string;
  readonly destinationUrl: string;
  readonly secretKey: string | undefined;
  readonly headers: HeaderMap | undefined;
  readonly filter: string | undefined;
  readonly excludedFields: readonly string[] | null;
  readonly active: boolean;
}

export interface SvixSharedConfig {
  readonly provider: 'SVIX_SHARED';
  readonly code: string;
  readonly active: boolean;
}

export interface SvixConfig {
  readonly provider: 'SVIX';
  readonly code: string;
  readonly active: boolean;
  readonly apiKey: string;
}

export interface HttpConfig {
  readonly provider: 'HTTP';
  readonly code: string;
  readonly active: boolean;
  readonly destinationUrl: string | undefined;
  readonly secretKey: string | undefined;
  readonly headers: HeaderMap | undefined;
  readonly entries: readonly StoredEntry[];
}

/** A delivery config as stored, secrets included. */
export type StoredConfig = SvixSharedConfig | SvixConfig | HttpConfig;
