import type { Logger } from 'pino';
import type { QuotaLook } from '../core/quota-look.js';
import type { Shedding } from '../core/quota-policy.js';

/** Thresholds once each, whichever replica reads it, and what is given up from now on. */
export function logLook(logger: Logger, { usage, state, reached, isShedOther }: QuotaLook, shedding: Shedding): void {
  for (const threshold of reached) {
    const { month, used, limit } = usage ?? {};
    logger.warn({ month, used, limit, threshold }, `${threshold} % of the month's events are used`);
  }
  if (!isShedOther) return;
  const { shed } = state;
  if (!shed) return logger.info({ shedding }, 'nothing is given up any more for want of quota');
  const verb = shedding === 'enforce' ? 'are' : 'should be';
  logger.warn(
    { shedding, month: shed.month, priority: shed.priority },
    `event types of priority ${shed.priority} and less important ones ${verb} given up: the quota runs out`,
  );
}
