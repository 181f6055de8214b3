import type { Command } from 'commander';
import { type StatusOptions, withStatusOptions } from './options.js';

export interface QuotaOptions extends StatusOptions {
  /** Show how the month went, and how far earlier forecasts were off. */
  readonly readings: boolean;
}

export function withQuotaOptions(command: Command): Command {
  return withStatusOptions(command).option('--readings', 'with the readings of the month and past forecasts', false);
}

export const QUOTA_EXAMPLES = `  gateway-sync quota --quiet                 only tenants for which the month may not last
  gateway-sync quota -t acme --readings      how the month went, and how far forecasts were off
  gateway-sync quota --server http://127.0.0.1:8080
                                             as a running service says; needs no file
  gateway-sync quota --json | jq '.tenants[] | select(.quotaState.forecast.exhaustedAt).tenant'
`;
