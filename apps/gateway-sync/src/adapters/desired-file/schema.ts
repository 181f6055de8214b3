import { z } from 'zod';
import { eventPattern } from './event-pattern.js';
import {
  DURATION_PATTERN,
  durationMs,
  LONGEST_DURATION_MS,
  percent as readPercent,
  PERCENT_PATTERN,
} from './quantities.js';
import { deliverySchema } from './schema-delivery.js';
import { endpointsSchema, requestsPerProcess, svixSchema, tenantSvixSchema } from './schema-endpoints.js';
import { notifySchema } from './schema-notify.js';
import { isTimeZone } from './time-zone.js';
import { isSafeBaseUrl } from './urls.js';

/**
 * The desired-state file as it is written, before defaults. It holds no transformations, so the JSON Schema made from it
 * describes exactly what is accepted; `resolve.ts` turns the written form into the one the program works with.
 */

const duration = (description: string) =>
  z
    .union([z.int().positive({ abort: true }), z.string().regex(DURATION_PATTERN, { abort: true })], {
      error: 'must be a duration such as 500ms, 30s, 5m or 1h, or a whole number of milliseconds',
    })
    .refine((value) => (durationMs(value) ?? 0) > 0, { error: 'must be longer than nothing', abort: true })
    .refine((value) => (durationMs(value) ?? 0) <= LONGEST_DURATION_MS, { error: 'must not be longer than 24d' })
    .meta({ description });

const percentage = (description: string, limit: 'to 100' | 'below 100') =>
  z
    .union([z.number(), z.string().regex(PERCENT_PATTERN, { abort: true })], {
      error: 'must be a percentage such as 10% or 10',
    })
    .refine(
      (value) => {
        const share = readPercent(value) ?? -1;
        return share >= 0 && (limit === 'to 100' ? share <= 100 : share < 100);
      },
      { error: limit === 'to 100' ? 'must be from 0% to 100%' : 'must be from 0% to less than 100%' },
    )
    .meta({ description });

const secret = z.string().min(1);

const days = (description: string) => z.int().min(1).max(36_500).optional().meta({ description, default: 400 });

export const subscriptionSchema = z.strictObject({
  event: eventPattern.meta({
    description:
      'Event type, or a glob over the live catalogue: * any characters, ? one character, {a,b} one of the words.',
  }),
  excludedFields: z
    .array(z.string().regex(/\S/, { error: 'must not be blank' }))
    .max(500)
    .optional()
    .meta({
      description:
        'Root fields of the payload that are not delivered. Left out: not managed. Empty: everything is delivered.',
    }),
  priority: z.int().min(0).max(9).optional().meta({
    description: 'How soon the event may be given up when the monthly quota runs out: 0 never, 9 first.',
    default: 0,
  }),
  weight: z.number().min(0.001).max(1_000_000).optional().meta({
    description:
      'How many events the event type stands for beside the others, where nobody counts them: for what a plan does to the quota. Left out: 1.',
  }),
});

const policyShape = {
  mode: z.enum(['enforce', 'observe']).optional().meta({
    description: 'enforce keeps the tenant as desired; observe reports drift and writes nothing.',
  }),
  prune: z.enum(['none', 'owned', 'all']).optional().meta({
    description:
      'Which subscriptions that the file does not name are removed: none; owned, those the ledger says we subscribed; all.',
  }),
  guards: z
    .strictObject({
      maxPrunePercent: percentage(
        'Largest share of the subscribed event types that one plan may remove.',
        'to 100',
      ).optional(),
      minSubscriptions: z.int().min(0).optional().meta({
        description: 'With fewer subscribed event types the percentage is not judged.',
      }),
      protect: z.array(eventPattern).optional().meta({ description: 'Event types or globs that are never removed.' }),
      allowEmpty: z.boolean().optional().meta({
        description: 'Whether a tenant that wants no event type may lose all its subscriptions.',
      }),
    })
    .optional()
    .meta({ description: 'Rules that withhold a plan.' }),
  subscriptions: z.array(subscriptionSchema).max(2000).optional().meta({
    description: 'The event types the tenant is to receive. In defaults: for tenants without a list of their own.',
  }),
  lock: z.boolean().optional().meta({
    description:
      'Whether globs of subscriptions mean only the event types that the lock file beside this file has for them, which gateway-sync lock writes; a new event type is reported until then.',
    default: false,
  }),
  delivery: deliverySchema.optional(),
  endpoints: endpointsSchema.optional(),
  svix: tenantSvixSchema.optional(),
  quota: z
    .strictObject({
      warnAt: z
        .array(percentage('A share of the monthly limit.', 'to 100'))
        .max(20)
        .optional()
        .meta({ description: 'Shares of the monthly limit at which to warn.' }),
      shed: z.enum(['off', 'advise', 'enforce']).optional().meta({
        description:
          'Whether event types are given up while the quota runs out, by priority: off; advise says which ones; enforce unsubscribes them until the next month.',
        default: 'off',
      }),
      ladder: z
        .array(
          z.strictObject({
            at: percentage('Share of the monthly limit.', 'to 100'),
            priority: z.int().min(1).max(9).meta({
              description: 'Event types of this priority and of higher numbers are given up.',
            }),
          }),
        )
        .min(1)
        .max(9)
        .optional()
        .meta({ description: 'From which share of the limit on which event types are given up.' }),
      timeZone: z
        .string()
        .refine(isTimeZone, { error: 'must be the name of a time zone such as Europe/Berlin' })
        .optional()
        .meta({
          description: 'Time zone in which the month of the quota begins; an IANA name such as Europe/Berlin.',
          default: 'UTC',
        }),
    })
    .optional()
    .meta({ description: 'What to do about the monthly quota of events.' }),
};

const tenantSchema = z.strictObject({
  tenant: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, {
      error: 'must be an Emporix tenant: up to 64 lower-case letters, digits, hyphens and underscores',
    })
    .meta({ description: 'Emporix tenant, lower case.' }),
  credentials: z
    .strictObject({
      clientId: z.string().min(1).meta({ description: 'Client id of an Emporix API key.' }),
      clientSecret: secret.meta({
        description: 'Its secret; best written as ${env:NAME} or ${file:/run/secrets/name}.',
      }),
    })
    .meta({ description: 'An API key with the scopes webhook.subscription_read and webhook.subscription_manage.' }),
  ...policyShape,
});

export const desiredFileSchema = z
  .strictObject({
    $schema: z.string().optional().meta({ description: 'JSON Schema of this file, for editors.' }),
    version: z.literal(1).meta({ description: 'Version of this format.' }),
    instance: z
      .string()
      .regex(/^(?!ep_)[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}$/, {
        error:
          'must be up to 100 letters, digits, dots, hyphens and underscores, begin with a letter or digit, and not with ep_',
      })
      .optional()
      .meta({
        description:
          'Name of this installation: part of the marks by which it knows what is its own, so two that share a tenant need two names.',
        default: 'gateway-sync',
      }),
    emporix: z
      .strictObject({
        baseUrl: z
          .string()
          .refine(isSafeBaseUrl, {
            error: 'must be an https:// address (http:// only on this machine), without query or user',
          })
          .optional()
          .meta({ description: 'Address of the Emporix API.', default: 'https://api.emporix.io' }),
        requestsPerSecond: z.number().positive().max(1000).optional().meta({
          description: 'Requests a second that all tenants share, over all processes on one database.',
          default: 10,
        }),
        requestsPerSecondPerProcess: requestsPerProcess.optional(),
        timeout: duration('How long one request may take.').optional(),
      })
      .optional()
      .meta({ description: 'How the Emporix API is reached.' }),
    svix: svixSchema.optional(),
    sync: z
      .strictObject({
        interval: duration('Time between two reconciles of a tenant.').optional(),
        maxInterval: duration('Longest time between two reconciles of a tenant that has nothing to do.').optional(),
        jitter: percentage('How far an interval is stretched or cut at random.', 'below 100').optional(),
        concurrency: z.int().min(1).max(1000).optional().meta({
          description: 'Tenants reconciled at the same time.',
          default: 16,
        }),
      })
      .optional()
      .meta({ description: 'When and how many tenants are reconciled.' }),
    guards: z
      .strictObject({
        maxTenantRemovalPercent: percentage(
          'Largest share of the tenants that one reload of the file may take out of it.',
          'to 100',
        ).optional(),
        minTenants: z.int().min(0).optional().meta({
          description: 'With fewer tenants the percentage is judged only when all of them are gone.',
          default: 10,
        }),
      })
      .optional()
      .meta({ description: 'Rules that withhold a reload of this file.' }),
    retention: z
      .strictObject({
        auditDays: days('Days that records of the audit trail are kept.'),
        quotaDays: days('Days that readings of the quota are kept.'),
      })
      .optional()
      .meta({ description: 'How long the database keeps records.' }),
    notify: notifySchema(duration('How long the receiver may take to answer.')),
    defaults: z
      .strictObject(policyShape)
      .optional()
      .meta({ description: 'Merged under every tenant; lists are replaced.' }),
    tenants: z.array(tenantSchema).meta({ description: 'The tenants to look after.' }),
  })
  .meta({ title: 'gateway-sync desired state' });

export type WrittenFile = z.infer<typeof desiredFileSchema>;
export type WrittenTenant = z.infer<typeof tenantSchema>;
export type WrittenSubscription = z.infer<typeof subscriptionSchema>;
export type WrittenPolicy = NonNullable<WrittenFile['defaults']>;
