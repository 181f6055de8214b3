import { pastPause, pauseText } from '../../core/pause.js';
import type { ReconcileResult } from '../../core/result.js';
import { printable, type Paint } from './paint.js';

/** The remark on a tenant in the mode of that name. */
export const OBSERVED = 'observe: never written';

/** What to say beside the name of a tenant: why nothing is written, whatever its plan says. */
export function remarkOn({ mode, pause }: Pick<ReconcileResult, 'mode' | 'pause'>): string | undefined {
  const remarks = [...(mode === 'observe' ? [OBSERVED] : []), ...(pause ? [pauseText(pause)] : [])];
  return remarks.length === 0 ? undefined : remarks.join('; ');
}

/** The same in brackets, or nothing. */
export function bracketed(result: Pick<ReconcileResult, 'mode' | 'pause'>, paint: Paint): string {
  const remark = remarkOn(result);
  return remark === undefined ? '' : paint.dim(` (${printable(remark)})`);
}

/** What becomes of the plan of a paused tenant; nothing where there is nothing to do. */
export function pauseLines({ tenant, mode, pause, plan }: ReconcileResult, paint: Paint): string[] {
  if (!pause || mode === 'observe' || (plan?.actions ?? []).length === 0) return [];
  return [
    `  ${paint.warning('!')} apply withholds it while it is paused`,
    `      to allow it: ${printable(pastPause(tenant, 'apply'))}`,
  ];
}
