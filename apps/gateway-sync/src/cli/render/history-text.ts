import type { AuditChange, AuditRecord } from '../../core/ports.js';
import { itemLine } from './apply-text.js';
import { printable, type Paint } from './paint.js';
import { differenceLines } from './plan-text.js';
import { time } from './words.js';

/** Changes as lines of text: when and where, what and why, before → after. */
export function historyText(records: readonly AuditRecord[], paint: Paint): string {
  if (records.length === 0) return 'no changes are recorded\n';
  return records.map((record) => recordText(record, paint)).join('\n');
}

function recordText(record: AuditRecord, paint: Paint): string {
  const { id, tenant, at, actor, trigger, reconcileId, change } = record;
  const by = `#${id}, by ${actor} (${trigger}), reconcile ${reconcileId}`;
  return [
    `${time(at)}  ${paint.bold(printable(tenant))}  ${paint.dim(printable(by))}`,
    changeLine(record, paint),
    ...differenceLines(change, paint),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

/** What of a change fits on one line. */
export interface ShortChange {
  readonly change: Pick<AuditChange, 'resource' | 'type' | 'name' | 'reason' | 'status' | 'code' | 'message'>;
}

/** `✓ subscribed order.created (missing)`. */
export function changeLine({ change }: ShortChange, paint: Paint): string {
  const { status, code, message } = change;
  return itemLine(
    { action: change, status, ...(code !== undefined && { code }), ...(message !== undefined && { message }) },
    paint,
  );
}
