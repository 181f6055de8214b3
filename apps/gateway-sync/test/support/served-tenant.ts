import type { Portal, QuotaStatistics } from '../../src/core/ports.js';
import type { ObservedSubscription } from '../../src/core/state.js';
import type { ObservedConfig } from '../../src/core/delivery.js';
import { ModelServer, type Script } from './model-server.js';

/** What the platform says of a tenant beside its subscriptions; a function may throw instead. */
interface Service {
  readonly quota?: (month: string) => QuotaStatistics;
  readonly portal?: () => Portal;
}

/** A tenant with statistics and an Event Gateway. */
export class ServedTenant extends ModelServer {
  constructor(
    rows: readonly ObservedSubscription[],
    private readonly service: Service,
    script: Script = {},
  ) {
    super(rows, script);
  }

  override async readQuota(month: string): Promise<QuotaStatistics> {
    this.calls.push(`quota ${month}`);
    return this.service.quota?.(month) ?? { months: [] };
  }

  override async openPortal(): Promise<Portal> {
    this.calls.push('portal');
    return this.service.portal?.() ?? super.openPortal();
  }
}

/** One that delivers by a config of its own, which the statistics do not count. */
export class DeliveringByHttp extends ServedTenant {
  override async listConfigs(): Promise<readonly ObservedConfig[]> {
    this.calls.push('configs');
    return [{ code: 'own', provider: 'HTTP', active: true }];
  }
}
