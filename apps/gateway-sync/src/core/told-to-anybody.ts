/** The message of a run as anybody may read it: what the database says names hosts, and is for the log. */
export function toldToAnybody(message: string, ledgerError: { readonly message: string } | undefined): string {
  return ledgerError && ledgerError.message !== '' && message.includes(ledgerError.message)
    ? 'the ledger is lost'
    : message;
}
