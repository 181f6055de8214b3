/** The values of `x-retry`: what a client may do when the answer to a request is missing. */
export const retryClasses = [
  'safe',
  'idempotent',
  'idempotent-unless-creating',
  'idempotency-keyed',
  'version-guarded',
  'unique',
] as const;
