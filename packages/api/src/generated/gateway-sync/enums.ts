// Made from specs/gateway-sync.yaml by `pnpm generate`. Do not edit: change the source and run it again.

import type * as types from './types.js';

export const changeReasonValues = ['missing', 'changed', 'removed', 'drift', 'shed', 'restore', 'adopted'] as const satisfies readonly types.ChangeReason[];
export type ChangeReason = (typeof changeReasonValues)[number];
export const ChangeReason = {
  missing: 'missing',
  changed: 'changed',
  removed: 'removed',
  drift: 'drift',
  shed: 'shed',
  restore: 'restore',
  adopted: 'adopted',
} as const satisfies Record<string, types.ChangeReason>;

export const changeStatusValues = ['applied', 'unverified', 'not-applied', 'conflict', 'failed', 'rejected', 'unreachable', 'contended', 'skipped'] as const satisfies readonly types.ChangeStatus[];
export type ChangeStatus = (typeof changeStatusValues)[number];
export const ChangeStatus = {
  applied: 'applied',
  unverified: 'unverified',
  'not-applied': 'not-applied',
  conflict: 'conflict',
  failed: 'failed',
  rejected: 'rejected',
  unreachable: 'unreachable',
  contended: 'contended',
  skipped: 'skipped',
} as const satisfies Record<string, types.ChangeStatus>;

export const changeTypeValues = ['create', 'update', 'delete'] as const satisfies readonly types.ChangeType[];
export type ChangeType = (typeof changeTypeValues)[number];
export const ChangeType = {
  create: 'create',
  update: 'update',
  delete: 'delete',
} as const satisfies Record<string, types.ChangeType>;

export const conditionStatusValues = ['true', 'false', 'unknown'] as const satisfies readonly types.ConditionStatus[];
export type ConditionStatus = (typeof conditionStatusValues)[number];
export const ConditionStatus = {
  true: 'true',
  false: 'false',
  unknown: 'unknown',
} as const satisfies Record<string, types.ConditionStatus>;

export const conditionTypeValues = ['Ready', 'Synced', 'Drifted', 'Blocked', 'Contended', 'CatalogueOk', 'QuotaOk'] as const satisfies readonly types.ConditionType[];
export type ConditionType = (typeof conditionTypeValues)[number];
export const ConditionType = {
  Ready: 'Ready',
  Synced: 'Synced',
  Drifted: 'Drifted',
  Blocked: 'Blocked',
  Contended: 'Contended',
  CatalogueOk: 'CatalogueOk',
  QuotaOk: 'QuotaOk',
} as const satisfies Record<string, types.ConditionType>;

export const effectSourceValues = ['observed', 'weight', 'unknown'] as const satisfies readonly types.EffectSource[];
export type EffectSource = (typeof effectSourceValues)[number];
export const EffectSource = {
  observed: 'observed',
  weight: 'weight',
  unknown: 'unknown',
} as const satisfies Record<string, types.EffectSource>;

export const forecastBasisValues = ['elapsed', 'rate', 'weekly'] as const satisfies readonly types.ForecastBasis[];
export type ForecastBasis = (typeof forecastBasisValues)[number];
export const ForecastBasis = {
  elapsed: 'elapsed',
  rate: 'rate',
  weekly: 'weekly',
} as const satisfies Record<string, types.ForecastBasis>;

export const healthCheckStatusValues = ['up', 'down', 'degraded'] as const satisfies readonly types.HealthCheckStatus[];
export type HealthCheckStatus = (typeof healthCheckStatusValues)[number];
export const HealthCheckStatus = {
  up: 'up',
  down: 'down',
  degraded: 'degraded',
} as const satisfies Record<string, types.HealthCheckStatus>;

export const healthStatusValues = ['ok', 'degraded', 'error', 'shutting_down'] as const satisfies readonly types.HealthStatus[];
export type HealthStatus = (typeof healthStatusValues)[number];
export const HealthStatus = {
  ok: 'ok',
  degraded: 'degraded',
  error: 'error',
  shutting_down: 'shutting_down',
} as const satisfies Record<string, types.HealthStatus>;

export const modeValues = ['enforce', 'observe'] as const satisfies readonly types.Mode[];
export type Mode = (typeof modeValues)[number];
export const Mode = {
  enforce: 'enforce',
  observe: 'observe',
} as const satisfies Record<string, types.Mode>;

export const outcomeValues = ['in-sync', 'changed', 'drifted', 'partial', 'blocked', 'failed'] as const satisfies readonly types.Outcome[];
export type Outcome = (typeof outcomeValues)[number];
export const Outcome = {
  'in-sync': 'in-sync',
  changed: 'changed',
  drifted: 'drifted',
  partial: 'partial',
  blocked: 'blocked',
  failed: 'failed',
} as const satisfies Record<string, types.Outcome>;

export const problemCodeValues = ['invalid-request', 'unauthorized', 'api-closed', 'unknown-tenant', 'tenant-gone', 'unknown-path', 'no-run-yet', 'no-ledger', 'method-not-allowed', 'request-timeout', 'paused', 'withheld', 'too-large', 'unsupported-media-type', 'invalid-file', 'too-many-requests', 'headers-too-large', 'internal-error', 'database-lost'] as const satisfies readonly types.ProblemCode[];
export type ProblemCode = (typeof problemCodeValues)[number];
export const ProblemCode = {
  'invalid-request': 'invalid-request',
  unauthorized: 'unauthorized',
  'api-closed': 'api-closed',
  'unknown-tenant': 'unknown-tenant',
  'tenant-gone': 'tenant-gone',
  'unknown-path': 'unknown-path',
  'no-run-yet': 'no-run-yet',
  'no-ledger': 'no-ledger',
  'method-not-allowed': 'method-not-allowed',
  'request-timeout': 'request-timeout',
  paused: 'paused',
  withheld: 'withheld',
  'too-large': 'too-large',
  'unsupported-media-type': 'unsupported-media-type',
  'invalid-file': 'invalid-file',
  'too-many-requests': 'too-many-requests',
  'headers-too-large': 'headers-too-large',
  'internal-error': 'internal-error',
  'database-lost': 'database-lost',
} as const satisfies Record<string, types.ProblemCode>;

export const resourceValues = ['subscription', 'config', 'target', 'endpoint'] as const satisfies readonly types.Resource[];
export type Resource = (typeof resourceValues)[number];
export const Resource = {
  subscription: 'subscription',
  config: 'config',
  target: 'target',
  endpoint: 'endpoint',
} as const satisfies Record<string, types.Resource>;

export const severityValues = ['error', 'warning', 'note'] as const satisfies readonly types.Severity[];
export type Severity = (typeof severityValues)[number];
export const Severity = {
  error: 'error',
  warning: 'warning',
  note: 'note',
} as const satisfies Record<string, types.Severity>;

export const sheddingModeValues = ['advise', 'enforce'] as const satisfies readonly types.SheddingMode[];
export type SheddingMode = (typeof sheddingModeValues)[number];
export const SheddingMode = {
  advise: 'advise',
  enforce: 'enforce',
} as const satisfies Record<string, types.SheddingMode>;

export const tenantStateValues = ['pending', 'in_sync', 'drifted', 'partial', 'blocked', 'failing', 'paused'] as const satisfies readonly types.TenantState[];
export type TenantState = (typeof tenantStateValues)[number];
export const TenantState = {
  pending: 'pending',
  in_sync: 'in_sync',
  drifted: 'drifted',
  partial: 'partial',
  blocked: 'blocked',
  failing: 'failing',
  paused: 'paused',
} as const satisfies Record<string, types.TenantState>;

export const triggerValues = ['interval', 'config', 'manual', 'retry', 'command', 'quota'] as const satisfies readonly types.Trigger[];
export type Trigger = (typeof triggerValues)[number];
export const Trigger = {
  interval: 'interval',
  config: 'config',
  manual: 'manual',
  retry: 'retry',
  command: 'command',
  quota: 'quota',
} as const satisfies Record<string, types.Trigger>;

export const unknownQuotaReasonValues = ['not-counted', 'incomplete'] as const satisfies readonly types.UnknownQuotaReason[];
export type UnknownQuotaReason = (typeof unknownQuotaReasonValues)[number];
export const UnknownQuotaReason = {
  'not-counted': 'not-counted',
  incomplete: 'incomplete',
} as const satisfies Record<string, types.UnknownQuotaReason>;
