import type { TargetAction } from './action.js';
import type { OwnedThing } from './ledger.js';
import type { Knowledge } from './part.js';
import { ENTRY, targetSettings, writtenTarget } from './target-diff.js';
import { keyOfSettings, keyText, newRowKey, targetName } from './target-key.js';
import { secretNames, secretsOf, targetFingerprints } from './target-secrets.js';
import type { WantedTarget } from './wanted-targets.js';

/** Makes an entry of the config that has the code. */
export function createTarget(
  wanted: WantedTarget,
  known: ReadonlyMap<string, OwnedThing>,
  code: string,
  knowledge: Knowledge,
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
