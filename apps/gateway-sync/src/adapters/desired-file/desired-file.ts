import type { FileGuards } from '../../core/file-change.js';
import type { Retention } from '../../core/ports.js';
import type { Secret } from '../../core/secret.js';
import type { DesiredTenant } from '../../core/state.js';

/** The desired-state file: checked, references replaced, defaults merged in. */
export interface DesiredFile {
  readonly path: string;
  /** SHA-256 of the text, in hexadecimal. */
  readonly hash: string;
  /** Name of this installation. */
  readonly instance: string;
  readonly emporix: EmporixSettings;
  readonly svix: RequestRate;
  readonly sync: SyncSettings;
  readonly guards: FileGuards;
  readonly retention: Retention;
  /** Absent: nobody is told but the log. */
  readonly notify?: NotifySettings;
  /** In the order of the file; names are unique. */
  readonly tenants: readonly FileTenant[];
}

export interface RequestRate {
  /** Of all processes together. */
  readonly requestsPerSecond: number;
  /** Absent: one process may do it all. */
  readonly requestsPerSecondPerProcess?: number;
}

export interface EmporixSettings extends RequestRate {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  /** For one attempt of one request. */
  readonly timeoutMs: number;
}

/** Where messages about the quota go. */
export interface NotifySettings {
  readonly url: string;
  /** `whsec_` and the key in base64. */
  readonly secret: Secret;
  /** For one attempt. */
  readonly timeoutMs: number;
}

export interface SyncSettings {
  readonly intervalMs: number;
  readonly maxIntervalMs: number;
  /** 10 means an interval is stretched or cut by up to a tenth. */
  readonly jitterPercent: number;
  readonly concurrency: number;
}

export interface FileTenant extends DesiredTenant {
  readonly credentials: { readonly clientId: string; readonly clientSecret: Secret };
  readonly svix: SvixSettings;
  /** `file:line:column` of the tenant. */
  readonly place: string;
}

/** How the Svix application of a tenant is reached. */
export interface SvixSettings {
  /** Without a slash at the end. Absent: by the token. */
  readonly url?: string;
  /** Uid or id. Absent: the tenant. */
  readonly app?: string;
  /** Of an account of one's own. */
  readonly apiKey?: Secret;
  readonly filterField: 'eventTypes' | 'filterTypes';
}
