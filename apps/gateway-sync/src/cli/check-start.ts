import type { DesiredFile } from '../adapters/desired-file/desired-file.js';
import { FileWithheldError } from '../core/errors.js';
import { judgeStart } from '../core/file-change.js';
import type { TenantRecords } from '../core/replica-ports.js';

/** Tenants that a message names. */
const NAMES = 10;

/**
 * Throws a `FileWithheldError` when the file leaves out so many of the tenants which are looked after that a running service
 * would not take it up either. Rejects with a `LedgerError` when nobody can tell which those are.
 */
export async function checkStart(file: DesiredFile, records: Pick<TenantRecords, 'changes'>): Promise<void> {
  const { rows } = await records.changes();
  const lookedAfter = rows.filter(({ record }) => record !== undefined).map(({ tenant }) => tenant);
  const verdict = judgeStart(lookedAfter, file);
  if (!verdict) return;
  const { message, allow, removed } = verdict;
  const more = removed.length > NAMES ? ` and ${removed.length - NAMES} more` : '';
  throw new FileWithheldError(
    `${file.path}: ${message}: ${removed.slice(0, NAMES).join(', ')}${more}; replicas that run go on with what they have`,
    `put them back, or ${allow}`,
  );
}
