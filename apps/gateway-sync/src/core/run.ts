import type { Action } from './action.js';
import { actionEffect } from './checksum.js';
import { resolveDesired, type Resolution } from './desired.js';
import { GatewayError } from './errors.js';
import { judge, type Verdict } from './guard.js';
import { judgeAnswer } from './judge-answer.js';
import { rejectionOf, stillOurs, type TenantMemory } from './memory.js';
import { makePlan, type Plan } from './plan.js';
import type { Gateway } from './ports.js';
import type { ItemResult } from './result.js';
import { send } from './send.js';
import { eventKey, type DesiredTenant, type Observation, type Owned } from './state.js';

/** Writes of one run; needing more means that somebody else writes the same subscriptions. */
export const MAX_ROUNDS = 3;

/** What came in during a run; what it amounts to is decided in `conclude`. */
export interface RunFacts {
  /** Of the first reading. */
  readonly plan?: Plan;
  /** Of the last reading: what is left to do. */
  readonly remaining?: Plan;
  /** On `remaining`. */
  readonly verdicts: readonly Verdict[];
  readonly results: readonly ItemResult[];
  /** What is ours after the last reading. */
  readonly ours?: Owned;
  /** Why a reading failed, or else why a whole write did. */
  readonly error?: GatewayError;
  readonly calls: { readonly reads: number; readonly writes: number };
}

/** One reading and everything that follows from it. */
interface Sight {
  readonly observation: Observation;
  readonly resolution: Resolution;
  readonly plan: Plan;
  readonly verdicts: readonly Verdict[];
}

/** The rounds of one reconcile: observe and plan, then write and observe again until nothing is left to be sent. */
export class Run {
  #first: Sight | undefined;
  #last: Sight | undefined;
  #error: GatewayError | undefined;
  #reads = 0;
  #writes = 0;
  /** The newest result of every action tried, by event key. */
  readonly #results = new Map<string, ItemResult>();

  constructor(
    private readonly tenant: DesiredTenant,
    private readonly gateway: Gateway,
    private readonly signal: AbortSignal,
    private readonly memory: TenantMemory,
    private readonly owned: Owned | undefined,
  ) {}

  async complete(mayWrite: boolean): Promise<void> {
    let sight = await this.#observe();
    this.#first = sight;
    if (!mayWrite) return;
    for (let round = 1; sight && sight.verdicts.length === 0; round++) {
      const pending = sight.plan.actions.filter((action) => this.#mayBeSent(action));
      if (pending.length === 0) return;
      if (round > MAX_ROUNDS) return this.#giveUp(pending);
      if (!(await this.#apply(pending))) return;
      sight = await this.#observe();
      this.#verify(sight?.plan);
    }
  }

  facts(): RunFacts {
    const { owned, memory } = this;
    const last = this.#last;
    const ours = last && stillOurs(owned ?? memory.seen, last.resolution, last.plan, last.observation);
    return {
      ...(this.#first && { plan: this.#first.plan }),
      ...(last && { remaining: last.plan }),
      verdicts: last?.verdicts ?? [],
      results: [...this.#results.values()],
      ...(ours && { ours }),
      ...(this.#error && { error: this.#error }),
      calls: { reads: this.#reads, writes: this.#writes },
    };
  }

  async #observe(): Promise<Sight | undefined> {
    this.#reads++;
    try {
      this.#last = this.#see(await this.gateway.listSubscriptions(this.signal));
      return this.#last;
    } catch (error) {
      this.signal.throwIfAborted();
      if (!(error instanceof GatewayError)) throw error;
      this.#error = error;
      return undefined;
    }
  }

  #see(observation: Observation): Sight {
    const { tenant, memory, owned } = this;
    const ledger = owned && { owned };
    const resolution = resolveDesired(tenant.subscriptions, observation.subscriptions);
    const knowledge = { ...ledger, ...(memory.seen && { seen: memory.seen }) };
    const plan = makePlan(tenant, resolution, observation.subscriptions, knowledge);
    return { observation, resolution, plan, verdicts: judge({ tenant, plan, observation, memory, ...ledger }) };
  }

  /** Whether there is something to verify, or to plan anew. */
  async #apply(actions: readonly Action[]): Promise<boolean> {
    const { answers, writes, error } = await send(actions, this.gateway, this.signal);
    this.#writes += writes;
    this.#error = error;
    const results = actions.map((action) => judgeAnswer(action, answers.get(action)));
    for (const result of results) this.#results.set(eventKey(result.action.eventType), result);
    return results.some(({ status }) => status === 'applied' || status === 'conflict');
  }

  /** Compares what was accepted with what is there: the API is known to accept a write and to drop it. */
  #verify(plan: Plan | undefined): void {
    const remaining = new Map(plan?.actions.map((action) => [eventKey(action.eventType), action]));
    for (const [key, result] of this.#results) {
      const verified = plan ? verify(result, remaining.get(key)) : unverified(result);
      if (verified) this.#results.set(key, verified);
      else this.#results.delete(key);
    }
    if (plan && [...this.#results.values()].every(({ status }) => status === 'applied')) this.#error = undefined;
  }

  #giveUp(pending: readonly Action[]): void {
    for (const action of pending) {
      const message = `changed by somebody else in each of ${MAX_ROUNDS} rounds`;
      this.#results.set(eventKey(action.eventType), { action, status: 'conflict', message });
    }
  }

  /** Not what was refused before and is the same still, nor what this run has had its answer to. */
  #mayBeSent(action: Action): boolean {
    const key = eventKey(action.eventType);
    const status = this.#results.get(key)?.status;
    if (status === 'skipped') return this.#error === undefined;
    if (status !== undefined) return status === 'applied' || status === 'conflict';
    const rejection = rejectionOf(action, this.memory);
    if (!rejection) return true;
    const { input: _, ...answer } = rejection;
    this.#results.set(key, { action, status: 'rejected', ...answer, remembered: true });
    return false;
  }
}

/** The result in the light of a new reading, in which `still` is left to do; `undefined` when there is nothing to tell. */
function verify(result: ItemResult, still: Action | undefined): ItemResult | undefined {
  const accepted = result.status === 'applied' || result.status === 'not-applied';
  if (!still) return accepted || result.status === 'failed' ? { ...result, status: 'applied' } : undefined;
  if (!accepted || actionEffect(still) !== actionEffect(result.action)) return result;
  return { ...result, status: 'not-applied', message: 'accepted, and reading again shows that nothing changed' };
}

function unverified(result: ItemResult): ItemResult {
  return result.status === 'applied' ? { ...result, status: 'unverified' } : result;
}
