import { loadCatalogue } from '../adapters/catalogue-file/catalogue-file.js';
import { compareCatalogues } from '../core/compare-catalogues.js';
import type { CatalogDiffOptions } from './catalog-options.js';
import { reportCatalogue } from './catalog-report.js';
import { type Cli, UsageError } from './cli.js';
import { EXIT, type ExitCode, mostSevere } from './exit-code.js';
import { codeOfReading } from './read-catalogues.js';
import { refreshFromTenants } from './refresh-from-tenants.js';
import { shellCommand } from './render/shell.js';
import { suggest } from './suggest.js';

/** Shows what changed since the catalogue file; writes nothing. */
export async function catalogDiff(cli: Cli, files: readonly string[], options: CatalogDiffOptions): Promise<ExitCode> {
  if (files.length > 0) return compareFiles(cli, files, options);
  const { read, refreshed } = await refreshFromTenants(cli, options);
  const code = mostSevere([refreshed.changes.length > 0 ? EXIT.changes : EXIT.ok, codeOfReading(read)]);
  const more = ['--file', options.file, ...(options.gone ? ['--gone'] : [])];
  const next = suggest('catalog update', { config: read.config, tenant: options.tenant }, ...more);
  reportCatalogue(cli, options, { command: 'catalog diff', code, file: options.file, ...refreshed, read, next });
  return code;
}

async function compareFiles(cli: Cli, files: readonly string[], options: CatalogDiffOptions): Promise<ExitCode> {
  const [before, after] = files.length === 1 ? [options.file, ...files] : files;
  if (before === undefined || after === undefined || files.length > 2) {
    throw new UsageError(`two catalogues are compared, not ${files.length}`);
  }
  if (options.tenant.length > 0 || options.gone) {
    throw new UsageError('where files are compared no tenant is asked: leave out --tenant and --gone');
  }
  const changes = compareCatalogues((await loadCatalogue(before)).catalogue, (await loadCatalogue(after)).catalogue);
  const code = changes.length > 0 ? EXIT.changes : EXIT.ok;
  const told = { code, file: before, changes, missing: [], next: shellCommand(['cp', after, before]) };
  reportCatalogue(cli, options, { command: 'catalog diff', ...told });
  return code;
}
