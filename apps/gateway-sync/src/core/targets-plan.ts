import type { TargetAction } from './action.js';
import type { ConfigOperation, DesiredTarget, ObservedTarget } from './delivery.js';
import { reasonOf } from './difference.js';
import { headerField } from './endpoint-secrets.js';
import { secretHeaders } from './header-diff.js';
import type { OwnedThing } from './ledger.js';
import { compareText } from './order.js';
import { knownOf, ownedOf } from './owned.js';
import type { Claims, Foreign, KeptReason, Knowledge, Match } from './part.js';
import type { Problem } from './problem.js';
import { fingerprintsOf, pick, type Fingerprints } from './secret-diff.js';
import type { DesiredTenant } from './state.js';
import { diffTarget, ENTRY, foundSettings, targetSettings, writtenTarget } from './target-diff.js';
import { isNewRowKey, keyOfFound, keyOfSettings, keyText, newRowKey, routeText, type TargetKey } from './target-key.js';
import { isOurs, matchTargets, type FoundTarget, type Matching, type Pair } from './target-match.js';
import type { WantedTarget, WantedTargets } from './wanted-targets.js';

export interface TargetsPlan {
  readonly actions: readonly TargetAction[];
  readonly foreign: readonly Foreign[];
  readonly problems: readonly Problem[];
  readonly unchanged: number;
  readonly claims: Claims;
}

export interface TargetsInput {
  readonly tenant: DesiredTenant;
  /** Of the config. */
  readonly code: string;
  readonly resolved: WantedTargets;
  readonly found: readonly ObservedTarget[];
  readonly knowledge: Knowledge;
  /** What is known of the config; it was perhaps created with targets and their secrets. */
  readonly configRow: OwnedThing | undefined;
}

/** The actions that turn the entries of an HTTP config into the wanted targets. */
export function planTargets(input: TargetsInput): TargetsPlan {
  const { resolved, found, knowledge, tenant } = input;
  const known = knownOf(knowledge, 'target');
  const matching = matchTargets(resolved.targets, found, known, knowledge, tenant.prune);
  const elsewhere = matching.pairs.filter(({ found: { id } }) => isElsewhere(known.get(id), knowledge));
  const pairs = matching.pairs.filter((pair) => !pair.wanted.withheld && !elsewhere.includes(pair));
  const judged = pairs.map((pair) => judgePair(pair, pairs, known, input));
  const creates = matching.missing.filter(({ withheld }) => !withheld).map((wanted) => create(wanted, known, input));
  const { deletes, foreign } = planLeft(matching, creates, input);
  const updates = judged.flatMap(({ action }) => action ?? []);
  return {
    actions: [...creates, ...updates, ...deletes].toSorted((a, b) => compareText(a.id, b.id)),
    foreign,
    problems: [
      ...resolved.problems,
      ...elsewhere.map((pair) => ownedElsewhere(pair, known)),
      ...judged.flatMap(({ problems }) => problems),
    ],
    unchanged: judged.filter(({ action }) => !action).length,
    claims: { matched: judged.map(({ match }) => match), kept: keptRows(input, judged) },
  };
}

/** The name of a target in plans; unique in a config. */
export function targetName({ event, destinationUrl, filter, name }: TargetKey): string {
  return `${event} → ${destinationUrl}${filter === null ? '' : ` ${filter}`}${name === null ? '' : ` (${name})`}`;
}

export function targetFingerprints({ key, wish }: WantedTarget, knowledge: Knowledge): Fingerprints {
  return fingerprintsOf(`target/${key.event}`, { secretKey: wish.secretKey }, wish.headers, knowledge);
}

/** Field of a target's secret in the creation of a whole config. */
export function createdSecretField({ id }: WantedTarget): string {
  return `targets.${id}.secretKey`;
}

interface Judged {
  readonly match: Match;
  readonly action?: TargetAction;
  readonly problems: readonly Problem[];
  /** The row of an unanswered write that is of no use any more. */
  readonly settledRow?: string;
}

function judgePair(
  pair: Pair,
  pairs: readonly Pair[],
  known: ReadonlyMap<string, OwnedThing>,
  input: TargetsInput,
): Judged {
  const { wanted, found } = pair;
  const { wish } = wanted;
  const rowKey = known.has(found.id) ? found.id : newRowKey(wanted.key);
  const row = known.get(rowKey);
  const fingerprints = targetFingerprints(wanted, input.knowledge);
  const proven = isMistakable(pair, pairs, known) ? undefined : knownSecret(wanted, row, known, input.configRow);
  const difference = diffTarget(wish, found, known.get(found.id), proven, fingerprints);
  const settings = targetSettings(wish);
  const id = `target:${found.id}`;
  const written = difference.operations.length > 0;
  const action: TargetAction | undefined = written
    ? {
        resource: 'target',
        type: 'update',
        id,
        name: targetName(wanted.key),
        code: input.code,
        reason: reasonOf(row, settings, fingerprints),
        step: 'prepare',
        before: difference.before,
        after: difference.after,
        operations: difference.operations,
        ...secretsOf(difference.secrets, fingerprints),
        row: { key: found.id, settings },
      }
    : undefined;
  const secrets = difference.secrets.includes('secretKey') ? [] : secretFields(wanted, fingerprints, proven);
  const match: Match = {
    resource: 'target',
    key: found.id,
    ...(rowKey !== found.id && row && !written && { row: rowKey }),
    ...(written && { action: id }),
    settings,
    ...(secrets.length > 0 && { fingerprints: pick(fingerprints, secrets) }),
  };
  return {
    match,
    ...(action && { action }),
    ...((rowKey === found.id || !written) && { settledRow: newRowKey(wanted.key) }),
    problems: [
      ...(difference.secretUnknown ? [unknownSecret(wanted)] : []),
      ...(difference.secretAtRisk ? [secretAtRisk(wanted)] : []),
    ],
  };
}

/** Fields whose fingerprint this reading proves, of what is in place already. */
function secretFields({ wish }: WantedTarget, fingerprints: Fingerprints, proven: string | undefined): string[] {
  return Object.keys(fingerprints).filter((field) =>
    field === 'secretKey' ? wish.secretKey !== undefined && fingerprints[field] === proven : true,
  );
}

/** The fingerprint of the secret that we wrote last. */
function knownSecret(
  wanted: WantedTarget,
  row: OwnedThing | undefined,
  known: ReadonlyMap<string, OwnedThing>,
  configRow: OwnedThing | undefined,
): string | undefined {
  if (row) return row.settings['secretKey'] === undefined ? undefined : row.fingerprints['secretKey'];
  // The creation of the config says nothing any more once an entry of this natural key was recorded on its own.
  const recorded = [...known.values()].some(({ settings }) => keyText(keyOfSettings(settings)) === wanted.id);
  return recorded ? undefined : configRow?.fingerprints[createdSecretField(wanted)];
}

/** Whether an entry without id in the ledger may as well be that of another target, which has another secret. */
function isMistakable(pair: Pair, pairs: readonly Pair[], known: ReadonlyMap<string, OwnedThing>): boolean {
  if (known.has(pair.found.id) || pair.found.name !== undefined) return false;
  const { secretKey } = pair.wanted.wish;
  return pairs.some(({ wanted, found }) => {
    if (known.has(found.id) || routeText(wanted.key) !== routeText(pair.wanted.key)) return false;
    const other = wanted.wish.secretKey;
    return secretKey && other ? !secretKey.equals(other) : secretKey !== other;
  });
}

function create(
  wanted: WantedTarget,
  known: ReadonlyMap<string, OwnedThing>,
  { code, knowledge }: TargetsInput,
): TargetAction {
  const { key, wish, id } = wanted;
  const settings = targetSettings(wish);
  const fingerprints = targetFingerprints(wanted, knowledge);
  const hadIt = [...known.values()].some((row) => !row.pending && keyText(keyOfSettings(row.settings)) === id);
  return {
    resource: 'target',
    type: 'create',
    id: `target:new:${id}`,
    name: targetName(key),
    code,
    reason: hadIt ? 'drift' : 'missing',
    step: 'prepare',
    before: null,
    after: settings,
    operations: [{ op: 'UPSERT', path: ENTRY, value: writtenTarget(wish) }],
    ...secretsOf(secretNames(wish), fingerprints),
    row: { key: newRowKey(key), settings },
  };
}

/** Fields that hold a secret. */
export function secretNames({ secretKey, headers = {} }: Pick<DesiredTarget, 'secretKey' | 'headers'>): string[] {
  return [...(secretKey ? ['secretKey'] : []), ...secretHeaders(headers).map(([name]) => headerField(name))];
}

function secretsOf(
  secrets: readonly string[],
  fingerprints: Fingerprints,
): Pick<TargetAction, 'secrets' | 'fingerprints'> {
  if (secrets.length === 0) return {};
  const written = pick(fingerprints, secrets);
  return { secrets, ...(Object.keys(written).length > 0 && { fingerprints: written }) };
}

/** What becomes of the entries that the file does not name. */
function planLeft(
  { left, pairs }: Matching,
  creates: readonly TargetAction[],
  input: TargetsInput,
): { deletes: TargetAction[]; foreign: Foreign[] } {
  const deletes: TargetAction[] = [];
  const foreign: Foreign[] = [];
  for (const entry of left) {
    const reason = whyKept(entry, left, pairs, input);
    if (reason) foreign.push({ resource: 'target', name: targetName(keyOfFound(entry.found)), reason });
    else deletes.push(remove(entry, creates, input));
  }
  return { deletes, foreign: foreign.toSorted((a, b) => compareText(a.name, b.name)) };
}

function whyKept(
  entry: FoundTarget,
  left: readonly FoundTarget[],
  pairs: readonly Pair[],
  { tenant: { prune }, knowledge, resolved }: TargetsInput,
): KeptReason | undefined {
  if (prune === 'none') return 'prune-none';
  if (isElsewhere(entry.row, knowledge)) return 'owned-elsewhere';
  if (prune === 'owned' && !knowledge.owned) return 'no-ledger';
  if (prune === 'owned' && !isOurs(entry, left, pairs, knowledge)) return 'not-owned';
  if (knowledge.unread !== undefined) return 'unread';
  return resolved.problems.some(({ severity }) => severity === 'error') ? 'unresolved' : undefined;
}

function remove(
  { found, row }: FoundTarget,
  creates: readonly TargetAction[],
  { code, knowledge }: TargetsInput,
): TargetAction {
  const knowsNothing = knowledge.owned === undefined && knowledge.seen === undefined;
  const operation: ConfigOperation = { op: 'REMOVE', path: `${ENTRY}/${found.id}` };
  return {
    resource: 'target',
    type: 'delete',
    id: `target:${found.id}`,
    name: targetName(keyOfFound(found)),
    code,
    reason: knowsNothing || row ? 'removed' : 'drift',
    step: 'remove',
    ...(creates.length > 0 && { needs: creates.map(({ id }) => id).toSorted(compareText) }),
    before: foundSettings(found),
    after: null,
    operations: [operation],
  };
}

/** Rows of entries that are still there, and of writes whose answer is not known yet. */
function keptRows({ found, resolved, knowledge }: TargetsInput, judged: readonly Judged[]): Set<string> {
  const there = new Set(found.map((entry) => routeText(keyOfFound(entry))));
  const wanted = new Set(resolved.targets.map(({ key }) => newRowKey(key)));
  const settled = new Set(judged.flatMap(({ settledRow }) => settledRow ?? []));
  const unanswered = [...ownedOf(knowledge.owned, 'target').values()]
    .filter(({ key }) => isNewRowKey(key) && !settled.has(key))
    .filter(({ key, settings }) => wanted.has(key) || there.has(routeText(keyOfSettings(settings))));
  return new Set([...found.map(({ id }) => id), ...unanswered.map(({ key }) => key)]);
}

function isElsewhere(row: OwnedThing | undefined, { instance }: Knowledge): boolean {
  return row !== undefined && row.instance !== instance;
}

function ownedElsewhere({ wanted, found }: Pair, known: ReadonlyMap<string, OwnedThing>): Problem {
  return {
    severity: 'error',
    kind: 'owned-elsewhere',
    message: `the target ${targetName(wanted.key)} is looked after by the installation ${known.get(found.id)?.instance ?? ''}; gateway-sync adopt takes it over`,
    places: [wanted.wish.place],
    nearest: [],
  };
}

function unknownSecret({ key, wish }: WantedTarget): Problem {
  return {
    severity: 'note',
    kind: 'secret-unknown',
    message: `whether the target ${targetName(key)} has this secretKey cannot be told without a ledger, so it stays as it is`,
    places: [wish.place],
    nearest: [],
  };
}

function secretAtRisk({ key, wish }: WantedTarget): Problem {
  return {
    severity: 'warning',
    kind: 'secret-unknown',
    message: `the target ${targetName(key)} has a secretKey that the file does not name; writing the whole target may lose it`,
    places: [wish.place],
    nearest: [],
  };
}
