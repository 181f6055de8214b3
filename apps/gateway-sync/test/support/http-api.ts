import 'reflect-metadata';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { Module } from '@nestjs/common';
import { HealthIndicatorService, TerminusModule } from '@nestjs/terminus';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { initialConditions } from '../../src/core/conditions.js';
import type { JsonObject } from '../../src/core/json.js';
import type { AuditRecord } from '../../src/core/ports.js';
import type { QuotaPolicy } from '../../src/core/quota-policy.js';
import type { QuotaUsage } from '../../src/core/quota.js';
import { Secret } from '../../src/core/secret.js';
import type { TenantStatus } from '../../src/core/tenant-record.js';
import { HealthChecks } from '../../src/health/checks.js';
import { DatabaseCheck } from '../../src/health/database-check.js';
import { HealthController } from '../../src/health/health.controller.js';
import { Lifecycle } from '../../src/health/lifecycle.js';
import { apiAccess } from '../../src/http/access.js';
import type { ApiSources, Paused, Reload } from '../../src/http/api-sources.js';
import { createHttpApp } from '../../src/http/http-app.js';
import { listenOn } from '../../src/http/listen-on.js';
import { HttpApiModule } from '../../src/http/http-api.module.js';
import { RATE_LIMITS, type RateLimits, TIMEOUTS, type Timeouts } from '../../src/http/limits.js';
import { Metrics } from '../../src/metrics/metrics.js';
import { MetricsController } from '../../src/metrics/metrics.controller.js';
import { nestLogger } from '../../src/nest-logger.js';
import type { ReloadOutcome } from '../../src/reload/outcome.js';
import type { Standing } from '../../src/core/replica-ports.js';
import type { WireAnswer } from './service-contract.js';
import { QUOTA_POLICY } from './values.js';

export const NOW = Date.UTC(2026, 10, 25, 1, 20);
export const TOKEN = 'canary-token-of-the-api';

/** What the service knows, as plain values; `failure` makes everything that reads the database reject. */
export class PlainSources implements ApiSources {
  failure: Error | undefined;
  hasLedger = true;
  /** What the clock of the service shows. */
  now = NOW;
  reloading: Reload = { type: 'loaded', changed: false, hash: 'sha256:1', added: [], removed: [], updated: [] };
  /** Whether some replica runs what is asked for. */
  isRun = true;
  readonly reports = new Map<string, JsonObject>();
  readonly records: AuditRecord[] = [];
  readonly quotaReadings: { readonly usage: QuotaUsage; readonly at: number }[] = [];
  /** What was asked for, in order. */
  readonly asked: (readonly unknown[])[] = [];
  readonly #statuses = new Map<string, TenantStatus>();

  put(...statuses: readonly TenantStatus[]): void {
    for (const status of statuses) this.#statuses.set(status.tenant, status);
  }
  statuses(): readonly TenantStatus[] {
    return [...this.#statuses.values()];
  }
  status(tenant: string): TenantStatus | undefined {
    return this.#statuses.get(tenant);
  }
  async report(tenant: string): Promise<JsonObject | undefined> {
    this.#answer();
    return this.reports.get(tenant);
  }
  async history(tenant: string, { limit, before }: { limit: number; before?: string }) {
    this.#answer();
    if (!this.hasLedger) return undefined;
    const older = this.records.filter(
      (record) => record.tenant === tenant && (before === undefined || Number(record.id) < Number(before)),
    );
    return older.toSorted((a, b) => Number(b.id) - Number(a.id)).slice(0, limit);
  }
  readonly policies = new Map<string, QuotaPolicy>();
  quotaPolicy(tenant: string): QuotaPolicy {
    return this.policies.get(tenant) ?? QUOTA_POLICY;
  }
  async readings(_tenant: string, from: number) {
    this.#answer();
    return this.quotaReadings.filter(({ at }) => at >= from);
  }
  async sync(tenant: string): Promise<boolean> {
    this.#answer('sync', tenant);
    return this.isRun;
  }
  async pause(tenant: string, by: string, reason: string | undefined): Promise<Paused> {
    this.#answer('pause', tenant, reason);
    const replaced = this.status(tenant)?.pause;
    return { pause: { at: NOW, by, ...(reason !== undefined && { reason }) }, ...(replaced && { replaced }) };
  }
  async resume(tenant: string): Promise<boolean> {
    this.#answer('resume', tenant);
    return this.isRun;
  }
  async reload(): Promise<Reload> {
    this.#answer('reload');
    return this.reloading;
  }

  #answer(...asked: readonly unknown[]): void {
    if (this.failure) throw this.failure;
    if (asked.length > 0) this.asked.push(asked);
  }
}

export function statusOf(tenant: string, overrides: Partial<TenantStatus> = {}): TenantStatus {
  return { tenant, state: 'pending', conditions: initialConditions(NOW), consecutiveFailures: 0, ...overrides };
}

export interface ApiBench {
  readonly sources: PlainSources;
  readonly url: string;
  readonly log: readonly string[];
  readonly ask: (method: string, path: string, more?: Ask) => Promise<WireAnswer>;
}

export interface Ask {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Without the token. */
  readonly anonymous?: boolean;
}

interface ApiOptions {
  /** null: the service has none. */
  readonly token?: string | null;
  readonly protectReads?: boolean;
  readonly limits?: Partial<RateLimits>;
  readonly timeouts?: Partial<Timeouts>;
  /** Of the schedule. */
  readonly beatAt?: number;
  readonly lastReload?: ReloadOutcome;
  readonly standing?: Standing;
}

/** Every route of the document on a free port, over plain sources; ends with the test. */
export async function serveApi(options: ApiOptions = {}): Promise<ApiBench> {
  const sources = new PlainSources();
  const log: string[] = [];
  const logger = pino({ level: 'trace' }, { write: (line: string) => void log.push(line) });
  const clock = { now: () => sources.now };
  const lifecycle = new Lifecycle();
  const beat = { beatAt: options.beatAt ?? NOW };

  @Module({
    imports: [
      TerminusModule.forRoot({ logger: false }),
      HttpApiModule.forRootAsync({ useFactory: () => ({ sources, clock }) }),
    ],
    controllers: [HealthController, MetricsController],
    providers: [
      { provide: Metrics, useValue: new Metrics({ version: '0.0.0', revision: 'test' }, { now: () => NOW }) },
      {
        provide: HealthChecks,
        inject: [HealthIndicatorService],
        useFactory: (indicators: HealthIndicatorService) =>
          new HealthChecks(indicators, {
            schedules: { reconcile: () => beat, quota: () => beat },
            statuses: () => sources.statuses(),
            unseen: () => sources.statuses().filter(({ state }) => state === 'pending').length,
            standingBy: () => false,
            lifecycle,
            clock,
            file: () => ({ path: 'shops.yaml' }),
            lastReload: () => options.lastReload,
            rejectedSince: () => options.lastReload?.at,
            standing: () => options.standing,
            database: new DatabaseCheck({ ping: async () => void (await sources.report('acme')) }, logger),
          }),
      },
    ],
  })
  class ApiTestModule {}

  const token = options.token === undefined ? TOKEN : options.token;
  const app = await createHttpApp(
    { module: ApiTestModule },
    {
      access: apiAccess({
        protectReads: options.protectReads ?? false,
        ...(token !== null && { apiToken: new Secret(token) }),
      }),
      logger,
      nestLogger: nestLogger(logger),
      limits: { ...RATE_LIMITS, mutationsPerMinute: 1_000_000, ...options.limits },
      timeouts: { ...TIMEOUTS, ...options.timeouts },
    },
  );
  const { url } = await listenOn(app, { port: 0, host: '127.0.0.1' });
  onTestFinished(() => app.close());
  return {
    sources,
    url,
    log,
    ask: async (method, path, { headers, body, anonymous = false } = {}) => {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { ...(!anonymous && token !== null && { authorization: `Bearer ${token}` }), ...headers },
        ...(body !== undefined && { body }),
      });
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        text: await response.text(),
      };
    },
  };
}

/** Sends bytes as they are and reads until the server hangs up. */
export async function sendRaw(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(bytes, 'latin1');
  return text(socket).catch(() => '');
}

/** The first answer in what a server sent. */
export function parseRaw(raw: string): WireAnswer | undefined {
  const [head = '', ...body] = raw.split('\r\n\r\n');
  const [line = '', ...lines] = head.split('\r\n');
  const status = /^HTTP\/1\.1 (\d{3}) /.exec(line)?.[1];
  if (status === undefined) return undefined;
  const headers = Object.fromEntries(
    lines.map((each) => [each.slice(0, each.indexOf(':')).toLowerCase(), each.slice(each.indexOf(':') + 1).trim()]),
  );
  const sent = body.join('\r\n\r\n');
  const length = headers['content-length'];
  return { status: Number(status), headers, text: length === undefined ? sent : sent.slice(0, Number(length)) };
}
