import type { AttemptEvent } from '@gateway-sync/api';
import { createGatewayFactory } from '../adapters/emporix/index.js';
import { type Code, CODES } from '../metrics/definitions.js';
import type { Metrics } from '../metrics/metrics.js';
import type { ServiceSetup } from '../service-setup.js';
import type { FleetTenant } from './fleet.js';

/** Every tenant of the file with its connection; each request is counted. */
export class Gateways {
  readonly all: readonly FleetTenant[];

  constructor({ file, build }: ServiceSetup, metrics: Metrics) {
    const factory = createGatewayFactory(file, {
      userAgent: `gateway-sync/${build.version}`,
      hooks: {
        onAttempt: (event) =>
          metrics.attempted({
            upstream: event.upstream,
            operation: event.operationId,
            code: codeOf(event),
            durationMs: event.durationMs,
          }),
      },
    });
    this.all = file.tenants.map((desired) => ({ desired, gateway: factory.for(desired) }));
  }
}

function codeOf({ status, outcome }: AttemptEvent): Code {
  if (status === undefined) return outcome === 'timeout' || outcome === 'aborted' ? outcome : 'connection';
  const exact = String(status);
  const known = CODES.find((code) => code === exact);
  return known ?? CODES.find((code) => code === `${exact[0]}xx`) ?? '5xx';
}
