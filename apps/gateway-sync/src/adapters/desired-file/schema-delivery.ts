import { z } from 'zod';
import { PROVIDERS } from '../../core/delivery.js';
import { globProblem, isGlob } from '../../core/glob.js';
import { jsonPathProblem } from '../../core/json-path.js';
import { headersSchema } from './schema-headers.js';
import { isSafeUrl } from './urls.js';

/** The part of the file about how events leave Emporix, as it is written. */

const MAX_HEADERS = 10;

const destinationUrl = z
  .string()
  .max(2048)
  .refine(isSafeUrl, { error: 'must be an https:// address (http:// only on this machine), without user or password' });

const secret = z.string().regex(/\S/, { error: 'must not be blank' });

const headers = headersSchema((name) =>
  /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) ? undefined : 'is no name of a header',
).refine((values) => Object.keys(values).length <= MAX_HEADERS, {
  error: `must not have more than ${MAX_HEADERS} entries`,
});

const eventType = z
  .string()
  .min(1)
  .max(200)
  .superRefine((value, context) => {
    const message = isGlob(value)
      ? 'must be one event type: a target takes no glob'
      : value.trim() === ''
        ? 'must not be blank'
        : globProblem(value.trim());
    if (message !== undefined && value !== '') context.addIssue({ code: 'custom', message });
  });

const filter = z
  .string()
  .max(4000)
  .superRefine((value, context) => {
    const problem = jsonPathProblem(value);
    if (problem) {
      context.addIssue({
        code: 'custom',
        message: `is no JsonPath: ${problem.reason}, at character ${problem.column}`,
      });
    }
  });

export const targetSchema = z.strictObject({
  name: z
    .string()
    .max(255)
    .regex(/\S/, { error: 'must not be blank' })
    .optional()
    .meta({ description: 'A label; tells targets apart that are the same otherwise.' }),
  event: eventType.meta({ description: 'The event type; it has to be subscribed too.' }),
  destinationUrl: destinationUrl.optional().meta({
    description: 'Where its events are posted to. Left out: the destinationUrl of the delivery.',
  }),
  filter: filter.optional().meta({
    description: 'JsonPath predicate (Jayway) over the payload. Left out: every event of the type.',
  }),
  excludedFields: z
    .array(z.string().regex(/\S/, { error: 'must not be blank' }))
    .max(500)
    .nullable()
    .optional()
    .meta({
      description:
        'Root fields of the payload left out for this target. null: those of the subscription. Empty: none. Left out: not managed.',
    }),
  secretKey: secret.optional().meta({
    description: 'Signs its deliveries, instead of the one of the delivery. Left out: not managed.',
  }),
  headers: headers.optional().meta({
    description: 'Instead of those of the delivery. Empty: none of its own. Left out: not managed.',
  }),
  active: z.boolean().optional().meta({ description: 'false drops its events.', default: true }),
});

export const deliverySchema = z
  .strictObject({
    provider: z.enum(PROVIDERS).optional().meta({
      description:
        'HTTP posts to addresses of one’s own; SVIX and SVIX_SHARED go through Svix, with an account of one’s own or the one of Emporix.',
    }),
    active: z.boolean().optional().meta({
      description: 'Whether this config is to be the active one. false prepares it beside the one that is.',
      default: true,
    }),
    code: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,64}$/, { error: 'must be up to 64 letters, digits, hyphens and underscores' })
      .optional()
      .meta({ description: 'Of the config if it has to be created. Left out: the provider in lower case.' }),
    apiKey: secret.optional().meta({
      description: 'SVIX: the value of Authorization towards Svix, with Bearer before the key. Left out: not managed.',
    }),
    destinationUrl: destinationUrl.optional().meta({
      description:
        'HTTP: where events are posted to, and what targets without one of their own take. Left out: not managed.',
    }),
    secretKey: secret.optional().meta({
      description: 'HTTP: signs the deliveries; best written as ${env:NAME}. Left out: not managed.',
    }),
    headers: headers.optional().meta({
      description:
        'HTTP: sent with every delivery, at most 10: a text, or a mapping of value and secret. Empty: none. Left out: not managed.',
    }),
    targets: z.array(targetSchema).max(500).optional().meta({
      description: 'HTTP: what goes where. Empty: none. Left out: not managed.',
    }),
  })
  .meta({
    description:
      'The delivery config of the tenant. Left out: not managed. In defaults: for the keys that a tenant of the same provider leaves out.',
  });

export type WrittenDelivery = z.infer<typeof deliverySchema>;
export type WrittenTarget = z.infer<typeof targetSchema>;
