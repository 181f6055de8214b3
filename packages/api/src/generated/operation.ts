// Made from x-retry and the operations of all documents by `pnpm generate`. Do not edit: change the source and run it again.

export const retryClasses = ['safe', 'idempotent', 'idempotent-unless-creating', 'idempotency-keyed', 'version-guarded', 'unique'] as const;
export type RetryClass = (typeof retryClasses)[number];

/** One operation of an API, as its document describes it. */
export interface OperationDescription {
  readonly operationId: string;
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE' | 'OPTIONS' | 'HEAD' | 'PATCH' | 'TRACE';
  /** Path template with parameters in braces. */
  readonly path: string;
  /** OAuth scopes that the token must carry. */
  readonly scopes: readonly string[];
  readonly retry: RetryClass;
  /** Media type of the request body; null when the operation takes none. */
  readonly requestContentType: string | null;
  /** Documented statuses below 400. */
  readonly successStatuses: readonly number[];
  /** Documented statuses from 400 on. */
  readonly errorStatuses: readonly number[];
}
