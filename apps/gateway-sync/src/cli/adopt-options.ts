import type { Command } from 'commander';
import { type CommonOptions, withDespitePause } from './options.js';

export interface AdoptOptions extends CommonOptions {
  readonly dryRun: boolean;
  /** Whether subscriptions that the file does not name become ours too. */
  readonly unnamed: boolean;
  /** Whether what a person would be asked is answered. */
  readonly yes: boolean;
  readonly despitePause: boolean;
}

export function withAdoptOptions(command: Command): Command {
  return withDespitePause(command)
    .option('--dry-run', 'show what would become ours, and change nothing', false)
    .option('--unnamed', 'adopt subscriptions too that the file does not name, so that apply may remove them', false)
    .option('-y, --yes', 'do not ask', false);
}

export const ADOPT_EXAMPLES = `  gateway-sync adopt --dry-run               what would become ours
  gateway-sync adopt -t acme                 after a move from another installation, or from manual work
  gateway-sync adopt -t acme --unnamed --yes then apply removes with prune: owned what the file does not name
`;
