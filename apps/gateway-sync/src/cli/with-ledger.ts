import type { LedgerStore } from '../core/ports.js';
import type { Cli } from './cli.js';
import { createPaint, printable, wantsColor } from './render/paint.js';

/**
 * Runs with the ledger, and closes it. Without one, or with one that cannot be reached, the command goes on and removes
 * nothing; the latter is said.
 */
export async function withLedger<Result>(
  cli: Cli,
  run: (store: LedgerStore | undefined) => Promise<Result>,
): Promise<Result> {
  const store = await open(cli);
  try {
    return await run(store);
  } finally {
    await store?.close();
  }
}

async function open(cli: Cli): Promise<LedgerStore | undefined> {
  try {
    return await cli.openLedger();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const paint = createPaint(wantsColor(cli.env.color, cli.stderr.isTTY === true));
    cli.stderr.write(`${paint.warning('!')} without the ledger, so nothing is removed: ${printable(message)}\n`);
    return undefined;
  }
}
