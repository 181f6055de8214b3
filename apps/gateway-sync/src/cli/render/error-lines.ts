import { remedyFor } from '../../core/remedy.js';
import type { ReconcileResult } from '../../core/result.js';
import { printable, type Paint } from './paint.js';

/** Why a tenant failed as a whole, and what may help. */
export function errorLines({ error, transient, tenant }: ReconcileResult, paint: Paint): string[] {
  if (!error) return [];
  return [
    `  ${paint.bad('✗')} ${printable(error.message)}`,
    ...hintFor(error, transient, tenant).map((hint) => `      ${hint}`),
  ];
}

function hintFor(error: Error, transient: boolean, tenant: string): string[] {
  const remedy = remedyFor(error, tenant);
  if (remedy !== undefined) return [remedy];
  return transient ? ['trying again later may help'] : [];
}
