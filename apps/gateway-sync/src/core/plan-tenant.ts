import { awaitEndpoints } from './await-endpoints.js';
import { planDelivery } from './delivery-plan.js';
import { catalogueNews } from './catalogue-news.js';
import { resolveDesired, type Resolution } from './desired.js';
import { planEndpoints } from './endpoints-plan.js';
import type { OwnPart } from './ownership.js';
import type { Knowledge, Part } from './part.js';
import { makePlan, type Plan } from './plan.js';
import type { Problem } from './problem.js';
import { quotaEffect } from './quota-effect.js';
import { quotaProblems } from './quota-words.js';
import type { DesiredTenant, Observation, ObservedSubscription, ReadFailure } from './state.js';
import { planSubscriptions } from './subscriptions-plan.js';

export interface TenantPlan {
  readonly plan: Plan;
  /** For the ledger: what could be read speaks for itself, the rest stays as it was. */
  readonly parts: readonly OwnPart[];
}

/** Desired × observed × ledger, for everything that the file manages in one tenant. */
export function planTenant(tenant: DesiredTenant, observation: Observation, known: Knowledge): TenantPlan {
  const { subscriptions, configs, endpoints, failures = [] } = observation;
  const knowledge = withUnread(known, known.unread ?? unreadBecauseOf(observation));
  // Of subscriptions a guard judges it, which withholds the plan as a whole.
  const delivering = withUnread(knowledge, knowledge.unread ?? observation.incomplete);
  const resolution = resolve(tenant, observation, known);

  const parts: OwnPart[] = [
    { resources: ['subscription'], part: planSubscriptions(tenant, resolution, subscriptions, knowledge) },
  ];
  const svix = tenant.endpoints && endpoints && planEndpoints(tenant, endpoints, subscriptions, delivering);
  if (tenant.delivery && configs) {
    const part = planDelivery(tenant, configs, subscriptions, delivering);
    const waiting = tenant.endpoints ? awaitEndpoints(part, svix, endpoints) : part;
    parts.push({ resources: ['config', 'target'], part: waiting });
  }
  if (svix) parts.push({ resources: ['endpoint'], part: svix });
  const plan = makePlan(tenant.tenant, [...parts.map(({ part }) => part), remarksPart(failures, known.ledgerLost)]);
  return { plan: withEffect(plan, resolution, subscriptions, known), parts };
}

/** Not part of the checksum: a reviewed plan stays the same plan while events go on being sent. */
function withEffect(
  plan: Plan,
  { wanted }: Resolution,
  observed: readonly ObservedSubscription[],
  { rest }: Knowledge,
): Plan {
  const effect = rest && quotaEffect(plan, wanted, observed, rest);
  return effect ? { ...plan, effect, problems: [...plan.problems, ...quotaProblems(effect)] } : plan;
}

/** Of a reading that may lack something nothing is gone. */
function resolve(
  tenant: DesiredTenant,
  { subscriptions, incomplete }: Observation,
  { catalogue }: Knowledge,
): Resolution {
  const resolution = resolveDesired(tenant.subscriptions, subscriptions, tenant);
  const problems = [...resolution.problems, ...catalogueNews(tenant, subscriptions, catalogue)];
  return {
    ...resolution,
    problems: incomplete === undefined ? problems : problems.filter(({ kind }) => kind !== 'gone-event-type'),
  };
}

function withUnread(knowledge: Knowledge, unread: string | undefined): Knowledge {
  return unread === undefined ? knowledge : { ...knowledge, unread };
}

function unreadBecauseOf({ failures = [] }: Observation): string | undefined {
  return failures.length === 0 ? undefined : failures.map(({ error }) => error.message).join('; ');
}

/** Says what could not be read; the failure itself is the result's error. */
function remarksPart(failures: readonly ReadFailure[], ledgerLost: string | undefined): Part {
  const problems = failures.map(({ resource, error }): Problem => {
    const things = resource === 'config' ? 'delivery configs' : 'endpoints';
    const message = `${things} could not be read, so they stay as they are and nothing is removed: ${error.message}`;
    return { severity: 'warning', kind: 'unread', message, places: [], nearest: [] };
  });
  if (ledgerLost !== undefined) {
    const message = `without the ledger nothing is known to be ours, so nothing is removed and no secret is compared: ${ledgerLost}`;
    problems.push({ severity: 'error', kind: 'ledger-lost', message, places: [], nearest: [] });
  }
  return {
    actions: [],
    foreign: [],
    problems,
    managed: 0,
    unchanged: 0,
    claims: { matched: [], kept: new Set<string>() },
  };
}
