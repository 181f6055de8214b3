import { z } from 'zod';

const phase = z.enum(['before', 'after']).default('before').describe('before or after the work of the call is done');
const eventTypes = z.array(z.string().min(1)).optional().describe('only these event types; all without it');

const common = {
  match: z
    .strictObject({
      operationId: z.string().optional(),
      tenant: z.string().optional(),
      method: z.string().toUpperCase().optional(),
    })
    .default({})
    .describe('which calls; all without it'),
  times: z.union([z.int().positive(), z.literal('always')]).default(1),
  after: z.int().nonnegative().default(0).describe('matching calls to let pass first'),
};

/** What somebody else changes about Svix endpoints. */
export const foreignEndpointSchema = z.strictObject({
  url: z.url().exactOptional(),
  description: z.string().exactOptional(),
  eventTypes: z.array(z.string()).nonempty().nullable().exactOptional(),
  channels: z.array(z.string()).nonempty().nullable().exactOptional(),
  disabled: z.boolean().exactOptional(),
  throttleRate: z.int().positive().nullable().exactOptional(),
  uid: z.string().nullable().exactOptional(),
  metadata: z.record(z.string(), z.string()).exactOptional(),
});

/** How a fault is written, by kind. */
export const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('latency'), ms: z.int().nonnegative().max(600_000), ...common }),
  z.strictObject({ kind: z.literal('expire-token'), ...common }),
  z.strictObject({
    kind: z.literal('status'),
    status: z.int().min(400).max(599),
    body: z.json().optional(),
    headers: z.record(z.string(), z.string()).optional(),
    retryAfterSeconds: z.int().nonnegative().optional(),
    retryAfterAs: z.enum(['seconds', 'date']).default('seconds'),
    phase,
    ...common,
  }),
  z.strictObject({ kind: z.literal('hang'), phase, ...common }),
  z.strictObject({ kind: z.literal('reset'), phase, ...common }),
  z.strictObject({ kind: z.literal('cut-body'), ...common }),
  z.strictObject({ kind: z.literal('html-body'), status: z.int().min(200).max(599).default(200), phase, ...common }),
  z.strictObject({ kind: z.literal('empty-body'), status: z.int().min(200).max(599).default(200), phase, ...common }),
  z.strictObject({ kind: z.literal('stale-read'), writes: z.int().positive().max(20).default(1), ...common }),
  z.strictObject({
    kind: z.literal('foreign-write'),
    eventTypes,
    subscription: z.enum(['SUBSCRIBED', 'UNSUBSCRIBED']).optional(),
    excludedFields: z.array(z.string()).optional(),
    endpoints: z.array(z.string()).optional().describe('of Svix, ids or uids; that of the path, or all without it'),
    endpoint: foreignEndpointSchema.optional(),
    ...common,
  }),
  z.strictObject({ kind: z.literal('drop-write'), ...common }),
  z.strictObject({
    kind: z.literal('item-status'),
    code: z.int().min(400).max(599),
    message: z.string().optional(),
    eventTypes,
    ...common,
  }),
  z.strictObject({ kind: z.literal('missing-item'), eventTypes, ...common }),
]);

export type Fault = z.infer<typeof faultSchema>;
export type FaultInput = z.input<typeof faultSchema>;
export type FaultOf<K extends Fault['kind']> = Extract<Fault, { kind: K }>;

const ENDINGS = ['status', 'hang', 'reset', 'cut-body', 'html-body', 'empty-body'] as const;

/** A fault that decides how the call ends; only one of them works on a call. */
export type Ending = FaultOf<(typeof ENDINGS)[number]>;

export function isEnding(fault: Fault): fault is Ending {
  return (ENDINGS as readonly string[]).includes(fault.kind);
}
