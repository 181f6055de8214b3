import type { Action } from './action.js';
import { inDoubt, unsettled } from './doubt.js';
import { fingerprintWith } from './fingerprint.js';
import { isGivenUp } from './given-up.js';
import type { OwnedThings } from './ledger.js';
import { intents, ledgerChange, merged } from './ownership.js';
import type { Knowledge } from './part.js';
import type { AuditEntry, Ledger } from './ports.js';
import type { ItemResult } from './result.js';
import type { RunFacts } from './run.js';
import type { DesiredTenant } from './state.js';

/** The ledger of one tenant during one run. Once it fails it is left alone: the next run reads what came of it. */
export class LedgerBook {
  error: Error | undefined;
  #stored: OwnedThings;

  private constructor(
    private readonly ledger: Ledger | undefined,
    private readonly tenant: DesiredTenant,
    readonly knowledge: Pick<Knowledge, 'owned' | 'fingerprint' | 'ledgerLost'>,
  ) {
    this.#stored = knowledge.owned ?? [];
  }

  static async open(ledger: Ledger | undefined, tenant: DesiredTenant): Promise<LedgerBook> {
    if (!ledger) return new LedgerBook(undefined, tenant, {});
    try {
      const owned = await ledger.read(tenant.tenant);
      const fingerprint = fingerprintWith(ledger.fingerprintKey, tenant.tenant);
      return new LedgerBook(ledger, tenant, { owned, fingerprint });
    } catch (error) {
      const failure = asError(error);
      const book = new LedgerBook(ledger, tenant, { ledgerLost: failure.message });
      book.error = failure;
      return book;
    }
  }

  /**
   * Records what is about to be made or given up, so that a process that dies before the answer knows it for its own work
   * later; and which secrets are about to be written, so that it does not trust what it knew of them.
   */
  async intend(actions: readonly Action[], now: number): Promise<void> {
    const rows = intents(actions, { instance: this.tenant.instance, now }, this.#stored);
    await this.#commit(merged(inDoubt(this.#stored, actions), rows));
  }

  /** What was announced stays so while nobody knows what came of it. */
  async settle({ ours = this.#stored, unread, results }: RunFacts, audit: AuditEntry | undefined): Promise<void> {
    const open = new Set(results.filter(isOpen).map(({ action }) => `${action.resource} ${action.row?.key}`));
    const announced = this.#stored.filter(
      (row) => (row.pending || isGivenUp(row)) && (unread || open.has(`${row.resource} ${row.key}`)),
    );
    await this.#commit(merged(inDoubt(ours, unsettled(results)), announced), audit);
  }

  async #commit(wanted: OwnedThings, audit?: AuditEntry): Promise<void> {
    const change = ledgerChange(this.#stored, wanted);
    if (!this.ledger || this.error || (!change && !audit)) return;
    try {
      await this.ledger.commit(this.tenant.tenant, change ?? { put: [], forget: [] }, audit);
      this.#stored = wanted;
    } catch (error) {
      this.error = asError(error);
    }
  }
}

/** A request without an answer may be on its way still, although the reading after it does not show its work. */
function isOpen({ status, answerLost }: ItemResult): boolean {
  return status === 'failed' && answerLost === true;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
