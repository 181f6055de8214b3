import type { Logger } from 'pino';
import { GatewayError } from '../core/errors.js';
import { type KnownShares, sharesToRead } from '../core/event-shares.js';
import type { Gateway } from '../core/ports.js';

/**
 * How the newest events of a tenant spread over the event types, where its endpoints are managed. A reading of the quota
 * does not depend on it: what fails leaves what was known.
 */
export async function eventShares(
  { endpoints }: Pick<Gateway, 'endpoints'>,
  { known, now }: { readonly known: KnownShares; readonly now: number },
  logger: Pick<Logger, 'debug'>,
  signal: AbortSignal,
): Promise<KnownShares> {
  if (!endpoints) return {};
  const range = sharesToRead(known, now);
  if (!range) return known;
  try {
    const counted = await endpoints.countEvents(range, signal);
    return { ...(counted && { shares: counted }), sharesAskedAt: now };
  } catch (error) {
    if (signal.aborted || !(error instanceof GatewayError)) throw error;
    logger.debug({ transient: error.transient, error: error.message }, 'the events could not be counted by type');
    return { ...known, sharesAskedAt: now };
  }
}
