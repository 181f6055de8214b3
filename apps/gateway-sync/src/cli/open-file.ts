import type { OnRead } from '../adapters/desired-file/contents.js';
import type { DesiredFile } from '../adapters/desired-file/desired-file.js';
import { loadAside } from '../adapters/desired-file/load-aside.js';
import { nearest } from '../core/nearest.js';
import { type Cli, UsageError } from './cli.js';
import type { CommonOptions } from './options.js';
import { didYouMean, someOf } from './render/words.js';

/** The desired-state file that the options name, with the tenants that they name. */
export async function openFile(
  cli: Pick<Cli, 'env'>,
  options: Pick<CommonOptions, 'config' | 'tenant'>,
  onRead?: OnRead,
): Promise<DesiredFile> {
  const file = await loadAside(options.config ?? cli.env.config, cli.env.raw, onRead);
  return options.tenant.length === 0 ? file : { ...file, tenants: selectTenants(file, options.tenant) };
}

/** Those of the file that the names name. */
export function selectTenants(
  { path, tenants }: Pick<DesiredFile, 'path' | 'tenants'>,
  names: readonly string[],
): DesiredFile['tenants'] {
  const known = tenants.map(({ tenant }) => tenant);
  const unknown = [...new Set(names)].filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    const hints = unknown.map((name) => {
      const hint = didYouMean(nearest(name, known)) || `it has ${someOf(known)}`;
      return `${path} has no tenant ${name}; ${hint}`;
    });
    throw new UsageError(hints.join('\n'));
  }
  return tenants.filter(({ tenant }) => names.includes(tenant));
}
