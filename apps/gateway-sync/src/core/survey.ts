import type { ObservedConfig } from './delivery.js';
import { hasBothMarks } from './endpoint-marks.js';
import type { EndpointReading, ObservedEndpoint } from './endpoint.js';
import { GatewayError, UnavailableError } from './errors.js';
import type { EndpointGateway, Gateway } from './ports.js';
import type { Observation, ReadFailure } from './state.js';

/**
 * Reads all that a tenant has, whatever the file manages. Svix is asked where the active config delivers
 * through it. Throws when the subscriptions cannot be read whole; what else cannot be read stands in `failures`.
 */
export async function survey(instance: string, gateway: Gateway, signal: AbortSignal): Promise<Observation> {
  const { subscriptions, incomplete } = await gateway.listSubscriptions(signal);
  if (incomplete !== undefined) {
    throw new UnavailableError(`the subscriptions could not be read whole: ${incomplete}`, {
      operation: 'listSubscriptions',
    });
  }
  const failures: ReadFailure[] = [];
  const attempt = async <Value>(resource: ReadFailure['resource'], read: () => Promise<Value>) => {
    try {
      return await read();
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof GatewayError)) throw error;
      failures.push({ resource, error });
      return undefined;
    }
  };

  const configs = await attempt('config', () => gateway.listConfigs(signal));
  const svix = configs?.some(deliversThroughSvix) === true ? gateway.endpoints : undefined;
  const endpoints = svix && (await attempt('endpoint', () => readEndpoints(svix, instance, signal)));
  return {
    subscriptions,
    ...(configs && { configs }),
    ...(endpoints && { endpoints }),
    ...(failures.length > 0 && { failures }),
  };
}

export function deliversThroughSvix({ active, provider }: ObservedConfig): boolean {
  return active && provider !== 'HTTP';
}

/** With the headers of ours; those of others are nobody's business. */
async function readEndpoints(
  gateway: EndpointGateway,
  instance: string,
  signal: AbortSignal,
): Promise<EndpointReading> {
  const reading = await gateway.list(signal);
  const endpoints: ObservedEndpoint[] = [];
  for (const endpoint of reading.endpoints) {
    const details = hasBothMarks(endpoint, instance)
      ? await gateway.details(endpoint.id, { headers: true, secret: false }, signal)
      : {};
    endpoints.push({ ...endpoint, ...details });
  }
  return { ...reading, endpoints };
}
