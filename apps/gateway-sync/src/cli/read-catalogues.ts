import { UnavailableError } from '../core/errors.js';
import { type CatalogueReading, isSerious, readCatalogue } from '../core/read-catalogue.js';
import type { TenantName } from '../core/state.js';
import { uniteCatalogues } from '../core/unite-catalogues.js';
import { type Cli, UsageError } from './cli.js';
import { eachTenant, type TenantFailure } from './each-tenant.js';
import { EXIT, type ExitCode, mostSevere } from './exit-code.js';
import { interruptible } from './interrupt.js';
import { openFile } from './open-file.js';
import type { CommonOptions } from './options.js';

/** What the tenants have together, as far as they could be read. */
export interface ReadCatalogues extends CatalogueReading {
  /** Of the desired-state file. */
  readonly config: string;
  /** Those that were read. */
  readonly tenants: readonly TenantName[];
  readonly failures: readonly TenantFailure[];
  readonly interrupted: readonly TenantName[];
}

export async function readCatalogues(cli: Cli, options: CommonOptions): Promise<ReadCatalogues> {
  const file = await openFile(cli, options);
  if (file.tenants.length === 0) throw new UsageError(`${file.path} has no tenants, so there is nobody to ask`);
  const { results, failures, interrupted } = await interruptible((signal) =>
    eachTenant(cli, file, { signal }, async ({ tenant, gateway }) => {
      const rows = await gateway().listEventTypes(signal);
      if (rows.length > 0) return { tenant: tenant.tenant, reading: readCatalogue(rows) };
      // Every tenant has a catalogue; taken for one, an empty answer would be the end of every event type.
      throw new UnavailableError('listSubscriptions answered no event type at all', { operation: 'listSubscriptions' });
    }),
  );
  const tenants = results.map(({ tenant }) => tenant);
  const united = uniteCatalogues(results.map(({ reading }) => reading));
  return { config: file.path, tenants, failures, interrupted, ...united };
}

/** Whether everything that was asked is known. */
export function codeOfReading({ failures, interrupted, complaints }: ReadCatalogues): ExitCode {
  return mostSevere([
    failures.length > 0 || complaints.some(isSerious) ? EXIT.error : EXIT.ok,
    interrupted.length > 0 ? EXIT.interrupted : EXIT.ok,
  ]);
}
