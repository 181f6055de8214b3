import type { TenantName } from './state.js';

/** Nothing is read or written while somebody wants it so. */
export interface Pause {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly by: string;
  readonly reason?: string;
}

/** `paused since 2026-11-25T01:20:00Z by API (10.0.0.7): moving to another ERP`. */
export function pauseText({ at, by, reason }: Pause): string {
  const since = new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
  return `paused since ${since} by ${by}${reason === undefined ? '' : `: ${reason}`}`;
}

/** What to do where a command leaves a paused tenant alone. */
export function pastPause(tenant: TenantName, command: 'apply' | 'adopt'): string {
  const resume = `gateway-sync resume --server <url> --tenant ${tenant}`;
  return `${resume} ends the pause; for this once: gateway-sync ${command} --tenant ${tenant} --despite-pause`;
}
