import { AccessDeniedError } from '../../core/errors.js';
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
  if (error instanceof AccessDeniedError) {
    return [
      `check credentials of tenant ${tenant}; they need webhook.subscription_read and webhook.subscription_manage`,
    ];
  }
  return transient ? ['trying again later may help'] : [];
}
