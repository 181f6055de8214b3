import type { HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';
import type { Clock } from '../core/ports.js';
import type { Standing } from '../core/replica-ports.js';
import type { Pulse } from '../core/schedule.js';
import { toldToAnybody } from '../core/told-to-anybody.js';
import type { TenantStatus } from '../core/tenant-record.js';
import type { ReloadOutcome } from '../reload/outcome.js';
import type { DatabaseCheck } from './database-check.js';
import type { Lifecycle } from './lifecycle.js';

/** A heartbeat comes every second; one that is this old means that the process does nothing any more. */
const MAX_HEARTBEAT_AGE_MS = 60_000;
/** Longer than any run can take with all its timeouts and retries. */
const MAX_RUN_MS = 15 * 60_000;
/** Tenants named in one answer; the rest is counted. */
const MAX_NAMES = 100;

export interface HealthSources {
  /** By what they are for. */
  readonly schedules: Readonly<Record<string, () => Pulse>>;
  readonly statuses: () => readonly TenantStatus[];
  /** Tenants that nobody looked at yet. */
  readonly unseen: () => number;
  /** Whether another replica has a newer file, so that nothing is done here. */
  readonly standingBy: () => boolean;
  readonly lifecycle: Lifecycle;
  readonly clock: Clock;
  /** Absent: the service runs without a ledger. */
  readonly database?: Pick<DatabaseCheck, 'failure'>;
  /** The one in force. */
  readonly file: () => { readonly path: string };
  /** Absent: it was not read again so far. */
  readonly lastReload: () => ReloadOutcome | undefined;
  /** Since when it cannot be taken up as it is. */
  readonly rejectedSince: () => number | undefined;
  /** Among the other replicas; absent before it was heard of any. */
  readonly standing: () => Standing | undefined;
}

/** The questions behind `/livez`, `/readyz` and `/health`. Nothing upstream can make the process look dead. */
export class HealthChecks {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly sources: HealthSources,
  ) {}

  /** Down when a heartbeat stopped or a run hangs: a restart helps. */
  scheduler(): HealthIndicatorResult {
    const check = this.indicators.check('scheduler');
    const now = this.sources.clock.now();
    const schedules = Object.entries(this.sources.schedules).map(([name, pulse]) => {
      const { beatAt, oldestRunAt } = pulse();
      return { name, heartbeatAgeMs: now - beatAt, oldestRunMs: oldestRunAt === undefined ? 0 : now - oldestRunAt };
    });
    const stuck = schedules.filter(
      ({ heartbeatAgeMs, oldestRunMs }) => heartbeatAgeMs > MAX_HEARTBEAT_AGE_MS || oldestRunMs > MAX_RUN_MS,
    );
    const heartbeatAgeMs = Math.max(...schedules.map((one) => one.heartbeatAgeMs));
    const oldestRunMs = Math.max(...schedules.map((one) => one.oldestRunMs));
    if (stuck.length === 0) return check.up({ heartbeatAgeMs, oldestRunMs });
    return check.down({ heartbeatAgeMs, oldestRunMs, stuck: stuck.map(({ name }) => name) });
  }

  /** Down while the database does not answer: what is written meanwhile is not recorded, and nothing is removed. */
  async database(): Promise<HealthIndicatorResult> {
    const check = this.indicators.check('database');
    if (!this.sources.database) return check.up({ ledger: 'none' });
    const failure = await this.sources.database.failure();
    return failure ? check.down({ ...failure }) : check.up();
  }

  /**
   * Down until every tenant was read once since the start, or could not be. A replica that stands by has nothing to read:
   * it is ready to take over.
   */
  firstPass(): HealthIndicatorResult {
    const check = this.indicators.check('firstPass');
    if (this.sources.standingBy()) return check.up({ role: 'standby' });
    const pending = this.sources.unseen();
    return pending === 0 ? check.up() : check.down({ pending });
  }

  /** Down from the first signal on. */
  shutdown(): HealthIndicatorResult {
    const check = this.indicators.check('shutdown');
    return this.sources.lifecycle.stopping ? check.down({ message: 'shutting down' }) : check.up();
  }

  /** The last good file is enough. */
  fileInForce(): HealthIndicatorResult {
    return this.indicators.check('file').up({ path: this.sources.file().path });
  }

  /** Degraded while the file as it is now cannot be taken up: the last good one stays in force. */
  file(): HealthIndicatorResult {
    const check = this.indicators.check('file');
    const { path } = this.sources.file();
    const last = this.sources.lastReload();
    if (!last || last.type === 'applied' || last.type === 'unchanged') return check.up({ path });
    const lastAttempt = new Date(last.at).toISOString();
    const since = new Date(this.sources.rejectedSince() ?? last.at).toISOString();
    return check.degraded({ path, since, lastAttempt, ...whyNot(last) });
  }

  /** Standing by is nothing bad: somebody else looks after the tenants. */
  replicas(): HealthIndicatorResult {
    const check = this.indicators.check('replicas');
    const standing = this.sources.standing();
    if (!standing) return check.up({ role: 'unknown' });
    const { role, replicas, generation } = standing;
    return check.up({ role: role === 'leading' ? role : 'standby', replicas, generation });
  }

  /** Degraded, never down: a tenant in trouble is no reason to restart or to take the service out. */
  tenants(): HealthIndicatorResult {
    const check = this.indicators.check('tenants');
    const statuses = this.sources.statuses();
    const troubled = statuses.filter(isTroubled);
    if (troubled.length === 0) return check.up({ total: statuses.length });
    const named = troubled.slice(0, MAX_NAMES).map(({ tenant, state, consecutiveFailures, conditions, last }) => ({
      tenant,
      state,
      consecutiveFailures,
      ...(last?.error && { reason: toldToAnybody(last.error.message, last.ledgerError) }),
      conditions: conditions.map(({ type, status, reason, since }) => ({
        type,
        status,
        reason,
        since: new Date(since).toISOString(),
      })),
    }));
    return check.degraded({ total: statuses.length, degraded: troubled.length, tenants: named });
  }
}

/** Not as the file says, or about to be a problem: its ledger is lost, or its quota nearly used. */
function isTroubled({ state, conditions }: TenantStatus): boolean {
  const fails = conditions.some(({ type, status }) => (type === 'Ready' || type === 'QuotaOk') && status === 'false');
  return fails || (state !== 'in_sync' && state !== 'pending' && state !== 'paused');
}

/** Why a file was not taken up. */
function whyNot(outcome: Extract<ReloadOutcome, { readonly type: 'withheld' | 'invalid' | 'failed' }>): object {
  switch (outcome.type) {
    case 'invalid':
      return {
        message: `${outcome.problems.length} problem${outcome.problems.length === 1 ? '' : 's'}`,
        problems: outcome.problems.slice(0, MAX_NAMES).map(({ place, path, message, remedy }) => ({
          place,
          path,
          message,
          ...(remedy !== undefined && { remedy }),
        })),
      };
    case 'withheld':
      return { verdicts: outcome.verdicts };
    case 'failed':
      return { message: outcome.error.message };
    default:
      return outcome satisfies never;
  }
}
