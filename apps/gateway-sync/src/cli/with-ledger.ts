import { LedgerError } from '../core/errors.js';
import type { Ledger, LedgerStore } from '../core/ports.js';
import { Secret } from '../core/secret.js';
import { type Cli, NoLedgerError } from './cli.js';
import { unlessAborted } from './interrupt.js';
import { createPaint, printable, wantsColor } from './render/paint.js';

/**
 * Runs with the ledger, and closes it. Without one, or with one that cannot be reached, the command goes on and removes
 * nothing; the latter is said, here and in every plan.
 */
export async function withLedger<Result>(
  cli: Cli,
  run: (store: LedgerStore | undefined, ledger: Ledger | undefined) => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  const opened = await openIfPossible(cli, signal);
  if (opened instanceof LedgerError) return run(undefined, lostLedger(opened));
  return closing(cli, opened, (store) => run(store, store?.ledger));
}

/** For those that work without what they cannot read. */
function lostLedger(error: LedgerError): Ledger {
  const fail = async (): Promise<never> => {
    throw error;
  };
  return { read: fail, commit: fail, fingerprintKey: new Secret('') };
}

/** Runs with the ledger, and closes it; without one there is nothing to do. */
export async function withLedgerOnly<Result>(
  cli: Cli,
  run: (store: LedgerStore) => Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  const store = await open(cli, signal).catch((error: unknown) => {
    throw error instanceof LedgerError ? unreachable(error) : error;
  });
  if (!store) {
    throw new NoLedgerError(
      'this needs the ledger, and there is none; set DATABASE_URL to the database of the service',
    );
  }
  return closing(cli, store, (opened) =>
    run(opened).catch((error: unknown) => {
      throw error instanceof LedgerError ? unreachable(error) : error;
    }),
  );
}

function unreachable(error: LedgerError): NoLedgerError {
  const message = `this needs the ledger, and that does not answer: ${error.message}`;
  return new NoLedgerError(message, { cause: error });
}

function open(cli: Cli, signal: AbortSignal | undefined): Promise<LedgerStore | undefined> {
  const opened = cli.openLedger();
  return signal ? unlessAborted(opened, signal) : opened;
}

async function openIfPossible(
  cli: Cli,
  signal: AbortSignal | undefined,
): Promise<LedgerStore | LedgerError | undefined> {
  try {
    return await open(cli, signal);
  } catch (error) {
    if (signal?.aborted || !(error instanceof LedgerError)) throw error;
    const paint = createPaint(wantsColor(cli.env.color, cli.stderr.isTTY === true));
    const mark = paint.warning('!');
    cli.stderr.write(
      `${mark} without the ledger, so nothing is removed and no pause is known: ${printable(error.message)}\n`,
    );
    return error;
  }
}

/** Runs with a ledger that is open, and closes it. */
export async function closing<Store extends LedgerStore | undefined, Result>(
  cli: Cli,
  store: Store,
  run: (store: Store) => Promise<Result>,
): Promise<Result> {
  try {
    return await run(store);
  } finally {
    // What was done and is to be told does not depend on how the connection ends.
    await store?.close().catch((error: unknown) => cli.logger.warn({ err: error }, 'the ledger did not close'));
  }
}
