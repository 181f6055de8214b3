import { planTenant } from '../../src/core/plan-tenant.js';
import type { Plan } from '../../src/core/plan.js';
import type { SubscriptionAction } from '../../src/core/action.js';
import type { Knowledge } from '../../src/core/part.js';
import type { DesiredTenant, Observation, ObservedSubscription } from '../../src/core/state.js';
import { INSTANCE } from './values.js';

/** The plan for a reading of subscriptions alone. */
export function planFor(
  desired: DesiredTenant,
  observed: readonly ObservedSubscription[],
  knowledge: Partial<Knowledge> = {},
): Plan {
  return planFrom(desired, { subscriptions: observed }, knowledge);
}

export function planFrom(desired: DesiredTenant, observation: Observation, knowledge: Partial<Knowledge> = {}): Plan {
  return planTenant(desired, observation, { instance: INSTANCE, ...knowledge }).plan;
}

/** The actions of a plan that is about subscriptions alone. */
export function subscriptionActions({ actions }: Plan): SubscriptionAction[] {
  return actions.map((action) => {
    if (action.resource !== 'subscription') throw new Error(`the plan has ${action.id} too`);
    return action;
  });
}
