import { expectTypeOf, it } from 'vitest';

import type {
  ConcealedEndpointSecret,
  EmporixApi,
  ErrorMessage,
  MultiStatusResult,
  Outcome,
  ServiceAnswer,
  ServiceApi,
  ServiceOutcome,
  ServiceProblem,
  ServiceTenantStatus,
  SubscriptionUpdateResult,
  SvixApi,
  SvixEndpoint,
  SvixOutcome,
} from '../src/index.js';

// The compiler is what runs these tests; the functions are never called.

function outcomes(outcome: Outcome<'updateSubscriptions'>): void {
  if (outcome.status === 207) expectTypeOf(outcome.body).toEqualTypeOf<SubscriptionUpdateResult[]>();
  if (outcome.status === 207) expectTypeOf(outcome.ok).toEqualTypeOf<true>();
  if (outcome.status === 500) expectTypeOf(outcome.ok).toEqualTypeOf<false>();
  if (outcome.status === 409) expectTypeOf(outcome.body).toEqualTypeOf<ErrorMessage>();
  if (outcome.status === 401 && 'fault' in outcome.body) {
    expectTypeOf(outcome.body.fault.faultstring).toEqualTypeOf<string>();
  }
  if (outcome.status === 429) expectTypeOf(outcome.undocumented).toEqualTypeOf<true>();
  if (outcome.undocumented) {
    expectTypeOf(outcome.status).toExtend<number>();
    expectTypeOf(outcome.body).toBeUnknown();
    return;
  }
  expectTypeOf(outcome.status).toEqualTypeOf<207 | 400 | 401 | 403 | 404 | 409 | 500>();
  // @ts-expect-error 418 is not documented
  if (outcome.status === 418) return;
}

function emptyBodies(outcome: Outcome<'deleteConfig'>): void {
  if (outcome.status === 204) expectTypeOf(outcome.body).toBeUndefined();
}

async function inputs(api: EmporixApi): Promise<void> {
  await api.request('listConfigs', {});
  await api.request('deleteConfig', { path: { code: 'x' } });
  // @ts-expect-error the code is missing
  await api.request('getConfig', {});
  // @ts-expect-error the body is missing
  await api.request('createConfig', {});
  // @ts-expect-error the tenant is the client's
  await api.request('listConfigs', { path: { tenant: 'other' } });
  // @ts-expect-error there is no such parameter
  await api.request('deleteConfig', { path: { code: 'x' }, query: { recursive: true } });
  // @ts-expect-error there is no such operation
  await api.request('renameConfig', {});
}

async function namedMethods({ webhooks }: EmporixApi): Promise<void> {
  expectTypeOf(await webhooks.updateSubscriptions([])).toEqualTypeOf<MultiStatusResult>();
  expectTypeOf(await webhooks.deleteConfig('x')).toBeVoid();
  // @ts-expect-error there is no such action
  await webhooks.updateSubscriptions([{ eventType: 'x', action: 'TOGGLE' }]);
  // @ts-expect-error there is no such provider
  await webhooks.createConfig({ code: 'x', provider: 'SMTP' });
  // @ts-expect-error SVIX needs its key
  await webhooks.createConfig({ code: 'x', provider: 'SVIX', configuration: {} });
}

function svixOutcomes(outcome: SvixOutcome<'replaceEndpoint'>): void {
  if (outcome.status === 200 || outcome.status === 201) expectTypeOf(outcome.body).toEqualTypeOf<SvixEndpoint>();
  if (outcome.status === 422) expectTypeOf(outcome.body.detail[0]?.msg).toEqualTypeOf<string | undefined>();
  if (outcome.status === 418) expectTypeOf(outcome.undocumented).toEqualTypeOf<true>();
}

async function svixInputs(api: SvixApi): Promise<void> {
  await api.request('listEndpoints', {});
  await api.request('logout', {});
  await api.request('createEndpoint', { body: { url: 'x' }, headers: { 'idempotency-key': 'k' } });
  // @ts-expect-error the endpoint is missing
  await api.request('getEndpoint', {});
  // @ts-expect-error the application is the client's
  await api.request('getApplication', { path: { appId: 'other' } });
  // @ts-expect-error a path without parameters takes none
  await api.request('logout', { path: { appId: 'other' } });
  // @ts-expect-error there is no such order
  await api.listEndpoints({ order: 'random' });
}

async function svixMethods(api: SvixApi): Promise<void> {
  expectTypeOf(await api.listAllEndpoints()).toEqualTypeOf<SvixEndpoint[]>();
  expectTypeOf(await api.getEndpointSecret('erp')).toEqualTypeOf<ConcealedEndpointSecret>();
  expectTypeOf(await api.deleteEndpoint('erp')).toBeVoid();
  await api.patchEndpoint('erp', { eventTypes: null, throttleRate: null });
  await api.patchEndpointHeaders('erp', { 'x-old': null });
  // @ts-expect-error only a patch removes headers
  await api.setEndpointHeaders('erp', { 'x-old': null });
  // @ts-expect-error an endpoint has a URL
  await api.createEndpoint({ uid: 'erp' });
  // @ts-expect-error a secret is set when an endpoint is made, or rotated
  await api.patchEndpoint('erp', { secret: 'whsec_x' });
}

function serviceOutcomes(outcome: ServiceOutcome<'syncTenant'>): void {
  if (outcome.status === 202) expectTypeOf(outcome.body.trigger).toEqualTypeOf<'manual'>();
  if (outcome.status === 409) expectTypeOf(outcome.body).toEqualTypeOf<ServiceProblem>();
  if (outcome.status === 418) expectTypeOf(outcome.undocumented).toEqualTypeOf<true>();
  expectTypeOf<ServiceAnswer<'getTenant'>>().toEqualTypeOf<ServiceTenantStatus>();
  expectTypeOf<ServiceAnswer<'resumeTenant'>>().toEqualTypeOf<undefined>();
  expectTypeOf<ServiceAnswer<'getMetrics'>>().toEqualTypeOf<string>();
}

async function serviceInputs(api: ServiceApi): Promise<void> {
  await api.request('reloadFile', {});
  await api.request('getTenant', { path: { tenant: 'acme' } });
  expectTypeOf(await api.listAllTenants()).toEqualTypeOf<ServiceTenantStatus[]>();
  // @ts-expect-error the tenant is missing
  await api.request('getTenant', {});
  // @ts-expect-error there is no such state
  await api.listTenants({ state: 'asleep' });
  // @ts-expect-error a reason is a text
  await api.pauseTenant('acme', { reason: 7 });
}

it.each([
  outcomes,
  emptyBodies,
  inputs,
  namedMethods,
  svixOutcomes,
  svixInputs,
  svixMethods,
  serviceOutcomes,
  serviceInputs,
])('the compiler accepts %o', (checked) => {
  expectTypeOf(checked).toBeFunction();
});
