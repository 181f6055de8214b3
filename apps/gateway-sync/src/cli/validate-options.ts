import type { Command } from 'commander';
import type { CommonOptions } from './options.js';

export interface ValidateOptions extends CommonOptions {
  /** Whether the tenants, their destinations and the database are asked too. */
  readonly online: boolean;
}

export function withValidateOptions(command: Command): Command {
  return command.option('--online', 'ask the tenants, their destinations and the database too; write nothing', false);
}

export const VALIDATE_EXAMPLES = `  gateway-sync validate --config gateway-sync.yaml
  gateway-sync validate --json | jq '.error.problems'
  gateway-sync validate --online -t acme     credentials, scopes, event types, destinations, Svix
`;
