import type { HistoryWish } from '../core/ports.js';
import { type Cli, UsageError } from './cli.js';
import { EXIT, type ExitCode } from './exit-code.js';
import { interruptible, unlessAborted } from './interrupt.js';
import { openFile } from './open-file.js';
import type { HistoryOptions } from './options.js';
import { historyText } from './render/history-text.js';
import { jsonText, timeJson } from './render/json.js';
import { createPaint, wantsColor } from './render/paint.js';
import { suggest } from './suggest.js';
import { withLedgerOnly } from './with-ledger.js';

const MOST = 1000;

/** Shows what was written to the tenants of the file, newest first. */
export async function history(cli: Cli, options: HistoryOptions): Promise<ExitCode> {
  const range = rangeOf(options);
  const file = await openFile(cli, options);
  const tenants = file.tenants.map(({ tenant }) => tenant);
  const records = await interruptible((signal) =>
    withLedgerOnly(cli, ({ audit }) => unlessAborted(audit.history({ tenants, ...range }), signal), signal),
  );
  const older = records.length === range.limit ? records.at(-1)?.id : undefined;
  if (options.json) {
    const changes = records.map((record) => ({ ...record, at: timeJson(record.at) }));
    cli.stdout.write(jsonText({ command: 'history', exitCode: EXIT.ok, changes, before: older ?? null }));
    return EXIT.ok;
  }
  const paint = createPaint(wantsColor(cli.env.color, cli.stdout.isTTY === true));
  cli.stdout.write(historyText(records, paint));
  if (older !== undefined) {
    const more = ['--limit', `${range.limit}`, '--before', older];
    const next = suggest('history', { config: file.path, tenant: options.tenant }, ...more);
    cli.stdout.write(`${paint.dim(`Next: ${next} shows older changes`)}\n`);
  }
  return EXIT.ok;
}

function rangeOf({ limit, before }: HistoryOptions): Pick<HistoryWish, 'limit' | 'before'> {
  const number = /^\d{1,4}$/.test(limit) ? Number(limit) : 0;
  if (number < 1 || number > MOST) {
    throw new UsageError(`--limit takes a number from 1 to ${MOST}; it was given ${limit}`);
  }
  if (before !== undefined && !/^\d{1,18}$/.test(before)) {
    throw new UsageError(`--before takes the id of a change, as history shows it; it was given ${before}`);
  }
  return { limit: number, ...(before !== undefined && { before }) };
}
