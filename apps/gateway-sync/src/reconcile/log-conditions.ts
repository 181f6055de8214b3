import type { Logger } from 'pino';
import type { Condition, Conditions, ConditionType } from '../core/conditions.js';

/** Which status of a condition needs nobody. */
const GOOD: Readonly<Record<ConditionType, Condition['status']>> = {
  Ready: 'true',
  Synced: 'true',
  Drifted: 'false',
  Blocked: 'false',
  Contended: 'false',
  CatalogueOk: 'true',
  QuotaOk: 'true',
};

/**
 * One line for each condition that took on another status. What went wrong is a warning of its own, see `logResult`; that a
 * new tenant is in order is no news.
 */
export function logConditions(logger: Logger, before: Conditions, after: Conditions): void {
  for (const { type, status, reason, message } of after) {
    const previous = before.find((condition) => condition.type === type)?.status;
    if (previous === status) continue;
    const fields = { condition: type, status, reason, ...(message !== '' && { message }) };
    const told = `condition ${type} is ${status}: ${reason}`;
    logger[previous === 'unknown' && status === GOOD[type] ? 'debug' : 'info'](fields, told);
  }
}
