import type { OwnedThing } from './ledger.js';
import type { KeptReason, Knowledge } from './part.js';
import type { Prune } from './state.js';

/** Why a thing that the file does not name stays; `undefined` when nothing speaks against removing it. */
export function whyKept(
  prune: Prune,
  { owned, instance, unread }: Knowledge,
  row: OwnedThing | undefined,
  isOurs: boolean,
): KeptReason | undefined {
  if (prune === 'none') return 'prune-none';
  if (row && row.instance !== instance) return 'owned-elsewhere';
  if (prune === 'owned' && !owned) return 'no-ledger';
  if (prune === 'owned' && !isOurs) return 'not-owned';
  return unread === undefined ? undefined : 'unread';
}
