import type { CommonOptions } from './options.js';
import { shellCommand } from './render/shell.js';

/** A command about the same file and tenants as the one that suggests it. */
export function suggest(
  command: string,
  { config, tenant }: { readonly config: string } & Pick<CommonOptions, 'tenant'>,
  ...more: readonly string[]
): string {
  const only = tenant.flatMap((name) => ['--tenant', name]);
  return shellCommand(['gateway-sync', ...command.split(' '), '--config', config, ...only, ...more]);
}
