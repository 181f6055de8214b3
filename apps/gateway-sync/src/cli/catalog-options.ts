import { type Command, Option } from 'commander';
import type { CommonOptions } from './options.js';

export interface CatalogPullOptions extends CommonOptions {
  /** Where to write it; absent: on stdout. */
  readonly output?: string;
  /** Whether the file at `output` may be replaced. */
  readonly force: boolean;
}

export interface CatalogDiffOptions extends CommonOptions {
  /** The catalogue file. */
  readonly file: string;
  /** Whether the tenants have everything there is. */
  readonly gone: boolean;
  /** Answer in Markdown, for a comment on a pull request. */
  readonly markdown: boolean;
}

/** Where the catalogue stands in this repository. */
export const CATALOGUE_FILE = 'specs/event-catalog.json';

export function withCatalogPullOptions(command: Command): Command {
  return command
    .option('-o, --output <file>', 'write this file, and not stdout')
    .option('--force', 'replace the file that is there', false);
}

export function withCatalogDiffOptions(command: Command): Command {
  const markdown = new Option('--markdown', 'answer in Markdown, for a comment on a pull request');
  return command
    .option('-f, --file <file>', 'catalogue file', CATALOGUE_FILE)
    .option('--gone', 'the tenants have every module: what none of them has is gone', false)
    .addOption(markdown.default(false).conflicts('json'));
}

export const CATALOG_EXAMPLES = {
  pull: `  gateway-sync catalog pull                  what all tenants of ./gateway-sync.yaml have together, on stdout
  gateway-sync catalog pull -t acme -o acme.json
`,
  diff: `  gateway-sync catalog diff                  the tenants against ./${CATALOGUE_FILE}
  gateway-sync catalog diff acme.json        a file against it
  gateway-sync catalog diff old.json new.json
  gateway-sync catalog diff --json | jq -e '.level != "breaking"'
`,
  update: `  gateway-sync catalog update                what is new and what changed; what no tenant has stays
  gateway-sync catalog update -t full --gone what tenant full does not have goes
`,
};
