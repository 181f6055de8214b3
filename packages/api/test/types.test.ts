import { expectTypeOf, it } from 'vitest';

import type { EmporixApi, ErrorMessage, MultiStatusResult, Outcome, SubscriptionUpdateResult } from '../src/index.js';

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

it.each([outcomes, emptyBodies, inputs, namedMethods])('the compiler accepts %o', (checked) => {
  expectTypeOf(checked).toBeFunction();
});
