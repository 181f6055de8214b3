import { z } from 'zod';
import { durationMs } from './quantities.js';
import { isSigningSecret } from './svix-headers.js';
import { isSafeUrl } from './urls.js';

/** As Standard Webhooks wants it; an endpoint of Svix takes longer ones. */
const LONGEST_SECRET_BYTES = 64;
const LONGEST_TIMEOUT_MS = 60_000;

/** `timeout`: any duration. */
export const notifySchema = (timeout: z.ZodType<string | number, string | number>) =>
  z
    .strictObject({
      url: z
        .string()
        .refine(isSafeUrl, { error: 'must be an https:// address (http:// only on this machine), without user' })
        .meta({ description: 'Where messages about the quota of the tenants are sent to.' }),
      secret: z
        .string()
        .refine((value) => isSigningSecret(value, LONGEST_SECRET_BYTES), {
          error: 'must be whsec_ and 24 to 64 bytes in base64',
        })
        .meta({ description: 'Signs the messages; best written as ${env:NAME} or ${file:/run/secrets/name}.' }),
      timeout: timeout
        .refine((value) => (durationMs(value) ?? 0) <= LONGEST_TIMEOUT_MS, { error: 'must not be longer than 1m' })
        .optional()
        .meta({ description: 'How long the receiver may take to answer.', default: '15s' }),
    })
    .optional()
    .meta({
      description:
        'A webhook that tells of quotas: signed as Standard Webhooks has it, and repeated until it is taken.',
    });
