import type { Command } from 'commander';
import type { CommonOptions } from './options.js';

export interface DumpOptions extends CommonOptions {
  /** Where to write the file; absent: on stdout. */
  readonly output?: string;
  /** Whether the file at `output` may be replaced. */
  readonly force: boolean;
  /** Whether settings that are as they would be without being named are written too. */
  readonly full: boolean;
}

export function withDumpOptions(command: Command): Command {
  return command
    .option('-o, --output <file>', 'write this file, readable by its owner alone, and not stdout')
    .option('--force', 'replace the file that is there', false)
    .option('--full', 'write settings too that are as they are without being named', false);
}

export const DUMP_EXAMPLES = `  gateway-sync dump                          the tenants of ./gateway-sync.yaml, as they are, on stdout
  gateway-sync dump -t acme --output acme.yaml
  gateway-sync dump --full --json | jq -r '.tenants[].notes[].message'
`;
