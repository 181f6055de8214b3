import type { Logger } from 'pino';
import type { Settled } from '../core/notification-attempt.js';
import type { HeldMessage } from '../core/outbox.js';

/** What came of an attempt; neither the message nor the whole address, which may hold a token. */
export function logNotification(
  logger: Logger,
  { id, tenant, subject, attempts }: HeldMessage,
  { result, host }: { readonly result: Settled; readonly host: string },
): void {
  const sent = result.type === 'given_up' ? result.attempts : attempts;
  const fields = { tenant, notification: id, subject, host, attempts: sent, reason: result.reason };
  switch (result.type) {
    case 'delivered':
      return logger.info(fields, 'a notification was taken');
    case 'failed': {
      const seconds = Math.round(result.againMs / 1000);
      return logger.warn(fields, `a notification was not taken; it is sent again in ${seconds} s`);
    }
    case 'given_up':
      return logger.error(fields, 'a notification is given up: it is not sent again');
    default:
      return result satisfies never;
  }
}
