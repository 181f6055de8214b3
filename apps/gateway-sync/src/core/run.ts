import type { Action } from './action.js';
import { actionEffect } from './checksum.js';
import { GatewayError } from './errors.js';
import { contestedFields, pausedUntil } from './fights.js';
import { judge, type Verdict } from './guard.js';
import { judgeAnswer } from './judge-answer.js';
import type { OwnedThings } from './ledger.js';
import { withoutLostSecrets } from './lost-secrets.js';
import { rejectionOf, type TenantMemory } from './memory.js';
import { observe } from './observe.js';
import { settle, withApplied, type OwnPart } from './ownership.js';
import type { Knowledge } from './part.js';
import type { Plan } from './plan.js';
import { planTenant, type TenantPlan } from './plan-tenant.js';
import type { Clock, Gateway } from './ports.js';
import type { ItemResult } from './result.js';
import { send } from './send.js';
import type { DesiredTenant, Observation } from './state.js';

/** Writes of one thing in one run; needing more means that somebody else writes it at the same time. */
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
  /** Whether something was written after the last reading, so that nobody knows what came of it. */
  readonly unread: boolean;
  /** What is ours after the last reading. */
  readonly ours?: OwnedThings;
  /** Why a reading failed, or else why a whole write did. */
  readonly error?: GatewayError;
  readonly calls: { readonly reads: number; readonly writes: number };
}

/** One reading and everything that follows from it. */
interface Sight {
  readonly observation: Observation;
  readonly plan: Plan;
  readonly parts: readonly OwnPart[];
  readonly verdicts: readonly Verdict[];
}

interface Untested {
  readonly knowledge: Knowledge;
  readonly results: readonly ItemResult[];
}

export interface RunOptions {
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly memory: TenantMemory;
  /** What is known before the run. */
  readonly knowledge: Knowledge;
  /** The plan that was reviewed; another one is withheld. */
  readonly expectedChecksum?: string;
  /** Whether things that somebody keeps undoing are to be written all the same. */
  readonly fight: boolean;
  /** Told what is about to be sent, and waited for. */
  readonly beforeWrite: (actions: readonly Action[]) => Promise<void>;
}

/** The rounds of one reconcile: observe and plan, then write and observe again until nothing is left to be sent. */
export class Run {
  #first: Sight | undefined;
  #last: Sight | undefined;
  #error: GatewayError | undefined;
  #knowledge: Knowledge;
  /** What was known before the last write, and what that came to; gone once a reading has judged it. */
  #untested: Untested | undefined;
  /** Whether something was written since the last reading. */
  #unread = false;
  #reads = 0;
  #writes = 0;
  /** The newest result of every action tried, by id. */
  readonly #results = new Map<Action['id'], ItemResult>();
  readonly #timesSent = new Map<Action['id'], number>();

  constructor(
    private readonly tenant: DesiredTenant,
    private readonly gateway: Gateway,
    private readonly options: RunOptions,
  ) {
    this.#knowledge = options.knowledge;
  }

  async complete(mayWrite: boolean): Promise<void> {
    let sight = await this.#observe();
    this.#first = sight;
    if (!mayWrite) return;
    while (sight && sight.verdicts.length === 0) {
      const pending = sight.plan.actions.filter((action) => this.#mayBeSent(action));
      const ready = this.#ready(pending, sight);
      if (ready.length === 0) return this.#skip(pending);
      if (!(await this.#apply(ready))) return this.#skip(pending.filter((action) => !ready.includes(action)));
      sight = await this.#observe();
      this.#verify(sight?.plan);
    }
  }

  facts(): RunFacts {
    const { knowledge } = this.options;
    const last = this.#last;
    return {
      ...(this.#first && { plan: this.#first.plan }),
      ...(last && {
        remaining: last.plan,
        ours: settle(knowledge.owned ?? knowledge.seen ?? [], this.#known(), last.parts, this.#recording()),
      }),
      unread: this.#unread,
      verdicts: last?.verdicts ?? [],
      results: [...this.#results.values()],
      ...(this.#error && { error: this.#error }),
      calls: { reads: this.#reads, writes: this.#writes },
    };
  }

  async #observe(): Promise<Sight | undefined> {
    const { signal } = this.options;
    this.#reads++;
    try {
      const observation = await observe(this.tenant, this.gateway, this.#knowledge, signal);
      this.#last = this.#see(observation);
      this.#unread = false;
      this.#error ??= observation.failures?.[0]?.error;
      return this.#last;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof GatewayError)) throw error;
      this.#error = error;
      return undefined;
    }
  }

  #see(observation: Observation): Sight {
    const { tenant } = this;
    const { memory, expectedChecksum } = this.options;
    const { plan, parts } = this.#test(planTenant(tenant, observation, this.#knowledge), observation);
    const { owned } = this.#knowledge;
    const expected = this.#first === undefined && expectedChecksum !== undefined ? { expectedChecksum } : {};
    const verdicts = judge({ tenant, plan, observation, memory, ...(owned && { owned }), ...expected });
    return { observation, plan, parts, verdicts };
  }

  /** Whether there is something to verify, or to plan anew. */
  async #apply(actions: readonly Action[]): Promise<boolean> {
    const { signal, beforeWrite } = this.options;
    await beforeWrite(actions);
    this.#unread = true;
    const { answers, writes, error } = await send(actions, this.gateway, signal);
    this.#writes += writes;
    this.#error = error;
    const results = actions.map((action) => judgeAnswer(action, answers.get(action)));
    for (const result of results) {
      const { id } = result.action;
      this.#results.set(id, result);
      this.#timesSent.set(id, (this.#timesSent.get(id) ?? 0) + 1);
    }
    this.#learn(results);
    return results.some(({ status }) => status === 'applied' || status === 'conflict');
  }

  /** What took is known when it is planned again, above all which secrets were written. */
  #learn(results: readonly ItemResult[]): void {
    this.#untested = { knowledge: this.#knowledge, results };
    this.#knowledge = this.#learned(this.#untested);
  }

  #learned({ knowledge, results }: Untested): Knowledge {
    const { owned, seen } = knowledge;
    if (owned) return { ...knowledge, owned: withApplied(owned, results, this.#recording()) };
    return { ...knowledge, seen: withApplied(seen ?? [], results, this.#recording()) };
  }

  /** The plan of a reading; when that shows that a write did not take, its secrets are not taken for written either. */
  #test(planned: TenantPlan, observation: Observation): TenantPlan {
    const untested = this.#untested;
    this.#untested = undefined;
    const results = untested && withoutLostSecrets(untested.results, planned.plan.actions);
    if (!results || results === untested.results) return planned;
    this.#knowledge = this.#learned({ ...untested, results });
    return planTenant(this.tenant, observation, this.#knowledge);
  }

  /** Compares what was accepted with what is there: the API is known to accept a write and to drop it. */
  #verify(plan: Plan | undefined): void {
    const remaining = new Map(plan?.actions.map((action) => [action.id, action]));
    for (const [id, result] of this.#results) {
      const verified = plan ? verify(result, remaining.get(id)) : unverified(result);
      if (verified) this.#results.set(id, verified);
      else this.#results.delete(id);
    }
    const failed = (this.#last?.observation.failures ?? []).length > 0;
    if (plan && !failed && [...this.#results.values()].every(({ status }) => status === 'applied')) {
      this.#error = undefined;
    }
  }

  /**
   * What may be sent in this round: not what `needs` something that is still planned, for only a reading shows that it was
   * done; not subscriptions while the config that is to deliver them waits for its activation; not endpoints of an
   * application that could not be asked yet.
   */
  #ready(pending: readonly Action[], { plan, observation }: Sight): Action[] {
    const planned = new Set(plan.actions.map(({ id }) => id));
    const sendable = new Set(pending.map(({ id }) => id));
    const waits = (action: Action) => (action.needs ?? []).some((id) => planned.has(id));
    const activating = pending.some((action) => action.step === 'activate' && waitsForSendable(action, sendable));
    return pending.filter((action) => {
      if (waits(action)) return false;
      if (action.resource === 'endpoint') return observation.endpoints?.assumed !== true;
      return !(action.resource === 'subscription' && activating);
    });
  }

  /** Says why actions that could have been sent were not. */
  #skip(waiting: readonly Action[]): void {
    for (const action of waiting) {
      if (this.#results.has(action.id)) continue;
      const message = action.needs?.length
        ? `waits for ${action.needs.join(', ')}`
        : 'not sent: what it waits for did not take';
      this.#results.set(action.id, { action, status: 'skipped', message });
    }
  }

  /** Not what was refused before and is the same still, nor what this run has had its answer to. */
  #mayBeSent(action: Action): boolean {
    const status = this.#results.get(action.id)?.status;
    if (status === 'skipped') return this.#error === undefined;
    if (status === 'applied' || status === 'conflict') return this.#mayBeSentAgain(action);
    if (status !== undefined) return false;
    return !this.#held(action);
  }

  #mayBeSentAgain(action: Action): boolean {
    if ((this.#timesSent.get(action.id) ?? 0) < MAX_ROUNDS) return true;
    const message = `changed by somebody else in each of ${MAX_ROUNDS} rounds`;
    this.#results.set(action.id, { action, status: 'conflict', message });
    return false;
  }

  /** Whether an earlier run has learned that sending it is of no use now. */
  #held(action: Action): boolean {
    const { memory, clock, fight } = this.options;
    const rejection = rejectionOf(action, memory, clock.now());
    if (rejection) {
      const { input: _, retry, ...answer } = rejection;
      const status = retry ? 'unreachable' : 'rejected';
      this.#results.set(action.id, { action, status, ...answer, remembered: true });
      return true;
    }
    const until = fight ? undefined : pausedUntil(action, memory.fights, clock.now());
    if (until === undefined) return false;
    this.#results.set(action.id, { action, status: 'contended', message: contention(action, until), remembered: true });
    return true;
  }

  #known(): OwnedThings {
    return this.#knowledge.owned ?? this.#knowledge.seen ?? [];
  }

  #recording() {
    return { instance: this.tenant.instance, now: this.options.clock.now() };
  }
}

function waitsForSendable({ needs = [] }: Action, sendable: ReadonlySet<string>): boolean {
  return needs.some((id) => sendable.has(id));
}

function contention(action: Action, until: number): string {
  const fields = contestedFields(action).join(', ');
  return `somebody else keeps changing it back (${fields}); left alone until ${new Date(until).toISOString()}`;
}

/** The result in the light of a new reading, in which `still` is left to do; `undefined` when there is nothing to tell. */
function verify(result: ItemResult, still: Action | undefined): ItemResult | undefined {
  const accepted = result.status === 'applied' || result.status === 'not-applied';
  if (!still) return accepted || result.status === 'failed' ? { ...result, status: 'applied' } : undefined;
  if (!accepted || actionEffect(still) !== actionEffect(result.action)) return result;
  return {
    ...result,
    status: 'not-applied',
    message: result.message ?? 'accepted, and reading again shows that nothing changed',
  };
}

function unverified(result: ItemResult): ItemResult {
  return result.status === 'applied' ? { ...result, status: 'unverified' } : result;
}
