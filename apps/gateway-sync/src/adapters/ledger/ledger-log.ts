/** Where the ledger tells what nobody waits for; a logger of pino fits. */
export interface LedgerLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}
