import type { ServiceApi, ServiceHealthReport } from '@gateway-sync/api';
import { EXIT, type ExitCode } from './exit-code.js';
import { printable } from './render/paint.js';

/** Something that a service says of itself and that changes what its statuses mean. */
export interface ServiceNote {
  readonly text: string;
  readonly code: ExitCode;
}

/** What whoever asks a service has to know of it first. */
export async function askNotes(service: ServiceApi, signal: AbortSignal): Promise<readonly ServiceNote[]> {
  const health = await service.request('getHealth', {}, { signal });
  return health.status === 200 || health.status === 503 ? serviceNotes(health.body.details) : [];
}

/** From the checks of `/health`. Statuses that are those of an older file are not in order. */
function serviceNotes({ file, replicas }: ServiceHealthReport['details']): readonly ServiceNote[] {
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
