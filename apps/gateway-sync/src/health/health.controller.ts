import { Controller, Get } from '@nestjs/common';
import { HealthCheck, HealthCheckService, type HealthCheckResult } from '@nestjs/terminus';
import { HealthChecks } from './checks.js';

@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly checks: HealthChecks,
  ) {}

  @Get('livez')
  @HealthCheck()
  live(): Promise<HealthCheckResult> {
    return this.health.check([() => this.checks.scheduler()]);
  }

  @Get('readyz')
  @HealthCheck()
  ready(): Promise<HealthCheckResult> {
    return this.health.check([
      () => this.checks.fileInForce(),
      () => this.checks.database(),
      () => this.checks.firstPass(),
      () => this.checks.shutdown(),
    ]);
  }

  @Get('health')
  @HealthCheck()
  all(): Promise<HealthCheckResult> {
    return this.health.check([
      () => this.checks.scheduler(),
      () => this.checks.file(),
      () => this.checks.replicas(),
      () => this.checks.database(),
      () => this.checks.firstPass(),
      () => this.checks.shutdown(),
      () => this.checks.tenants(),
    ]);
  }
}
