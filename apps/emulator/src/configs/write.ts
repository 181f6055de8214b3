import { z } from 'zod';

const text = z.string();

/** Header name → value, as the API writes it. */
export const headerMapSchema = z.record(text, z.object({ value: text })).readonly();
export const excludedFieldsSchema = z.array(text).readonly().nullable();

/** An entry as requests write it. */
export const entryWriteSchema = z.object({
  id: text.optional(),
  name: text.optional(),
  eventType: text,
  destinationUrl: text,
  secretKey: text.optional(),
  headers: headerMapSchema.optional(),
  filter: text.optional(),
  excludedFields: excludedFieldsSchema.optional(),
  active: z.boolean().optional(),
});
export const entryListSchema = z.array(entryWriteSchema).readonly();

export const httpConfigurationSchema = z.object({
  destinationUrl: text.optional(),
  secretKey: text.optional(),
  headers: headerMapSchema.optional(),
  eventsConfiguration: entryListSchema.optional(),
});

const active = z.boolean().optional();

/** Body of a PUT. */
export const configWriteSchema = z.discriminatedUnion('provider', [
  z.object({ provider: z.literal('SVIX_SHARED'), active }),
  z.object({ provider: z.literal('SVIX'), active, configuration: z.object({ apiKey: text }) }),
  z.object({ provider: z.literal('HTTP'), active, configuration: httpConfigurationSchema }),
]);

/** Body of a POST: a PUT body with a code. */
export const configCreationSchema = z.object({ code: text }).and(configWriteSchema);

export const patchOperationsSchema = z.array(
  z.object({ op: z.enum(['UPSERT', 'REMOVE']), path: text, value: z.unknown().optional() }),
);

export type HeaderMap = z.infer<typeof headerMapSchema>;
export type EntryWrite = z.infer<typeof entryWriteSchema>;
export type HttpConfigurationWrite = z.infer<typeof httpConfigurationSchema>;
export type ConfigWrite = z.infer<typeof configWriteSchema>;
export type PatchOperation = z.infer<typeof patchOperationsSchema>[number];
