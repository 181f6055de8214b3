import type { ServiceApi, ServiceReloadReport } from '@gateway-sync/api';
import { askService } from '../adapters/service/connect-service.js';
import { ServiceError } from '../core/errors.js';
import { type Cli, UsageError } from './cli.js';
import { EXIT, type ExitCode } from './exit-code.js';
import { interruptible } from './interrupt.js';
import type { RequestOptions } from './options.js';
import { errorJson, jsonText } from './render/json.js';
import { createPaint, printable, wantsColor } from './render/paint.js';
import { someOf } from './render/words.js';
import { serverAddress } from './server-address.js';

/** What may be asked for a tenant, and what to say when it was. */
interface TenantRequest {
  readonly ask: (service: ServiceApi, tenant: string, options: RequestOptions, signal: AbortSignal) => Promise<unknown>;
  readonly done: string;
}

export const TENANT_REQUESTS = {
  sync: { ask: (service, tenant, _, signal) => service.syncTenant(tenant, { signal }), done: 'a run is due now' },
  pause: {
    ask: (service, tenant, { reason }, signal) =>
      service.pauseTenant(tenant, reason === undefined ? {} : { reason }, { signal }),
    done: 'paused: nothing is read or written until it is resumed',
  },
  resume: {
    ask: (service, tenant, _, signal) => service.resumeTenant(tenant, { signal }),
    done: 'not paused; a run is due now',
  },
} as const satisfies Readonly<Record<string, TenantRequest>>;

export type TenantRequestName = keyof typeof TENANT_REQUESTS;

type Result = { readonly tenant: string } & ({ readonly done: string } | { readonly error: ServiceError });

/** Asks a running service for the same for every tenant that is named; one that is refused holds up no other. */
export async function requestForTenants(cli: Cli, name: TenantRequestName, options: RequestOptions): Promise<ExitCode> {
  if (options.tenant.length === 0) throw new UsageError(`${name} is for tenants that are named: --tenant`);
  const address = await serverAddress(cli, options.server, options);
  const results = await interruptible(async (signal) => {
    const all: Result[] = [];
    for (const tenant of new Set(options.tenant)) all.push(await requestOne(tenant, signal));
    return all;
  });
  const code = results.some((result) => 'error' in result) ? EXIT.error : EXIT.ok;
  if (options.json) {
    const tenants = results.map((result) =>
      'error' in result ? { tenant: result.tenant, error: errorJson(result.error) } : { tenant: result.tenant },
    );
    cli.stdout.write(jsonText({ command: name, exitCode: code, server: options.server, tenants }));
    return code;
  }
  const paint = createPaint(wantsColor(cli.env.color, cli.stdout.isTTY === true));
  for (const result of results) {
    const tenant = printable(result.tenant);
    if ('done' in result) cli.stdout.write(`${paint.good('✓')} ${tenant}: ${result.done}\n`);
    else cli.stdout.write(`${paint.bad('✗')} ${tenant}: ${printable(told(result.error))}\n`);
  }
  return code;

  async function requestOne(tenant: string, signal: AbortSignal): Promise<Result> {
    const { ask, done }: TenantRequest = TENANT_REQUESTS[name];
    try {
      await askService(address, (service) => ask(service, tenant, options, signal));
      return { tenant, done };
    } catch (error) {
      if (error instanceof ServiceError) return { tenant, error };
      throw error;
    }
  }
}

function told({ message, remedy }: ServiceError): string {
  return remedy === undefined ? message : `${message}; ${remedy}`;
}

/** Has a running service read its file again. */
export async function requestReload(cli: Cli, options: RequestOptions): Promise<ExitCode> {
  const address = await serverAddress(cli, options.server, options);
  const report = await interruptible((signal) => askService(address, (service) => service.reloadFile({ signal })));
  if (options.json) {
    cli.stdout.write(jsonText({ command: 'reload', exitCode: EXIT.ok, server: options.server, ...report }));
    return EXIT.ok;
  }
  for (const line of reloadLines(report)) cli.stdout.write(`${printable(line)}\n`);
  return EXIT.ok;
}

function reloadLines({ changed, hash, added, removed, updated }: ServiceReloadReport): readonly string[] {
  if (!changed) return [`the file says what it said before (${hash})`];
  const parts = [
    ['added', added],
    ['removed', removed],
    ['updated', updated],
  ] as const;
  return [
    `the file is in force (${hash})`,
    ...parts.flatMap(([what, names]) => (names.length > 0 ? [`  ${what}: ${someOf(names)}`] : [])),
  ];
}
