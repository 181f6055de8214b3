import type { GlobChange, LockChange } from '../../core/lock.js';
import type { TenantFailure } from '../each-tenant.js';
import { printable, type Paint } from './paint.js';
import { count, someOf } from './words.js';

export interface LockView {
  /** Of the lock file. */
  readonly path: string;
  readonly written: boolean;
  readonly changes: readonly LockChange[];
  /** Not read; they keep what was locked. */
  readonly failures: readonly TenantFailure[];
  readonly interrupted: readonly string[];
  /** Tenants in the lock file afterwards. */
  readonly locked: number;
  /** Whether it was not to be written. */
  readonly check: boolean;
}

/** What a lock file gains and loses, by tenant and glob. `command`: what writes it. */
export function lockText(view: LockView, command: string, paint: Paint): string {
  const lines = [
    ...view.changes.flatMap((change) => [
      `${paint.bold(printable(change.tenant))}${REMARKS[change.is]}`,
      ...globLines(change, paint),
      '',
    ]),
    ...view.failures.map(
      ({ tenant, error }) =>
        `${paint.bad('✗')} ${printable(tenant)} keeps what was locked: ${printable(error.message)}`,
    ),
    ...(view.interrupted.length > 0
      ? [`Interrupted before ${someOf(view.interrupted)}; nothing is written.`]
      : [closing(view, command, paint)]),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function globLines({ globs }: LockChange, paint: Paint): string[] {
  return globs.flatMap(({ glob, is, added, removed }) => [
    `  ${printable(glob)}${REMARKS[is]}`,
    ...added.map((type) => `    ${paint.add(`+ ${printable(type)}`)}`),
    ...removed.map((type) => `    ${paint.remove(`- ${printable(type)}`)}`),
  ]);
}

const REMARKS: Readonly<Record<GlobChange['is'], string>> = {
  new: ' (new)',
  changed: '',
  gone: ' (no longer in the file)',
};

function closing({ path, written, changes, failures, locked, check }: LockView, command: string, paint: Paint): string {
  const tenants = count(locked, 'tenant');
  if (written) return `${paint.good('✓')} ${path} is written: ${tenants}, ${changes.length} changed`;
  if (changes.length > 0) return `${paint.warning('!')} ${path} is behind${check ? `; ${command} writes it` : ''}`;
  if (failures.length > 0) return `${path} stays as it is`;
  return locked === 0
    ? `${paint.good('✓')} no tenant has lock: true and globs, so there is nothing to lock`
    : `${paint.good('✓')} ${path} is up to date: ${tenants}`;
}
