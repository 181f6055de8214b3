import type { Command } from 'commander';
import { attempt, type Format } from './attempt.js';
import { catalogDiff } from './catalog-diff.js';
import {
  CATALOG_EXAMPLES,
  type CatalogDiffOptions,
  type CatalogPullOptions,
  withCatalogDiffOptions,
  withCatalogPullOptions,
} from './catalog-options.js';
import { catalogPull } from './catalog-pull.js';
import { catalogUpdate } from './catalog-update.js';
import type { Cli } from './cli.js';
import type { ExitCode } from './exit-code.js';
import { type CommonOptions, EXIT_CODES_HELP, withCommonOptions } from './options.js';

/** Commands about the event types that there are; none of them writes to a tenant. */
export function addCatalogueCommands(program: Command, cli: Cli, finish: (code: ExitCode) => void): void {
  const catalog = program
    .command('catalog')
    .description('Compare the catalogue file that types are made of with what tenants have; no tenant is written.')
    .addHelpText('after', EXIT_CODES_HELP);
  const start = (name: keyof typeof CATALOG_EXAMPLES, description: string) =>
    withCommonOptions(catalog.command(name).description(description)).addHelpText(
      'after',
      `\nExamples:\n${CATALOG_EXAMPLES[name]}${EXIT_CODES_HELP}`,
    );
  const run = async (
    name: string,
    options: CommonOptions & { readonly markdown?: boolean },
    execute: () => Promise<ExitCode>,
  ) => finish(await attempt(cli, `catalog ${name}`, formatOf(options), execute));

  withCatalogPullOptions(
    start('pull', 'Write the event types of the tenants, with groups and schemas, as a catalogue.'),
  ).action((options: CatalogPullOptions) => run('pull', options, () => catalogPull(cli, options)));
  withCatalogDiffOptions(start('diff', 'Show what changed since the catalogue file, and what it asks of receivers.'))
    .argument('[files...]', 'catalogues to compare instead of asking tenants: one with the catalogue file, or two')
    .action((files: readonly string[], options: CatalogDiffOptions) =>
      run('diff', options, () => catalogDiff(cli, files, options)),
    );
  withCatalogDiffOptions(start('update', 'Write what changed into the catalogue file.')).action(
    (options: CatalogDiffOptions) => run('update', options, () => catalogUpdate(cli, options)),
  );
}

function formatOf({ json, markdown }: { readonly json: boolean; readonly markdown?: boolean }): Format {
  if (json) return 'json';
  return markdown === true ? 'markdown' : 'text';
}
