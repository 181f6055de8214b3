import type { Logger } from 'pino';
import type { DesiredFile, FileTenant } from '../adapters/desired-file/desired-file.js';
import type { Serving } from '../serving.js';
import type { Clock, Gateway, LedgerStore, Probe } from '../core/ports.js';
import type { Env } from '../env.js';

/** Where a command writes. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/** What every command works with. */
export interface Cli {
  readonly env: Env;
  /** Belongs to the answer of the command alone. */
  readonly stdout: Output;
  /** Messages for a person. */
  readonly stderr: Output;
  /** JSON lines on stderr. */
  readonly logger: Logger;
  readonly clock: Clock;
  /** Names a reconcile. */
  readonly newId: () => string;
  /** Gateways to the tenants of a file, which share its budget of requests. */
  readonly connect: (file: DesiredFile) => { for(tenant: FileTenant): Gateway };
  /** Host and process, for the audit. */
  readonly actor: string;
  /** Opens the ledger; `undefined` when there is to be none. Rejects when it cannot be reached. Close it when done. */
  readonly openLedger: () => Promise<LedgerStore | undefined>;
  /**
   * What the service shares with other replicas; opens the ledger, too. Rejects when it cannot be reached. `partial`: it
   * looks after some tenants of the file only, beside the replicas and not as one of them.
   */
  readonly openServing: (file: DesiredFile, wish: { readonly partial: boolean }) => Promise<Serving>;
  /** Asks destinations. */
  readonly probe: Probe;
  /** Asks a person; absent where nobody is there to answer. */
  readonly confirm?: (question: string) => Promise<boolean>;
}

/** The command line was understood as such, but asks for something that is not there. Exit code 1. */
export class UsageError extends Error {
  override readonly name = 'UsageError' as const;
}

/** The ledger that a command is about is not there or does not answer. Exit code 1. */
export class NoLedgerError extends Error {
  override readonly name = 'NoLedgerError' as const;
}
