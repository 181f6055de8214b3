import { type CatalogueChange, highestLevel } from '../core/compare-catalogues.js';
import type { Missing } from '../core/refresh-catalogue.js';
import type { CatalogDiffOptions } from './catalog-options.js';
import type { Cli } from './cli.js';
import type { ExitCode } from './exit-code.js';
import type { ReadCatalogues } from './read-catalogues.js';
import { catalogMarkdown } from './render/catalog-markdown.js';
import { catalogText } from './render/catalog-text.js';
import { errorJson, jsonText } from './render/json.js';
import { createPaint, wantsColor } from './render/paint.js';

export interface CatalogueReport {
  readonly command: string;
  readonly code: ExitCode;
  /** The catalogue file. */
  readonly file: string;
  readonly changes: readonly CatalogueChange[];
  readonly missing: readonly Missing[];
  /** Absent where no tenant was asked. */
  readonly read?: ReadCatalogues;
  /** Whether the file was written; absent where it is only looked at. */
  readonly written?: boolean;
  /** What would write the changes. */
  readonly next?: string;
}

/** Says what changed, in the form that was asked for. */
export function reportCatalogue(cli: Cli, options: CatalogDiffOptions, report: CatalogueReport): void {
  if (options.json) cli.stdout.write(jsonText(reportJson(report)));
  else if (options.markdown) cli.stdout.write(catalogMarkdown(report, options.quiet));
  else {
    const paint = createPaint(wantsColor(cli.env.color, cli.stdout.isTTY === true));
    cli.stdout.write(catalogText(report, options.quiet, paint));
  }
}

function reportJson({ command, code, file, changes, missing, read, written }: CatalogueReport) {
  return {
    command,
    exitCode: code,
    file,
    ...(written !== undefined && { written }),
    level: highestLevel(changes) ?? null,
    changes,
    missing,
    ...(read && {
      tenants: read.tenants,
      complaints: read.complaints,
      failures: read.failures.map(({ tenant, error }) => ({ tenant, error: errorJson(error, tenant) })),
      interrupted: read.interrupted,
    }),
  };
}
