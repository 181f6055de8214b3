import type { ServiceApi } from '@gateway-sync/api';
import { askService } from '../adapters/service/connect-service.js';
import type { Cli } from './cli.js';
import { exitCodeOfStates, mostSevere, type ExitCode } from './exit-code.js';
import { interruptible } from './interrupt.js';
import type { StatusOptions } from './options.js';
import { jsonText } from './render/json.js';
import { createPaint, wantsColor } from './render/paint.js';
import { type Served, servedJson, servedView } from './render/served-status.js';
import { needsAttention, statusText } from './render/status-text.js';
import { stateTally } from './render/totals.js';
import { askNotes } from './service-notes.js';
import { serverAddress } from './server-address.js';

/** Shows how the tenants stand as a running service says; needs no file. */
export async function statusOfServer(cli: Cli, options: StatusOptions, server: string): Promise<ExitCode> {
  const address = await serverAddress(cli, server, options);
  const [served, notes] = await interruptible((signal) =>
    askService(address, (service) =>
      Promise.all([askStatuses(service, options.tenant, signal), askNotes(service, signal)]),
    ),
  );
  const states = served.map(({ status }) => status.state);
  const code = mostSevere([exitCodeOfStates(states), ...notes.map((note) => note.code)]);
  if (options.json) {
    cli.stdout.write(
      jsonText({
        command: 'status',
        exitCode: code,
        server,
        notes: notes.map(({ text }) => text),
        tenants: served.map(servedJson),
        interrupted: [],
      }),
    );
    return code;
  }
  const paint = createPaint(wantsColor(cli.env.color, cli.stdout.isTTY === true));
  for (const note of notes) cli.stdout.write(`${paint.warning('!')} ${note.text}\n`);
  for (const one of served) {
    const view = servedView(one);
    const isWorthIt = needsAttention(view) || one.status.state === 'pending' || one.status.state === 'paused';
    if (isWorthIt || !options.quiet) cli.stdout.write(`${statusText(view, cli.clock.now(), paint)}\n`);
  }
  cli.stdout.write(`${stateTally(states, paint)}\n`);
  return code;
}

/** The last change costs a request for each tenant, so it is told of tenants that are asked for by name. */
async function askStatuses(
  service: ServiceApi,
  tenants: readonly string[],
  signal: AbortSignal,
): Promise<readonly Served[]> {
  if (tenants.length === 0) {
    const statuses = await service.listAllTenants({}, { signal });
    return statuses.map((status) => ({ status }));
  }
  return Promise.all(
    [...new Set(tenants)].map(async (tenant): Promise<Served> => {
      const status = await service.getTenant(tenant, { signal });
      const history = await service.request('listHistory', { path: { tenant }, query: { limit: 1 } }, { signal });
      // Without a ledger, or while it is away, there is a status all the same.
      const lastChange = history.status === 200 ? history.body.changes[0] : undefined;
      return { status, ...(lastChange && { lastChange }) };
    }),
  );
}
