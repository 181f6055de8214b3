/** The schedule of the reconciles; the quota has one of its own. */
export const RECONCILE_SCHEDULE = Symbol('RECONCILE_SCHEDULE');
