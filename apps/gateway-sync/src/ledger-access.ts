import type { LedgerLog } from './adapters/ledger/index.js';
import type { OpenedLedger } from './adapters/ledger/index.js';
import type { Clock } from './core/ports.js';
import type { Env } from './env.js';

/** The ledger, opened when it is first asked for. */
export interface LedgerAccess {
  /**
   * Undefined when the environment says that there is none. Rejects with a `LedgerError` while the database cannot be used,
   * and tries again with the next call.
   */
  get(): Promise<OpenedLedger | undefined>;
  /** What `get` opened. */
  current(): OpenedLedger | undefined;
  /** Closes what was opened; nothing can be opened any more. */
  close(): Promise<void>;
}

export function ledgerAccess(
  { database, dataDir, fingerprintKey }: Pick<Env, 'database' | 'dataDir' | 'fingerprintKey'>,
  tools: { readonly clock: Clock; readonly log: LedgerLog },
): LedgerAccess {
  let opening: Promise<OpenedLedger> | undefined;
  let closing: Promise<void> | undefined;
  let opened: OpenedLedger | undefined;

  const open = async () => {
    // Here and not above: it takes half a second, and many a command needs no database.
    const { openLedger } = await import('./adapters/ledger/index.js');
    return openLedger({
      ...tools,
      dataDir,
      ...(database.type === 'url' && { databaseUrl: database.url }),
      ...(fingerprintKey && { fingerprintKey }),
    });
  };

  return {
    get: async () => {
      if (database.type === 'none') return undefined;
      if (closing) throw new Error('The ledger is closed');
      const mine = (opening ??= open());
      try {
        opened = await mine;
        return opened;
      } catch (error) {
        if (opening === mine) opening = undefined;
        throw error;
      }
    },
    current: () => opened,
    close: () => {
      const last = opening?.catch(() => undefined);
      closing ??= Promise.resolve(last).then((ledger) => ledger?.close());
      return closing;
    },
  };
}
