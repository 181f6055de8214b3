/** What is looked at in a tenant. */
export const CHECKS = ['credentials', 'scopes', 'catalogue', 'destinations', 'svix'] as const;
export type CheckName = (typeof CHECKS)[number];

/**
 * | status | means |
 * |---|---|
 * | ok | as it should be |
 * | warning | perhaps not: somebody should look |
 * | error | an apply would not work |
 * | skipped | could not be looked at, because something before it failed |
 */
export const FINDING_STATUSES = ['ok', 'warning', 'error', 'skipped'] as const;
export type FindingStatus = (typeof FINDING_STATUSES)[number];

/** What one check of a tenant found. */
export interface Finding {
  readonly check: CheckName;
  readonly status: FindingStatus;
  readonly message: string;
  /** `file:line:column` of what it is about. */
  readonly places: readonly string[];
  /** Names that may have been meant, nearest first. */
  readonly nearest: readonly string[];
}

export function finding(
  check: CheckName,
  status: FindingStatus,
  message: string,
  places: readonly string[] = [],
  nearest: readonly string[] = [],
): Finding {
  return { check, status, message, places, nearest };
}
