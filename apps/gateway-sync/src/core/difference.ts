import type { Reason } from './action.js';
import type { ConfigOperation } from './delivery.js';
import { canonicalJson, type JsonObject } from './json.js';
import type { OwnedThing } from './ledger.js';
import type { Fingerprints } from './secret-diff.js';

/** What sets one thing right that is there already; no operations when it is. */
export interface Difference {
  readonly operations: readonly ConfigOperation[];
  readonly before: JsonObject;
  readonly after: JsonObject;
  /** Fields whose secret is written. */
  readonly secrets: readonly string[];
  /** A secret that the file names could not be compared and is left as it is. */
  readonly secretUnknown: boolean;
}

/** Without a change of the file since the last write it was the tenant that changed. */
export function reasonOf(row: OwnedThing | undefined, settings: JsonObject, fingerprints: Fingerprints): Reason {
  if (!row || canonicalJson(row.settings) !== canonicalJson(settings)) return 'changed';
  const moved = Object.entries(fingerprints).some(([field, value]) => (row.fingerprints[field] ?? value) !== value);
  return moved ? 'changed' : 'drift';
}
