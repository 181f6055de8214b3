import type { ServiceHealthReport } from '@gateway-sync/api';
import { EXIT, type ExitCode } from './exit-code.js';
import { printable } from './render/paint.js';

/** Something that a service says of itself and that changes what its statuses mean. */
export interface ServiceNote {
  readonly text: string;
  readonly code: ExitCode;
}

/** From the checks of `/health`. Statuses that are those of an older file are not in order. */
export function serviceNotes({ file, replicas }: ServiceHealthReport['details']): readonly ServiceNote[] {
  const notes: ServiceNote[] = [];
  if (replicas?.['role'] === 'standby') {
    const text = 'this replica stands by: another one has a newer file, and looks after the tenants of that one';
    notes.push({ text, code: EXIT.ok });
  }
  if (file?.status === 'degraded') {
    const since = printable(String(file['since']));
    const text = `the file as it is now is not taken up since ${since}, the one before stays in force; /health says why, and what helps`;
    notes.push({ text, code: 'verdicts' in file ? EXIT.withheld : EXIT.invalid });
  }
  return notes;
}
