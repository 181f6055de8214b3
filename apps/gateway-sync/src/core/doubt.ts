import type { Action } from './action.js';
import type { OwnedThings } from './ledger.js';
import type { ItemResult } from './result.js';

/**
 * Rows without the fingerprints of the secrets that these actions write: until it is known what came of them, nobody can
 * say whether the old secret is there or the new one. A file that goes back to the old one has it written again then.
 */
export function inDoubt(rows: OwnedThings, actions: readonly Action[]): OwnedThings {
  const written = new Map(
    actions.flatMap(({ resource, row, fingerprints }) =>
      row && fingerprints ? [[`${resource} ${row.key}`, fingerprints] as const] : [],
    ),
  );
  return rows.map((row) => {
    const fields = written.get(`${row.resource} ${row.key}`);
    if (!fields || !Object.keys(row.fingerprints).some((field) => field in fields)) return row;
    const left = Object.entries(row.fingerprints).filter(([field]) => !(field in fields));
    return { ...row, fingerprints: Object.fromEntries(left) };
  });
}

/** Actions that were sent, and of which nobody knows whether they took. */
export function unsettled(results: readonly ItemResult[]): Action[] {
  return results.filter(({ status, remembered }) => !remembered && !SETTLED.has(status)).map(({ action }) => action);
}

const SETTLED: ReadonlySet<ItemResult['status']> = new Set([
  'applied',
  'rejected',
  'unreachable',
  'skipped',
  'contended',
]);
