import type { TargetAction } from './action.js';
import type { ObservedTarget } from './delivery.js';
import { reasonOf } from './difference.js';
import type { OwnedThing } from './ledger.js';
import { compareText } from './order.js';
import { knownOf, ownedOf } from './owned.js';
import type { Match, Part } from './part.js';
import type { Problem } from './problem.js';
import { pick, type Fingerprints } from './secret-diff.js';
import { createTarget } from './target-create.js';
import { diffTarget, targetSettings } from './target-diff.js';
import { isNewRowKey, keyOfFound, keyOfSettings, newRowKey, routeText, targetName } from './target-key.js';
import { matchTargets, type Pair } from './target-match.js';
import { ownedElsewhere, secretAtRisk, unknownSecret } from './target-problems.js';
import { planLeft, type RemovalInput } from './target-removals.js';
import { isMistakable, knownSecret, secretsOf, targetFingerprints } from './target-secrets.js';
import type { WantedTarget } from './wanted-targets.js';

export interface TargetsPlan extends Omit<Part, 'managed' | 'actions'> {
  readonly actions: readonly TargetAction[];
}

export interface TargetsInput extends RemovalInput {
  readonly found: readonly ObservedTarget[];
  /** What is known of the config; it was perhaps created with targets and their secrets. */
  readonly configRow: OwnedThing | undefined;
}

/** The actions that turn the entries of an HTTP config into the wanted targets. */
export function planTargets(input: TargetsInput): TargetsPlan {
  const { resolved, found, knowledge, tenant } = input;
  const known = knownOf(knowledge, 'target');
  const matching = matchTargets(resolved.targets, found, known, knowledge, tenant.prune);
  const elsewhere = matching.pairs.filter(
    ({ found: { id } }) => (known.get(id)?.instance ?? knowledge.instance) !== knowledge.instance,
  );
  const pairs = matching.pairs.filter((pair) => !pair.wanted.withheld && !elsewhere.includes(pair));
  const judged = pairs.map((pair) => judgePair(pair, pairs, known, input));
  const creates = matching.missing
    .filter(({ withheld }) => !withheld)
    .map((wanted) => createTarget(wanted, known, input.code, knowledge));
  const { deletes, foreign } = planLeft(matching, creates, input);
  const updates = judged.flatMap(({ action }) => action ?? []);
  return {
    actions: [...creates, ...updates, ...deletes].toSorted((a, b) => compareText(a.id, b.id)),
    foreign,
    problems: [
      ...resolved.problems,
      ...elsewhere.map(({ wanted, found: { id } }) => ownedElsewhere(wanted, known.get(id))),
      ...judged.flatMap(({ problems }) => problems),
    ],
    unchanged: judged.filter(({ action }) => !action).length,
    claims: { matched: judged.map(({ match }) => match), kept: keptRows(input, judged) },
  };
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
