import type { Quirks } from '../quirks.js';
import type { StoredConfig, StoredEntry } from './config.js';

/** A config as it is read back: no secrets, and nothing at all of a Svix configuration. */
export function viewConfig(config: StoredConfig, quirks: Quirks): object {
  const { code, provider, active } = config;
  if (provider !== 'HTTP') return { code, provider, active };
  const { destinationUrl, secretKey, headers, entries } = config;
  const eventsConfiguration = entries.map((entry) => viewEntry(entry, quirks));
  return {
    code,
    provider,
    active,
    configuration: { destinationUrl, secretKeyExists: secretKey !== undefined, headers, eventsConfiguration },
  };
}

/** As a row of the list. */
export function viewConfigRow(config: StoredConfig, quirks: Quirks): object {
  const { code, provider, active } = config;
  return quirks.listIncludesConfiguration ? viewConfig(config, quirks) : { code, provider, active };
}

function viewEntry({ secretKey, name, ...rest }: StoredEntry, quirks: Quirks): object {
  return { ...rest, name: quirks.entryNameReturned ? name : undefined, secretKeyExists: secretKey !== undefined };
}
