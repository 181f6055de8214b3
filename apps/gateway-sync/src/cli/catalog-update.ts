import { replaceCatalogue } from '../adapters/catalogue-file/catalogue-file.js';
import { catalogueText } from '../adapters/catalogue-file/catalogue-text.js';
import type { CatalogDiffOptions } from './catalog-options.js';
import { reportCatalogue } from './catalog-report.js';
import { type Cli, UsageError } from './cli.js';
import type { ExitCode } from './exit-code.js';
import { codeOfReading } from './read-catalogues.js';
import { refreshFromTenants } from './refresh-from-tenants.js';

/** Writes what changed into the catalogue file. */
export async function catalogUpdate(cli: Cli, options: CatalogDiffOptions): Promise<ExitCode> {
  const { file } = options;
  const { read, refreshed, text } = await refreshFromTenants(cli, options);
  const isWhole = read.interrupted.length === 0;
  const written = isWhole && read.tenants.length > 0 && catalogueText(refreshed.catalogue) !== text;
  if (written) await write(file, refreshed.catalogue);
  const code = codeOfReading(read);
  reportCatalogue(cli, options, { command: 'catalog update', code, file, ...refreshed, read, written });
  return code;
}

async function write(path: string, catalogue: Parameters<typeof replaceCatalogue>[1]): Promise<void> {
  try {
    await replaceCatalogue(path, catalogue);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new UsageError(`${path} cannot be written (${code}); nothing was changed`, { cause: error });
  }
}
