import type { ConfigAction, TargetAction } from './action.js';
import type { ConcealedObject, DesiredDelivery, ObservedConfig } from './delivery.js';
import { reasonOf } from './difference.js';
import { writtenWish } from './header-diff.js';
import { configSettings, diffConfig } from './http-diff.js';
import type { JsonObject } from './json.js';
import type { OwnedThing } from './ledger.js';
import { compareText } from './order.js';
import { knownOf } from './owned.js';
import type { Knowledge, Match, Part } from './part.js';
import type { Problem } from './problem.js';
import { configName, planOthers } from './retire-plan.js';
import { fingerprintsOf, pick, type Fingerprints } from './secret-diff.js';
import type { DesiredTenant, ObservedSubscription } from './state.js';
import { targetSettings, writtenTarget } from './target-diff.js';
import { createdSecretField, planTargets, secretNames, targetFingerprints, type TargetsPlan } from './targets-plan.js';
import { resolveTargets, type WantedTargets } from './wanted-targets.js';

interface Context {
  readonly tenant: DesiredTenant;
  readonly delivery: DesiredDelivery;
  readonly observed: readonly ObservedConfig[];
  readonly knowledge: Knowledge;
  readonly resolved: WantedTargets;
  /** Of the config that the file describes; another one may have the code that the file wants for it. */
  readonly code: string;
  readonly row: OwnedThing | undefined;
  readonly fingerprints: Fingerprints;
}

/** What the config of the file needs before it can become the active one. */
interface Preparation extends TargetsPlan {
  readonly configActions: readonly ConfigAction[];
  /** Fields of the config whose secret is in place as this reading proves. */
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
  const prepared = mine ? change(context, mine) : create(context);
  const unclear = prepared.problems.some(({ severity }) => severity === 'error');
  const holder = observed.find((other) => other !== mine && other.active);
  const taken = holder && knownOf(context.knowledge, 'config').get(holder.code);
  const blocked = taken && taken.instance !== context.knowledge.instance && delivery.active ? taken : undefined;
  const isActive = mine?.active ?? (observed.length === 0 && delivery.active);
  const mayActivate = delivery.active && !unclear && !blocked;
  const activation = isActive !== delivery.active && (mayActivate || isActive) ? [activate(context, prepared)] : [];
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

/** Created with everything at once; active only where nothing delivers yet, and otherwise switched on when it stands. */
function create(context: Context): Preparation {
  const { code, delivery, fingerprints, knowledge, observed, resolved, row } = context;
  const targets = resolved.targets.filter(({ withheld }) => !withheld);
  const active = observed.length === 0 && delivery.active;
  const targetSecrets = Object.fromEntries(
    targets.flatMap((target): [string, string][] => {
      const secret = targetFingerprints(target, knowledge)['secretKey'];
      return secret === undefined ? [] : [[createdSecretField(target), secret]];
    }),
  );
  const secrets = [
    ...(delivery.apiKey ? ['apiKey'] : []),
    ...secretNames(delivery),
    ...targets.flatMap(({ id, wish }) => secretNames(wish).map((field) => `targets.${id}.${field}`)),
  ];
  const written = { ...fingerprints, ...targetSecrets };
  const after: JsonObject = {
    ...configSettings(delivery),
    active,
    ...(delivery.targets && { targets: targets.map(({ wish }) => targetSettings(wish)) }),
  };
  const action: ConfigAction = {
    resource: 'config',
    type: 'create',
    id: `config:${code}`,
    name: configName({ code, provider: delivery.provider }),
    code,
    reason: row ? 'drift' : 'missing',
    step: 'prepare',
    before: null,
    after,
    write: {
      type: 'create',
      code,
      provider: delivery.provider,
      active,
      configuration: configuration(delivery, resolved),
    },
    ...(secrets.length > 0 && { secrets }),
    ...(Object.keys(written).length > 0 && { fingerprints: written }),
    row: { key: code, settings: configSettings(delivery) },
  };
  return {
    configActions: [action],
    proven: {},
    actions: [],
    foreign: [],
    problems: resolved.problems,
    unchanged: 0,
    claims: { matched: [], kept: new Set() },
  };
}

function configuration(
  { destinationUrl, secretKey, headers, apiKey }: DesiredDelivery,
  { targets }: WantedTargets,
): ConcealedObject {
  const entries = targets.filter(({ withheld }) => !withheld).map(({ wish }) => writtenTarget(wish));
  return {
    ...(apiKey && { apiKey }),
    ...(destinationUrl !== undefined && { destinationUrl }),
    ...(secretKey && { secretKey }),
    ...(headers && Object.keys(headers).length > 0 && { headers: writtenWish(headers) }),
    ...(entries.length > 0 && { eventsConfiguration: entries }),
  };
}

function change(context: Context, mine: ObservedConfig): Preparation {
  const { code, delivery, fingerprints, knowledge, resolved, row, tenant } = context;
  if (delivery.provider === 'HTTP' && !mine.http) return unreadable(context);
  const difference = diffConfig(delivery, mine, row, fingerprints);
  const settings = configSettings(delivery);
  const written = pick(fingerprints, difference.secrets);
  const action: ConfigAction = {
    resource: 'config',
    type: 'update',
    id: `config:${code}`,
    name: configName(mine),
    code,
    reason: reasonOf(row, settings, fingerprints),
    step: 'prepare',
    before: difference.before,
    after: difference.after,
    write: { type: 'patch', code, operations: difference.operations },
    ...(difference.secrets.length > 0 && { secrets: difference.secrets }),
    ...(Object.keys(written).length > 0 && { fingerprints: written }),
    row: { key: code, settings },
  };
  const targets =
    mine.http && delivery.targets
      ? planTargets({ tenant, code, resolved, found: mine.http.targets, knowledge, configRow: row })
      : { ...NOTHING, actions: [] };
  const readable = Object.keys(fingerprints).filter((field) => field.startsWith('headers.'));
  return {
    ...targets,
    configActions: difference.operations.length > 0 ? [action] : [],
    proven: pick(
      fingerprints,
      readable.filter((field) => !difference.secrets.includes(field)),
    ),
    problems: [...targets.problems, ...(difference.secretUnknown ? [unknownSecret(delivery)] : [])],
  };
}

/** Without knowing its targets, adding some might double them. */
function unreadable({ delivery, resolved, code }: Context): Preparation {
  const problem: Problem = {
    severity: 'error',
    kind: 'unread',
    message: `the service does not show the configuration of delivery config ${code}, so nothing in it is changed`,
    places: [delivery.place],
    nearest: [],
  };
  return { ...NOTHING, actions: [], configActions: [], proven: {}, problems: [...resolved.problems, problem] };
}

/** Switches the config of the file on when everything in it stands; or off. */
function activate({ code, delivery, row }: Context, prepared: Preparation): ConfigAction {
  const { active, provider } = delivery;
  const needs = [...prepared.configActions, ...prepared.actions]
    .filter(({ step }) => step === 'prepare')
    .map(({ id }) => id);
  const settings = configSettings(delivery);
  return {
    resource: 'config',
    type: 'update',
    id: `config:${code}/active`,
    name: configName({ code, provider }),
    code,
    reason: row?.settings['active'] === active && prepared.configActions.length === 0 ? 'drift' : 'changed',
    step: active ? 'activate' : 'retire',
    ...(active && needs.length > 0 && { needs: needs.toSorted(compareText) }),
    before: { active: !active },
    after: { active },
    write: { type: 'patch', code, operations: [{ op: 'UPSERT', path: '/active', value: active }] },
    row: { key: code, settings },
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

const NOTHING: Omit<TargetsPlan, 'actions'> & { readonly actions: readonly TargetAction[] } = {
  actions: [],
  foreign: [],
  problems: [],
  unchanged: 0,
  claims: { matched: [], kept: new Set() },
};

function ownedElsewhere({ key, instance }: OwnedThing, { place }: DesiredDelivery): Problem {
  return {
    severity: 'error',
    kind: 'owned-elsewhere',
    message: `delivery config ${key} is looked after by the installation ${instance}; gateway-sync adopt takes it over`,
    places: [place],
    nearest: [],
  };
}

function activeElsewhere({ key, instance }: OwnedThing, { place }: DesiredDelivery): Problem {
  return {
    severity: 'error',
    kind: 'owned-elsewhere',
    message: `delivery config ${key} is the active one and looked after by the installation ${instance}, so no other is activated`,
    places: [place],
    nearest: [],
  };
}

function unknownSecret({ place }: DesiredDelivery): Problem {
  return {
    severity: 'note',
    kind: 'secret-unknown',
    message: 'whether the delivery config has this secret cannot be told without a ledger, so it stays as it is',
    places: [place],
    nearest: [],
  };
}
