import type { ConfigAction } from './action.js';
import { activateConfig, createConfig, updateConfig, type ConfigContext } from './config-actions.js';
import type { DesiredDelivery, ObservedConfig } from './delivery.js';
import { activeElsewhere, ownedElsewhere, unknownSecret, unreadableConfig } from './delivery-problems.js';
import { configSettings, diffConfig } from './http-diff.js';
import { compareText } from './order.js';
import { knownOf } from './owned.js';
import type { Knowledge, Match, Part } from './part.js';
import { planOthers } from './retire-plan.js';
import { fingerprintsOf, pick, type Fingerprints } from './secret-diff.js';
import type { DesiredTenant, ObservedSubscription } from './state.js';
import { planTargets, type TargetsPlan } from './targets-plan.js';
import { resolveTargets } from './wanted-targets.js';
import { hasErrors } from './problem.js';

interface Context extends ConfigContext {
  readonly tenant: DesiredTenant;
}

/** What the config of the file needs before it can become the active one. */
interface Preparation extends TargetsPlan {
  readonly configActions: readonly ConfigAction[];
  /** Fingerprints of secrets that are in place, as this reading proves. */
  readonly proven: Fingerprints;
}

/**
 * The actions that turn the delivery configs of a tenant into what the file says: make or change the one of its provider,
 * activate it, and then take away what it succeeds. Configs are found by provider, for codes are free.
 */
export function planDelivery(
  tenant: DesiredTenant,
  observed: readonly ObservedConfig[],
  catalogue: readonly ObservedSubscription[],
  knowledge: Knowledge,
): Part {
  const { delivery } = tenant;
  if (!delivery) throw new TypeError('delivery was planned for a tenant whose file has none');
  const mine = find(observed, delivery);
  const code = mine?.code ?? freeCode(delivery.code, observed);
  const resolved = resolveTargets(delivery.targets ?? [], catalogue);
  const { secretKey, apiKey, headers } = delivery;
  const context: Context = {
    tenant,
    delivery,
    observed,
    knowledge,
    resolved,
    code,
    row: knownOf(knowledge, 'config').get(code),
    fingerprints: fingerprintsOf(`config/${delivery.provider}`, { secretKey, apiKey }, headers, knowledge),
  };
  const managed = 1 + resolved.targets.length;
  if (mine && context.row && context.row.instance !== knowledge.instance) {
    return {
      ...NOTHING,
      managed,
      problems: [ownedElsewhere(context.row, delivery)],
      claims: { matched: [], kept: everything(context) },
    };
  }
  return assemble(context, mine, managed);
}

function assemble(context: Context, mine: ObservedConfig | undefined, managed: number): Part {
  const { code, delivery, observed } = context;
  const prepared = mine
    ? change(context, mine)
    : { ...NOTHING, configActions: [createConfig(context)], problems: context.resolved.problems };
  const unclear = hasErrors(prepared.problems);
  const holder = observed.find((other) => other !== mine && other.active);
  const taken = holder && knownOf(context.knowledge, 'config').get(holder.code);
  const blocked = taken && taken.instance !== context.knowledge.instance && delivery.active ? taken : undefined;
  const isActive = mine?.active ?? (observed.length === 0 && delivery.active);
  const mayActivate = delivery.active && !unclear && !blocked;
  const activation =
    isActive !== delivery.active && (mayActivate || isActive)
      ? [activateConfig(context, [...prepared.configActions, ...prepared.actions])]
      : [];
  const others = planOthers({
    tenant: context.tenant,
    others: observed.filter((other) => other !== mine),
    knowledge: context.knowledge,
    succeeded: delivery.active && !unclear && !blocked,
    needs: delivery.active ? activation.map(({ id }) => id) : [],
  });
  const configActions = [...prepared.configActions, ...activation];
  const [open] = configActions;
  const match: Match = {
    resource: 'config',
    key: code,
    ...(open && { action: open.id }),
    settings: configSettings(delivery),
    ...(Object.keys(prepared.proven).length > 0 && { fingerprints: prepared.proven }),
  };
  return {
    actions: [...configActions, ...prepared.actions, ...others.actions],
    foreign: [...prepared.foreign, ...others.foreign],
    problems: [...prepared.problems, ...(blocked && !isActive ? [activeElsewhere(blocked, delivery)] : [])],
    managed,
    unchanged: prepared.unchanged + (open ? 0 : 1),
    claims: {
      matched: [...(mine ? [match] : []), ...prepared.claims.matched],
      kept: new Set([...everything(context), ...prepared.claims.kept]),
    },
  };
}

/** The targets that the file does not mention are not looked at. */
function change(context: Context, mine: ObservedConfig): Preparation {
  const { code, delivery, fingerprints, knowledge, resolved, row, tenant } = context;
  if (delivery.provider === 'HTTP' && !mine.http) {
    // Without knowing its targets, adding some might double them.
    return { ...NOTHING, problems: [...resolved.problems, unreadableConfig(code, delivery)] };
  }
  const difference = diffConfig(delivery, mine, row, fingerprints);
  const targets =
    mine.http && delivery.targets
      ? planTargets({ tenant, code, resolved, found: mine.http.targets, knowledge, configRow: row })
      : NOTHING;
  const inPlace = Object.keys(fingerprints).filter(
    (field) => field.startsWith('headers.') && !difference.secrets.includes(field),
  );
  return {
    ...targets,
    configActions: difference.operations.length > 0 ? [updateConfig(context, difference)] : [],
    proven: pick(fingerprints, inPlace),
    problems: [...targets.problems, ...(difference.secretUnknown ? [unknownSecret(delivery)] : [])],
  };
}

/** The one of the provider; there can be no second. */
function find(observed: readonly ObservedConfig[], { provider }: DesiredDelivery): ObservedConfig | undefined {
  return observed
    .filter((config) => config.provider === provider)
    .toSorted((a, b) => Number(b.active) - Number(a.active) || compareText(a.code, b.code))[0];
}

/** Codes are given once, and a config of another provider may have the wanted one. */
function freeCode(wanted: string, observed: readonly ObservedConfig[]): string {
  const used = new Set(observed.map(({ code }) => code));
  let code = wanted;
  for (let number = 2; used.has(code); number++) code = `${wanted}-${number}`;
  return code;
}

/** Rows that stay: of configs that are there and of the one that the file names. */
function everything({ observed, code, knowledge }: Context): Set<string> {
  const there = observed.flatMap((config) => [config.code, ...(config.http?.targets ?? []).map(({ id }) => id)]);
  const blind = observed.some(({ provider, http }) => provider === 'HTTP' && !http);
  const unseen = blind ? [...knownOf(knowledge, 'target').keys()] : [];
  return new Set([code, ...there, ...unseen]);
}

const NOTHING: Preparation = {
  configActions: [],
  proven: {},
  actions: [],
  foreign: [],
  problems: [],
  unchanged: 0,
  claims: { matched: [], kept: new Set() },
};
