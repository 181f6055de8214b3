import type { ServiceApi, ServiceReloadReport } from '@gateway-sync/api';
import { askService, type ServiceAddress } from '../adapters/service/connect-service.js';
import { ServiceError } from '../core/errors.js';
import { pauseText } from '../core/pause.js';
import { type Cli, UsageError } from './cli.js';
import { EXIT, type ExitCode } from './exit-code.js';
import { interruptible } from './interrupt.js';
import type { RequestOptions } from './options.js';
import { errorJson, jsonText } from './render/json.js';
import { createPaint, printable, wantsColor } from './render/paint.js';
import { someOf } from './render/words.js';
import { serverAddress } from './server-address.js';
import { askNotes, type ServiceNote } from './service-notes.js';

/** What to say when something was asked for: to people, and to programs beside the tenant. */
interface Asked {
  readonly done: string;
  readonly facts?: object;
}

type Ask = (service: ServiceApi, tenant: string, options: RequestOptions, signal: AbortSignal) => Promise<Asked>;

export const TENANT_REQUESTS = {
  sync: async (service, tenant, _, signal) => {
    await service.syncTenant(tenant, { signal });
    return { done: 'a run is due now' };
  },
  pause: async (service, tenant, { reason }, signal) => {
    const request = reason === undefined ? {} : { reason };
    const { pause, replaced } = await service.pauseTenant(tenant, request, { signal });
    const before = replaced ? `; before, it was ${pauseText({ ...replaced, at: Date.parse(replaced.at) })}` : '';
    return {
      done: `paused: nothing is read or written until it is resumed${before}`,
      facts: { pause, ...(replaced && { replaced }) },
    };
  },
  resume: async (service, tenant, _, signal) => {
    await service.resumeTenant(tenant, { signal });
    return { done: 'not paused; a run is due now' };
  },
} as const satisfies Readonly<Record<string, Ask>>;

export type TenantRequestName = keyof typeof TENANT_REQUESTS;

type Result = { readonly tenant: string } & (Asked | { readonly error: ServiceError });

/** Asks a running service for the same for every tenant that is named; one that is refused holds up no other. */
export async function requestForTenants(cli: Cli, name: TenantRequestName, options: RequestOptions): Promise<ExitCode> {
  if (options.tenant.length === 0) {
    throw new UsageError(`${name} is for tenants that are named: add --tenant <name>, once for each`);
  }
  const address = await serverAddress(cli, options.server, options);
  const { results, notes } = await interruptible(async (signal) => {
    const all: Result[] = [];
    for (const tenant of new Set(options.tenant)) all.push(await requestOne(tenant, signal));
    // Where nobody took the request, nothing else is to be told.
    const isTaken = all.some((result) => 'done' in result);
    return { results: all, notes: isTaken ? await notesOf(address, signal) : [] };
  });
  const code = results.some((result) => 'error' in result) ? EXIT.error : EXIT.ok;
  if (options.json) {
    const tenants = results.map((result) =>
      'error' in result
        ? { tenant: result.tenant, error: errorJson(result.error) }
        : { tenant: result.tenant, ...result.facts },
    );
    cli.stdout.write(
      jsonText({
        command: name,
        exitCode: code,
        server: options.server,
        notes: notes.map(({ text }) => text),
        tenants,
      }),
    );
    return code;
  }
  const paint = createPaint(wantsColor(cli.env.color, cli.stdout.isTTY === true));
  for (const { text } of notes) cli.stdout.write(`${paint.warning('!')} ${text}\n`);
  for (const result of results) {
    const tenant = printable(result.tenant);
    if ('done' in result) cli.stdout.write(`${paint.good('✓')} ${tenant}: ${printable(result.done)}\n`);
    else cli.stdout.write(`${paint.bad('✗')} ${tenant}: ${printable(told(result.error))}\n`);
  }
  return code;

  async function requestOne(tenant: string, signal: AbortSignal): Promise<Result> {
    const ask: Ask = TENANT_REQUESTS[name];
    try {
      return { tenant, ...(await askService(address, (service) => ask(service, tenant, options, signal))) };
    } catch (error) {
      if (error instanceof ServiceError) return { tenant, error };
      throw error;
    }
  }
}

/** What was asked for is done, whether or not the service can say more. */
async function notesOf(address: ServiceAddress, signal: AbortSignal): Promise<readonly ServiceNote[]> {
  try {
    return await askService(address, (service) => askNotes(service, signal));
  } catch (error) {
    if (error instanceof ServiceError) return [];
    throw error;
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
