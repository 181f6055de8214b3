export { createEmporixApi, type EmporixApi, type EmporixApiOptions } from './client.js';
export type { StatisticsRange, WebhooksApi } from './webhooks.js';
export { createSvixApi, type SvixApiOptions } from './svix/svix-client.js';
export type { EventTypeQuery, KeyedCallOptions, MessageQuery, StatsRange, SvixApi } from './svix/svix-api.js';
export type { PageRequest } from './svix/all-pages.js';
export type { SvixOperationInput, SvixOutcome } from './svix/svix-document.js';
export { createServiceApi, type ServiceApiOptions } from './gateway-sync/service-client.js';
export type { CursorRequest, ServiceApi, TenantFilter } from './gateway-sync/service-api.js';
export type { ServiceAnswer, ServiceOperationInput, ServiceOutcome } from './gateway-sync/service-document.js';
export {
  createDocumentApi,
  type DocumentApi,
  type DocumentApiOptions,
  type DocumentDescription,
} from './document-api/document-api.js';
export { appIdOfLoginUrl, chooseSvixServer, type SvixServer, type SvixServerHints } from './svix/svix-server.js';
export { eventTypesOf, throttleRateOf } from './svix/endpoint-fields.js';
export { ConcealedEndpointSecret } from './concealed-endpoint-secret.js';
export type { CallOptions } from './service.js';
export type { ConnectionOptions } from './settings.js';
export type { Fetch } from './fetch-exchange.js';
export type { Clock } from './clock.js';
export { systemClock } from './clock.js';
export { createConcurrencyLimiter, type Limiter } from './limiter.js';
export type { RetryPolicy } from './retry/retry-policy.js';
export { retryAfterMs } from './retry/retry-after.js';
export type { ApiHooks, AttemptEvent, AttemptOutcome, CallEvent, CallOutcome, TokenEvent, Upstream } from './hooks.js';

export { AccessToken } from './token/access-token.js';
export type { ClientCredentials, TokenProvider } from './token/token-provider.js';
export type { GivenToken } from './token/given-token.js';
export { createTokenProvider } from './token/create-token-provider.js';

export type { CallMeta } from './reading.js';
export type { HttpStatus, UndocumentedOutcome } from './outcome.js';
export type { DocumentedOutcome, DocumentedStatus, OperationInput, Outcome, ResponseBody } from './webhook-document.js';
export { MultiStatusResult, type ItemState, type MultiStatusItem } from './multi-status.js';

export type { Problem } from './problem.js';
export { ApiError, type ApiErrorCode } from './errors/api-error.js';
export {
  ApiStatusError,
  BadRequestError,
  ConflictError,
  ForbiddenError,
  NotFoundError,
  RateLimitedError,
  ServerError,
  UnauthorizedError,
  UnexpectedStatusError,
} from './errors/status-errors.js';
export {
  AbortedError,
  ApiTransportError,
  ConnectionError,
  ResponseTooLargeError,
  TimeoutError,
} from './errors/transport-errors.js';
export { InvalidArgumentError } from './errors/invalid-argument-error.js';
export { MultiStatusError } from './errors/multi-status-error.js';
export { ResponseFormatError } from './errors/response-format-error.js';
export { TokenError } from './errors/token-error.js';

export { BodyMemo } from './body-memo.js';
export { operations, type OperationId } from './generated/emporix-webhook/operations.js';
export type { OperationDescription, RetryClass } from './generated/operation.js';
export { subscriptionActionValues, subscriptionStateValues } from './generated/emporix-webhook/enums.js';
export type {
  AccessError,
  Config,
  ConfigCreated,
  ConfigCreation,
  ConfigPatchOperation,
  ConfigReplacement,
  ConfigurationWrite,
  DashboardAccess,
  EmptyConfiguration,
  ErrorMessage,
  EventDescription,
  EventSchema,
  EventSubscription,
  GatewayFault,
  HttpConfig,
  HttpConfigCreation,
  HttpConfigReplacement,
  HttpConfiguration,
  HttpConfigurationView,
  HttpHeaders,
  HttpHeaderValue,
  LocalizedText,
  MonthStatistics,
  Statistics,
  SubscriptionAction,
  SubscriptionMetadata,
  SubscriptionState,
  SubscriptionUpdate,
  SubscriptionUpdateMetadata,
  SubscriptionUpdateResult,
  SvixConfig,
  SvixConfigCreation,
  SvixConfigReplacement,
  SvixConfiguration,
  SvixSharedConfig,
  SvixSharedConfigCreation,
  SvixSharedConfigReplacement,
  TargetView,
  TargetWrite,
} from './generated/emporix-webhook/types.js';

export { operations as svixOperations, type OperationId as SvixOperationId } from './generated/svix/operations.js';
export type {
  Application as SvixApplication,
  BackgroundTask as SvixBackgroundTask,
  Endpoint as SvixEndpoint,
  EndpointCreation as SvixEndpointCreation,
  EndpointHeaders as SvixEndpointHeaders,
  EndpointPage as SvixEndpointPage,
  EndpointPatch as SvixEndpointPatch,
  EndpointReplacement as SvixEndpointReplacement,
  EndpointStats as SvixEndpointStats,
  EventType as SvixEventType,
  EventTypePage as SvixEventTypePage,
  ExampleRequest as SvixExampleRequest,
  Message as SvixMessage,
  MessagePage as SvixMessagePage,
  RecoveryRequest as SvixRecoveryRequest,
  SecretRotation as SvixSecretRotation,
} from './generated/svix/types.js';

export {
  operations as serviceOperations,
  type OperationId as ServiceOperationId,
} from './generated/gateway-sync/operations.js';
export {
  problemCodeValues as serviceProblemCodeValues,
  tenantStateValues as serviceTenantStateValues,
} from './generated/gateway-sync/enums.js';
export type {
  Change as ServiceChange,
  ChangePage as ServiceChangePage,
  ChangeRecord as ServiceChangeRecord,
  Condition as ServiceCondition,
  ForecastError as ServiceForecastError,
  HealthReport as ServiceHealthReport,
  PauseRequest as ServicePauseRequest,
  PlacedProblem as ServicePlacedProblem,
  PlanReport as ServicePlanReport,
  Problem as ServiceProblem,
  ProblemCode as ServiceProblemCode,
  QuotaEffect as ServiceQuotaEffect,
  QuotaFailure as ServiceQuotaFailure,
  QuotaForecast as ServiceQuotaForecast,
  QuotaReading as ServiceQuotaReading,
  QuotaReport as ServiceQuotaReport,
  QuotaState as ServiceQuotaState,
  ReloadReport as ServiceReloadReport,
  RunSummary as ServiceRunSummary,
  SyncAccepted as ServiceSyncAccepted,
  TenantPage as ServiceTenantPage,
  TenantPause as ServiceTenantPause,
  TenantState as ServiceTenantState,
  TenantStatus as ServiceTenantStatus,
} from './generated/gateway-sync/types.js';
