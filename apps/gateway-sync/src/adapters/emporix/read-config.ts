import { z } from 'zod';
import { PROVIDERS, type ObservedConfig, type ObservedHeaders, type ObservedHttp } from '../../core/delivery.js';
import { Secret } from '../../core/secret.js';

/** A config as the service sends it; what is odd about its settings is as if it were not there. */
export function readConfig(body: unknown): ObservedConfig | undefined {
  const row = configSchema.safeParse(body).data;
  if (!row) return undefined;
  const { code, provider, active, configuration } = row;
  const http = provider === 'HTTP' ? readHttp(configuration) : undefined;
  return { code, provider, active, ...(http && { http }) };
}

const text = z.string().optional().catch(undefined);
const flag = (fallback: boolean) => z.boolean().default(fallback).catch(fallback);
const headersSchema = z
  .record(z.string(), z.object({ value: z.string() }))
  .optional()
  .catch(undefined);

const configSchema = z.object({
  code: z.string().min(1),
  provider: z.enum(PROVIDERS),
  active: flag(false),
  configuration: z.unknown().optional(),
});

/** An entry that cannot be told from the others or read for what it does must not be taken for a missing one. */
const entrySchema = z.object({
  id: z.string().min(1),
  eventType: z.string().min(1),
  name: text,
  destinationUrl: text,
  secretKeyExists: flag(false),
  headers: headersSchema,
  filter: text,
  excludedFields: z.array(z.string()).nullable().optional().catch(null),
  active: flag(true),
});

const httpSchema = z.object({
  destinationUrl: text,
  secretKeyExists: flag(false),
  headers: headersSchema,
  eventsConfiguration: z.array(entrySchema).nullish(),
});

/** `undefined` when the targets cannot be told; a config without any has an empty configuration. */
function readHttp(configuration: unknown): ObservedHttp | undefined {
  const read = httpSchema.safeParse(configuration).data;
  if (!read) return undefined;
  const { destinationUrl, secretKeyExists, headers, eventsConfiguration } = read;
  return {
    ...(destinationUrl !== undefined && { destinationUrl }),
    secretKeyExists,
    headers: readHeaders(headers),
    targets: (eventsConfiguration ?? []).map(
      ({ eventType, name, destinationUrl: url, headers: own, filter, excludedFields, ...entry }) => ({
        ...entry,
        event: eventType,
        ...(name !== undefined && { name }),
        ...(url !== undefined && { destinationUrl: url }),
        ...(filter !== undefined && { filter }),
        headers: readHeaders(own),
        excludedFields: excludedFields ?? null,
      }),
    ),
  };
}

function readHeaders(headers: z.output<typeof headersSchema>): ObservedHeaders {
  return Object.fromEntries(Object.entries(headers ?? {}).map(([name, { value }]) => [name, new Secret(value)]));
}
