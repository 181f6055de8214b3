import { endpointDetails } from './endpoint-details.js';
import type { EndpointReading, ObservedEndpoint } from './endpoint.js';
import { GatewayError } from './errors.js';
import type { Knowledge } from './part.js';
import type { EndpointGateway, Gateway } from './ports.js';
import type { DesiredTenant, Observation, ReadFailure } from './state.js';

/**
 * Reads what the file manages: the subscriptions always, delivery configs and endpoints where the file names them. Throws
 * when the subscriptions cannot be read; what else cannot be read stands in `failures`.
 */
export async function observe(
  tenant: DesiredTenant,
  gateway: Gateway,
  knowledge: Knowledge,
  signal: AbortSignal,
): Promise<Observation> {
  const [subscriptions, configs, endpoints] = await Promise.allSettled([
    gateway.listSubscriptions(signal),
    tenant.delivery ? gateway.listConfigs(signal) : undefined,
    tenant.endpoints && gateway.endpoints ? readEndpoints(tenant, gateway.endpoints, knowledge, signal) : undefined,
  ]);
  if (subscriptions.status === 'rejected') throw subscriptions.reason;
  const failures: ReadFailure[] = [];
  const read = <Value>(resource: ReadFailure['resource'], result: PromiseSettledResult<Value>): Value | undefined => {
    if (result.status === 'fulfilled') return result.value;
    signal.throwIfAborted();
    if (!(result.reason instanceof GatewayError)) throw result.reason;
    failures.push({ resource, error: result.reason });
    return undefined;
  };
  const readConfigs = read('config', configs);
  const readings = read('endpoint', endpoints);
  return {
    ...subscriptions.value,
    ...(readConfigs && { configs: readConfigs }),
    ...(readings && { endpoints: readings }),
    ...(failures.length > 0 && { failures }),
  };
}

async function readEndpoints(
  tenant: DesiredTenant,
  gateway: EndpointGateway,
  knowledge: Knowledge,
  signal: AbortSignal,
): Promise<EndpointReading> {
  const reading = await gateway.list(signal);
  const wishes = endpointDetails(tenant, reading, knowledge);
  const endpoints: ObservedEndpoint[] = [];
  for (const endpoint of reading.endpoints) {
    const wish = wishes.get(endpoint.id);
    endpoints.push(wish ? { ...endpoint, ...(await gateway.details(endpoint.id, wish, signal)) } : endpoint);
  }
  return { ...reading, endpoints };
}
