import type { TargetAction } from './action.js';
import type { DesiredTarget } from './delivery.js';
import { headerField } from './endpoint-secrets.js';
import { secretHeaders } from './header-diff.js';
import type { OwnedThing } from './ledger.js';
import type { Knowledge } from './part.js';
import { fingerprintsOf, pick, type Fingerprints } from './secret-diff.js';
import { keyOfSettings, keyText, routeText } from './target-key.js';
import type { Pair } from './target-match.js';
import type { WantedTarget } from './wanted-targets.js';

export function targetFingerprints({ key, wish }: WantedTarget, knowledge: Knowledge): Fingerprints {
  return fingerprintsOf(`target/${key.event}`, { secretKey: wish.secretKey }, wish.headers, knowledge);
}

/** Field of a target's secret in the creation of a whole config. */
export function createdSecretField({ id }: WantedTarget): string {
  return `targets.${id}.secretKey`;
}

/** Fields that hold a secret. */
export function secretNames({ secretKey, headers = {} }: Pick<DesiredTarget, 'secretKey' | 'headers'>): string[] {
  return [...(secretKey ? ['secretKey'] : []), ...secretHeaders(headers).map(([name]) => headerField(name))];
}

/** What an action says of the secrets that it writes. */
export function secretsOf(
  secrets: readonly string[],
  fingerprints: Fingerprints,
): Pick<TargetAction, 'secrets' | 'fingerprints'> {
  if (secrets.length === 0) return {};
  const written = pick(fingerprints, secrets);
  return { secrets, ...(Object.keys(written).length > 0 && { fingerprints: written }) };
}

/** The fingerprint of the secret that we wrote last. */
export function knownSecret(
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
export function isMistakable(pair: Pair, pairs: readonly Pair[], known: ReadonlyMap<string, OwnedThing>): boolean {
  if (known.has(pair.found.id) || pair.found.name !== undefined) return false;
  const { secretKey } = pair.wanted.wish;
  return pairs.some(({ wanted, found }) => {
    if (known.has(found.id) || routeText(wanted.key) !== routeText(pair.wanted.key)) return false;
    const other = wanted.wish.secretKey;
    return secretKey && other ? !secretKey.equals(other) : secretKey !== other;
  });
}
