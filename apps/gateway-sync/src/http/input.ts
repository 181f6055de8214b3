import { serviceTenantStateValues } from '@gateway-sync/api';
import { z } from 'zod';
import { invalidRequest } from './problem.js';
import { TENANT_NAME } from './route.js';

const limit = z
  .string()
  .regex(/^[1-9]\d{0,3}$/, 'must be a whole number from 1 to 1000')
  .transform(Number)
  .refine((number) => number <= 1000, 'must be a whole number from 1 to 1000')
  .default(100);

export const tenantQuery = z.strictObject({
  limit,
  state: z.enum(serviceTenantStateValues, `must be one of ${serviceTenantStateValues.join(', ')}`).optional(),
  cursor: z.string().regex(TENANT_NAME, 'must be `next` of the page before').optional(),
});

export const historyQuery = z.strictObject({
  limit,
  cursor: z
    .string()
    .regex(/^\d{1,18}$/, 'must be `next` of the page before')
    .optional(),
});

export const noQuery = z.strictObject({});
export const noBody = z.strictObject({}).default({});

/** What goes into the log and onto terminals is one line. */
const ONE_LINE = /^[^\u0000-\u001f\u007f]*$/; // oxlint-disable-line no-control-regex -- these are what it keeps out

export const pauseBody = z
  .strictObject({
    reason: z
      .string('must be a text')
      .min(1, 'must not be empty')
      .max(500, 'must have at most 500 characters')
      .regex(ONE_LINE, 'must be one line')
      .optional(),
  })
  .default({});

/** What fits the schema; throws a `ProblemError` with everything that does not. */
export function checked<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  place: 'query' | 'body',
): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw invalidRequest(
    parsed.error.issues.flatMap((issue) => {
      if (issue.code !== 'unrecognized_keys') return [{ place, path: issue.path.join('.'), message: issue.message }];
      return issue.keys.map((key) => ({ place, path: key, message: 'is not known' }));
    }),
  );
}
