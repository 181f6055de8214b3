import { replaceCatalogue } from '../adapters/catalogue-file/catalogue-file.js';
import { catalogueText } from '../adapters/catalogue-file/catalogue-text.js';
import type { CatalogDiffOptions } from './catalog-options.js';
import { reportCatalogue } from './catalog-report.js';
import type { Cli } from './cli.js';
import type { ExitCode } from './exit-code.js';
import { notWritten } from './not-written.js';
import { codeOfReading } from './read-catalogues.js';
import { refreshFromTenants } from './refresh-from-tenants.js';

/** Writes what changed into the catalogue file. */
export async function catalogUpdate(cli: Cli, options: CatalogDiffOptions): Promise<ExitCode> {
  const { file } = options;
  const { read, refreshed, text } = await refreshFromTenants(cli, options);
  const isWhole = read.interrupted.length === 0;
  const written = isWhole && read.tenants.length > 0 && catalogueText(refreshed.catalogue) !== text;
  if (written) await replaceCatalogue(file, refreshed.catalogue).catch(notWritten(file));
  const code = codeOfReading(read);
  reportCatalogue(cli, options, { command: 'catalog update', code, file, ...refreshed, read, written });
  return code;
}
