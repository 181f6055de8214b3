import type { Logger } from 'pino';
import type { Notice } from '../core/notification.js';
import type { QuotaLook } from '../core/quota-look.js';
import { hasSheddable } from '../core/shed-reach.js';
import type { DesiredTenant } from '../core/state.js';

/** What is to be told once, whichever replica reads it, and what is given up from now on. */
export function logLook(logger: Logger, { usage, state, news, isShedOther }: QuotaLook, tenant: DesiredTenant): void {
  const { month, used, limit } = usage ?? {};
  for (const notice of news) logNotice(logger, notice, { month, used, limit }, state.forecast);
  if (!isShedOther) return;
  const { shed } = state;
  const { shed: shedding } = tenant.quota;
  if (!shed) return logger.info({ shedding }, 'nothing is given up any more for want of quota');
  if (!hasSheddable(tenant, shed.priority)) {
    const from = `priority ${shed.priority} or a higher number`;
    return logger.warn({ shedding, month: shed.month }, `the quota runs out, and nothing has ${from} to be given up`);
  }
  const verb = shedding === 'enforce' ? 'are' : 'should be';
  logger.warn(
    { shedding, month: shed.month, priority: shed.priority },
    `event types of priority ${shed.priority} and less important ones ${verb} given up: the quota runs out`,
  );
}

function logNotice(
  logger: Logger,
  { type, threshold }: Notice,
  fields: object,
  forecast: QuotaLook['state']['forecast'],
): void {
  switch (type) {
    case 'quota.threshold_reached':
      return logger.warn({ ...fields, threshold }, `${threshold} % of the month's events are used`);
    case 'quota.exhausted':
      return logger.warn({ ...fields, threshold }, "all of the month's events are used");
    case 'quota.exhaustion_forecast': {
      const { projected, exhaustedAt } = forecast ?? {};
      const at = exhaustedAt === undefined ? {} : { exhaustedAt: new Date(exhaustedAt).toISOString() };
      return logger.warn({ ...fields, projected, ...at }, "the month's events are forecast to run out before it ends");
    }
    default:
      return type satisfies never;
  }
}
