import type { ServiceApi } from '@gateway-sync/api';
import { askService } from '../adapters/service/connect-service.js';
import type { LedgerStore, QuotaLog } from '../core/ports.js';
import { HISTORY_MS } from '../core/quota-look.js';
import { isKnown, pastErrorsOf, quotaOverview } from '../core/quota-overview.js';
import { remedyFor } from '../core/remedy.js';
import { quotaReportView } from '../http/quota-view.js';
import type { Cli } from './cli.js';
import { eachTenant, type TenantFailure } from './each-tenant.js';
import { EXIT, mostSevere, type ExitCode } from './exit-code.js';
import type { Visit } from './for-tenants.js';
import { interruptible } from './interrupt.js';
import { openFile } from './open-file.js';
import { quotaNow } from './quota-now.js';
import type { QuotaOptions } from './quota-options.js';
import { errorJson, jsonText } from './render/json.js';
import { createPaint, printable, wantsColor } from './render/paint.js';
import { isNoteworthy, isUnreadable, quotaText, type QuotaView } from './render/quota-text.js';
import { quotaJson } from './render/served-status.js';
import { count, someOf } from './render/words.js';
import { type Backing, backing } from './run-tenants.js';
import { serverAddress } from './server-address.js';
import { askNotes, type ServiceNote } from './service-notes.js';
import { withLedger } from './with-ledger.js';

/** What was found out about the tenants. */
interface Found {
  readonly views: readonly QuotaView[];
  readonly failures: readonly TenantFailure[];
  readonly interrupted: readonly string[];
  readonly notes: readonly ServiceNote[];
}

/** Shows what every tenant has used of its month, what the month comes to, and what is given up; writes nothing. */
export async function quota(cli: Cli, options: QuotaOptions): Promise<ExitCode> {
  const { server } = options;
  const found = await (server === undefined ? quotaOfFile(cli, options) : quotaOfServer(cli, options, server));
  const { views, failures, interrupted, notes } = found;
  const code = mostSevere([
    failures.length > 0 || views.some(isUnreadable) ? EXIT.error : EXIT.ok,
    interrupted.length > 0 ? EXIT.interrupted : EXIT.ok,
    ...notes.map((note) => note.code),
  ]);
  if (options.json) {
    cli.stdout.write(
      jsonText({
        command: 'quota',
        exitCode: code,
        ...(server !== undefined && { server, notes: notes.map(({ text }) => text) }),
        tenants: [...views.map(viewJson), ...failures.map(failureJson)],
        interrupted,
      }),
    );
    return code;
  }
  const paint = createPaint(wantsColor(cli.env.color, cli.stdout.isTTY === true));
  for (const { text } of notes) cli.stdout.write(`${paint.warning('!')} ${text}\n`);
  const shown = options.quiet ? views.filter(isNoteworthy) : views;
  for (const view of shown) cli.stdout.write(quotaText(view, cli.clock.now(), paint));
  for (const { tenant, error } of failures) {
    const remedy = remedyFor(error, tenant);
    const told = remedy === undefined ? error.message : `${error.message}; ${remedy}`;
    cli.stdout.write(`${paint.bad('✗')} ${printable(tenant)}: ${printable(told)}\n`);
  }
  const others = views.length - shown.length;
  if (others > 0) cli.stdout.write(`${count(others, 'tenant')} of which nothing is to be said\n`);
  if (interrupted.length > 0) cli.stdout.write(`Interrupted before ${someOf(interrupted)}.\n`);
  return code;
}

async function quotaOfFile(cli: Cli, options: QuotaOptions): Promise<Found> {
  const file = await openFile(cli, options);
  const { results, failures, interrupted } = await interruptible((signal) =>
    withLedger(
      cli,
      (store) =>
        eachTenant(cli, file, { signal }, (visit) =>
          quotaOfTenant(cli, visit, { signal, options, ...(store && { store, ...backing(file, store, undefined) }) }),
        ),
      signal,
    ),
  );
  return { views: results, failures, interrupted, notes: [] };
}

interface Surroundings extends Pick<Backing, 'records'> {
  readonly signal: AbortSignal;
  readonly options: QuotaOptions;
  readonly store?: LedgerStore;
}

/** As the ledger has it; a tenant of which it has nothing for this month is asked, once. */
async function quotaOfTenant(
  cli: Cli,
  visit: Visit,
  { signal, options, store, records }: Surroundings,
): Promise<QuotaView> {
  const { tenant } = visit.tenant;
  const marks = (await records?.read(tenant))?.marks ?? {};
  const kept = quotaOverview(visit.tenant, marks, cli.clock.now());
  const overview = isKnown(kept) ? kept : await quotaNow(cli, visit, marks, signal);
  const history = options.readings ? await readings(cli, tenant, store?.quota) : [];
  const errors = pastErrorsOf(history, cli.clock.now(), overview.timeZone);
  return viewOf(tenant, quotaReportView(overview, history, errors), options);
}

async function readings(cli: Cli, tenant: string, log: QuotaLog | undefined) {
  return log?.since(tenant, cli.clock.now() - HISTORY_MS) ?? [];
}

async function quotaOfServer(cli: Cli, options: QuotaOptions, server: string): Promise<Found> {
  const address = await serverAddress(cli, server, options);
  const [views, notes] = await interruptible((signal) =>
    askService(address, (service) => Promise.all([askQuotas(service, options, signal), askNotes(service, signal)])),
  );
  return { views, failures: [], interrupted: [], notes };
}

/** The readings cost a request for each tenant. */
async function askQuotas(service: ServiceApi, options: QuotaOptions, signal: AbortSignal): Promise<QuotaView[]> {
  const named = [...new Set(options.tenant)];
  if (named.length === 0 && !options.readings) {
    const statuses = await service.listAllTenants({}, { signal });
    return statuses.map(({ tenant, quota: newest, quotaState, pause }) => ({
      tenant,
      ...(newest && { quota: newest }),
      ...(quotaState && { quotaState }),
      ...(pause && { pause }),
    }));
  }
  const tenants = named.length > 0 ? named : (await service.listAllTenants({}, { signal })).map(({ tenant }) => tenant);
  const views: QuotaView[] = [];
  for (const tenant of tenants) views.push(viewOf(tenant, await service.getQuota(tenant, { signal }), options));
  return views;
}

function viewOf(
  tenant: string,
  { newest, state, pause, readings: all, pastErrors }: Awaited<ReturnType<ServiceApi['getQuota']>>,
  options: QuotaOptions,
): QuotaView {
  return {
    tenant,
    ...(newest && { quota: newest }),
    ...(state && { quotaState: state }),
    ...(pause && { pause }),
    ...(options.readings && { readings: all, pastErrors }),
  };
}

/** The same names as in the answer of `status`. */
function viewJson({ quota: newest, readings: all, ...rest }: QuotaView) {
  return { ...rest, ...(newest && { quota: quotaJson(newest) }), ...(all && { readings: all.map(quotaJson) }) };
}

function failureJson({ tenant, error }: TenantFailure) {
  return { tenant, error: errorJson(error, tenant) };
}
