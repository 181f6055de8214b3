import { RESOURCES, STEPS, type Action, type Resource } from './action.js';
import { planChecksum } from './checksum.js';
import type { GivenUp } from './given-up.js';
import type { Foreign, Part } from './part.js';
import type { Problem } from './problem.js';
import type { QuotaEffect } from './quota-effect.js';
import type { TenantName } from './state.js';

/** What turns the observed state into the desired one, and what was seen on the way. A pure value. */
export interface Plan {
  readonly tenant: TenantName;
  /** In the order of applying, see `STEPS`. */
  readonly actions: readonly Action[];
  /** There, not named by the file, and left alone. */
  readonly foreign: readonly Foreign[];
  readonly problems: readonly Problem[];
  /** Absent while the quota asks for nothing. */
  readonly givenUp?: GivenUp;
  /** What it does to the quota of the month; absent while nobody knows the rest of it, or nothing comes or goes. */
  readonly effect?: QuotaEffect;
  /** Things that the file names and the tenant has or is to get. */
  readonly managed: Readonly<Record<Resource, number>>;
  /** Those that are as desired. */
  readonly unchanged: number;
  /** SHA-256 of what the actions do; the same for equal inputs in any order. */
  readonly checksum: string;
}

/** One plan out of what each kind of thing contributes. */
export function makePlan(tenant: TenantName, parts: readonly Part[]): Plan {
  const actions = inOrder(parts.flatMap((part) => part.actions));
  const givenUp = parts.find((part) => part.givenUp)?.givenUp;
  return {
    tenant,
    actions,
    foreign: parts.flatMap((part) => part.foreign),
    problems: parts.flatMap((part) => part.problems),
    ...(givenUp && { givenUp }),
    managed: managedOf(parts),
    unchanged: parts.reduce((sum, part) => sum + part.unchanged, 0),
    checksum: planChecksum(tenant, actions),
  };
}

/** By step and resource; within those as the part has them, which is by name. */
function inOrder(actions: readonly Action[]): Action[] {
  return actions.toSorted((a, b) => rank(a) - rank(b));
}

function rank({ step, resource }: Action): number {
  return STEPS.indexOf(step) * RESOURCES.length + ORDER.indexOf(resource);
}

/** What delivers before what is delivered to it. */
const ORDER: readonly Resource[] = ['config', 'target', 'endpoint', 'subscription'];

function managedOf(parts: readonly Part[]): Record<Resource, number> {
  const counts: Record<Resource, number> = { subscription: 0, config: 0, target: 0, endpoint: 0 };
  for (const resource of RESOURCES) {
    const fitting = parts.flatMap(({ claims }) => claims.matched).filter((match) => match.resource === resource);
    const pending = parts
      .flatMap(({ actions }) => actions)
      .filter(({ resource: kind, type, reason }) => kind === resource && (type !== 'delete' || reason === 'shed'));
    counts[resource] =
      fitting.filter(({ action }) => action === undefined).length + new Set(pending.map(({ name }) => name)).size;
  }
  return counts;
}
