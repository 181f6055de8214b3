import type { DesiredTarget, ObservedTarget } from './delivery.js';
import { normalUrl, shownUrl } from './url.js';
import type { JsonObject } from './json.js';
import { eventKey } from './state.js';

/** What tells one target from another: ids are given by the service, so the file cannot name them. */
export interface TargetKey {
  /** In lower case. */
  readonly event: string;
  /** Normalised. */
  readonly destinationUrl: string;
  readonly filter: string | null;
  readonly name: string | null;
}

/** Rows of the ledger for entries whose id is not known yet. */
const NEW = 'new:';

export function keyOfWish({ event, destinationUrl, filter, name }: DesiredTarget): TargetKey {
  return {
    event: eventKey(event),
    destinationUrl: normalUrl(destinationUrl),
    filter: filter?.trim() || null,
    name: name ?? null,
  };
}

/** `name` is null too where the service does not return it. */
export function keyOfFound({ event, destinationUrl, filter, name }: ObservedTarget): TargetKey {
  return {
    event: eventKey(event),
    destinationUrl: normalUrl(destinationUrl ?? ''),
    filter: filter?.trim() || null,
    name: name ?? null,
  };
}

/** Of the settings that a row of the ledger holds. */
export function keyOfSettings({ event, destinationUrl, filter, name }: JsonObject): TargetKey {
  return {
    event: text(event) ?? '',
    destinationUrl: text(destinationUrl) ?? '',
    filter: text(filter),
    name: text(name),
  };
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

export function keyText({ event, destinationUrl, filter, name }: TargetKey): string {
  return JSON.stringify([event, destinationUrl, filter, name]);
}

/** What every reading shows of a key. */
export function routeText({ event, destinationUrl, filter }: TargetKey): string {
  return JSON.stringify([event, destinationUrl, filter]);
}

export function newRowKey(key: TargetKey): string {
  return `${NEW}${keyText(key)}`;
}

export function isNewRowKey(key: string): boolean {
  return key.startsWith(NEW);
}

/** The name of a target in plans; unique in a config. */
export function targetName({ event, destinationUrl, filter, name }: TargetKey): string {
  return `${event} → ${shownUrl(destinationUrl)}${filter === null ? '' : ` ${filter}`}${name === null ? '' : ` (${name})`}`;
}
