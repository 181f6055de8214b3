import { z } from 'zod';
import { eventPattern } from './event-pattern.js';
import { headersSchema } from './schema-headers.js';
import { headerNameProblem, isSigningSecret } from './svix-headers.js';
import { isSafeBaseUrl, isSafeUrl } from './urls.js';

/** The part of the file about Svix, as it is written. */

export const endpointSchema = z.strictObject({
  uid: z
    .string()
    .regex(/^[a-zA-Z0-9][a-zA-Z0-9_-]{0,63}$/, {
      error: 'must be up to 64 letters, digits, hyphens and underscores, and begin with a letter or digit',
    })
    .meta({ description: 'Name of the endpoint, unique in its tenant. In Svix the instance stands before it.' }),
  url: z
    .string()
    .max(4096)
    .refine(isSafeUrl, {
      error: 'must be an https:// address (http:// only on this machine), without user or password',
    })
    .meta({ description: 'Where Svix delivers to; unique in its tenant.' }),
  events: z
    .union([z.literal('all'), z.array(eventPattern).min(1).max(500)], {
      error: 'must be a list of event types or globs, or the word all',
    })
    .meta({
      description:
        'What the endpoint gets: event types, globs over the live catalogue, or the word all. It has to be subscribed too.',
    }),
  description: z
    .string()
    .max(4096)
    // Tab is the first one that Svix takes.
    .refine((value) => Array.from(value).every((character) => character >= '\t'), {
      error: 'must not hold control characters',
    })
    .optional()
    .meta({ description: 'Shown in the portal. Left out: not managed.' }),
  channels: z
    .array(z.string().regex(/^[a-zA-Z0-9\-_.:+]{1,128}$/, { error: 'is no channel' }))
    .min(1)
    .max(10)
    .nullable()
    .optional()
    .meta({ description: 'Only messages of these channels. null: of all. Left out: not managed.' }),
  rateLimit: z
    .int()
    .min(1)
    .max(65_535)
    .nullable()
    .optional()
    .meta({ description: 'Deliveries a second; more wait. null: no limit. Left out: not managed.' }),
  disabled: z.boolean().optional().meta({
    description:
      'Left out: not managed, and a disabled endpoint is reported; Svix disables one whose deliveries fail for days.',
  }),
  headers: headersSchema(headerNameProblem).optional().meta({
    description:
      'Sent with every delivery: a text, or a mapping of value and secret. Empty: none. Left out: not managed.',
  }),
  secret: z
    .string()
    .refine((value) => isSigningSecret(value), { error: 'must be whsec_ and 24 to 75 bytes in base64' })
    .optional()
    .meta({
      description:
        'Signs the deliveries; best written as ${env:NAME}. Another one is rotated to, and the old one stays good for a day. Left out: Svix makes one.',
    }),
  secretVersion: z.int().min(1).optional().meta({
    description: 'Raise it to have Svix make a new secret; the old one stays good for a day. Not beside secret.',
  }),
  adopt: z.boolean().optional().meta({
    description: 'Whether an endpoint that somebody else made with the same URL is taken over.',
    default: false,
  }),
});

export const endpointsSchema = z.array(endpointSchema).max(500).meta({
  description:
    'Svix endpoints of the tenant. Left out: not managed. In defaults: for tenants without a list of their own.',
});

/** Of one tenant, and in defaults. */
export const tenantSvixSchema = z
  .strictObject({
    url: z
      .string()
      .refine(isSafeBaseUrl, {
        error: 'must be an https:// address (http:// only on this machine), without query or user',
      })
      .optional()
      .meta({ description: 'Address of the Svix API. Left out: by the region in the token, else Europe.' }),
    app: z
      .string()
      .regex(/^[a-zA-Z0-9\-_.]{1,256}$/, { error: 'must be the uid or id of an application' })
      .optional()
      .meta({ description: 'The application of the tenant in Svix: its uid or id. Left out: the tenant.' }),
    apiKey: z.string().min(1).optional().meta({
      description:
        'Key of a Svix account of one’s own, for delivery.provider SVIX; left out: delivery.apiKey. With SVIX_SHARED Emporix gives the access.',
    }),
    filterField: z.enum(['eventTypes', 'filterTypes']).optional().meta({
      description: 'How the server calls the event types of an endpoint: older servers know filterTypes only.',
      default: 'eventTypes',
    }),
  })
  .meta({ description: 'How the Svix application of the tenant is reached.' });

export const requestsPerProcess = z.number().positive().max(1000).meta({
  description: 'Of these, what one process may do at most. Left out: all of them.',
});

/** At the top of the file. */
export const svixSchema = z
  .strictObject({
    requestsPerSecond: z.number().positive().max(1000).optional().meta({
      description: 'Requests a second to Svix that all tenants share, over all processes on one database.',
      default: 10,
    }),
    requestsPerSecondPerProcess: requestsPerProcess.optional(),
  })
  .meta({ description: 'How the Svix API is reached.' });

export type WrittenEndpoint = z.infer<typeof endpointSchema>;
export type WrittenSvix = z.infer<typeof tenantSvixSchema>;
