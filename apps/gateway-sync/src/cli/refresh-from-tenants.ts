import { loadCatalogue } from '../adapters/catalogue-file/catalogue-file.js';
import { type Refreshed, refreshCatalogue } from '../core/refresh-catalogue.js';
import type { CatalogDiffOptions } from './catalog-options.js';
import type { Cli } from './cli.js';
import { type ReadCatalogues, readCatalogues } from './read-catalogues.js';

/** The catalogue file with what the tenants have now. */
export async function refreshFromTenants(
  cli: Cli,
  options: CatalogDiffOptions,
): Promise<{ readonly read: ReadCatalogues; readonly refreshed: Refreshed; readonly text: string }> {
  // First, so that a file with faults costs no request.
  await loadCatalogue(options.file);
  const read = await readCatalogues(cli, options);
  // Again, so that what somebody wrote meanwhile counts.
  const { catalogue, text } = await loadCatalogue(options.file);
  // What is only at a tenant that could not be read is not gone.
  const whole = options.gone && read.failures.length + read.interrupted.length === 0;
  return { read, refreshed: refreshCatalogue(catalogue, read.types, whole), text };
}
