import type { Action } from './action.js';
import { actionEffect } from './checksum.js';
import { contestedFields, pausedUntil } from './fights.js';
import { rejectionOf, type TenantMemory } from './memory.js';
import type { Plan } from './plan.js';
import type { ItemResult } from './result.js';

/** Writes of one thing in one run; needing more means that somebody else writes it at the same time. */
export const MAX_ROUNDS = 3;

export interface AttemptsOptions {
  readonly memory: TenantMemory;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Whether things that somebody keeps undoing are to be written all the same. */
  readonly fight: boolean;
}

/** What was tried in one run, and the newest result of each action; says by it what may still be sent. */
export class Attempts {
  readonly #results = new Map<Action['id'], ItemResult>();
  readonly #timesSent = new Map<Action['id'], number>();

  constructor(private readonly options: AttemptsOptions) {}

  /** In the order in which the actions were tried first. */
  get results(): readonly ItemResult[] {
    return [...this.#results.values()];
  }

  sent(results: readonly ItemResult[]): void {
    for (const result of results) {
      const { id } = result.action;
      this.#results.set(id, result);
      this.#timesSent.set(id, (this.#timesSent.get(id) ?? 0) + 1);
    }
  }

  /** Says why actions that could have been sent were not. */
  skipped(waiting: readonly Action[]): void {
    for (const action of waiting) {
      if (this.#results.has(action.id)) continue;
      const message = action.needs?.length
        ? `waits for ${action.needs.join(', ')}`
        : 'not sent: what it waits for did not take';
      this.#results.set(action.id, { action, status: 'skipped', message });
    }
  }

  /**
   * Compares what was accepted with what a new reading leaves to do, `undefined` when there was none: the API is known to
   * accept a write and to drop it.
   */
  verify(plan: Plan | undefined): void {
    const remaining = new Map(plan?.actions.map((action) => [action.id, action]));
    for (const [id, result] of this.#results) {
      const verified = plan ? inTheLightOf(result, remaining.get(id)) : unverified(result);
      if (verified) this.#results.set(id, verified);
      else this.#results.delete(id);
    }
  }

  /** Not what was refused before and is the same still, nor what this run has had its answer to. */
  mayBeSent(action: Action, afterFailure: boolean): boolean {
    const status = this.#results.get(action.id)?.status;
    if (status === 'skipped') return !afterFailure;
    if (status === 'applied' || status === 'conflict') return this.#mayBeSentAgain(action);
    if (status !== undefined) return false;
    return !this.#isHeld(action);
  }

  #mayBeSentAgain(action: Action): boolean {
    if ((this.#timesSent.get(action.id) ?? 0) < MAX_ROUNDS) return true;
    const message = `changed by somebody else in each of ${MAX_ROUNDS} rounds`;
    this.#results.set(action.id, { action, status: 'conflict', message });
    return false;
  }

  /** Whether an earlier run has learned that sending it is of no use now. */
  #isHeld(action: Action): boolean {
    const { memory, now, fight } = this.options;
    const rejection = rejectionOf(action, memory, now());
    if (rejection) {
      const { input: _, retry, ...answer } = rejection;
      const status = retry ? 'unreachable' : 'rejected';
      this.#results.set(action.id, { action, status, ...answer, remembered: true });
      return true;
    }
    const until = fight ? undefined : pausedUntil(action, memory.fights, now());
    if (until === undefined) return false;
    this.#results.set(action.id, { action, status: 'contended', message: contention(action, until), remembered: true });
    return true;
  }
}

function contention(action: Action, until: number): string {
  const fields = contestedFields(action).join(', ');
  return `somebody else keeps changing it back (${fields}); left alone until ${new Date(until).toISOString()}`;
}

/** The result in the light of a new reading, in which `still` is left to do; `undefined` when there is nothing to tell. */
function inTheLightOf(result: ItemResult, still: Action | undefined): ItemResult | undefined {
  const accepted = result.status === 'applied' || result.status === 'not-applied';
  if (!still) {
    if (accepted) return { ...result, status: 'applied' };
    return result.answerLost ? appliedUnheard(result) : undefined;
  }
  if (!accepted || actionEffect(still) !== actionEffect(result.action)) return result;
  return {
    ...result,
    status: 'not-applied',
    message: result.message ?? 'accepted, and reading again shows that nothing changed',
  };
}

/**
 * Somebody else who made exactly this change between our request and the reading cannot be told from ourselves, not even
 * by the version, which grows by one either way. That it was done, and that we sent it, is true in both cases.
 */
function appliedUnheard({ action }: ItemResult): ItemResult {
  return { action, status: 'applied', message: 'the answer was lost; reading again shows it in effect' };
}

/** The result when nobody could read what came of it. */
export function unverified(result: ItemResult): ItemResult {
  if (result.status === 'applied') return { ...result, status: 'unverified' };
  // The conflict may be with ourselves.
  return result.status === 'conflict' && result.answerLost ? { ...result, status: 'failed' } : result;
}
