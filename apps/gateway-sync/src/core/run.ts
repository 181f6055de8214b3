import type { Action } from './action.js';
import { Attempts } from './attempts.js';
import { catalogueKeys } from './catalogue-news.js';
import { GatewayError } from './errors.js';
import { judge, type Verdict } from './guard.js';
import { judgeAnswer, type Answer } from './judge-answer.js';
import type { OwnedThings } from './ledger.js';
import { withoutLostSecrets } from './lost-secrets.js';
import type { TenantMemory } from './memory.js';
import { observe } from './observe.js';
import { settle, withApplied, type OwnPart } from './ownership.js';
import type { Knowledge } from './part.js';
import type { Pause } from './pause.js';
import type { Plan } from './plan.js';
import { planTenant, type TenantPlan } from './plan-tenant.js';
import type { Clock, Gateway } from './ports.js';
import { readyActions } from './ready.js';
import type { ItemResult } from './result.js';
import { send } from './send.js';
import type { DesiredTenant, Observation } from './state.js';

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
  /** Event types of the catalogue by the last reading that was whole. */
  readonly catalogue?: readonly string[];
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
  /** Withholds the plan. */
  readonly pause?: Pause;
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
  readonly #attempts: Attempts;

  constructor(
    private readonly tenant: DesiredTenant,
    private readonly gateway: Gateway,
    private readonly options: RunOptions,
  ) {
    const { knowledge, memory, clock, fight } = options;
    this.#knowledge = knowledge;
    this.#attempts = new Attempts({ memory, fight, now: () => clock.now() });
  }

  /** When it rejects, the facts still tell what was answered until then. */
  async complete(mayWrite: boolean): Promise<void> {
    try {
      await this.#rounds(mayWrite);
    } catch (error) {
      this.#attempts.verify(undefined);
      throw error;
    }
  }

  async #rounds(mayWrite: boolean): Promise<void> {
    let sight = await this.#observe();
    this.#first = sight;
    if (!mayWrite) return;
    while (sight && sight.verdicts.length === 0) {
      const failed = this.#error !== undefined;
      const pending = sight.plan.actions.filter((action) => this.#attempts.mayBeSent(action, failed));
      const ready = readyActions(pending, sight.plan, sight.observation);
      const waiting = pending.filter((action) => !ready.includes(action));
      if (ready.length === 0 || !(await this.#apply(ready))) return this.#attempts.skipped(waiting);
      sight = await this.#observe();
      this.#verify(sight);
    }
  }

  facts(): RunFacts {
    const { knowledge } = this.options;
    const last = this.#last;
    return {
      ...(this.#first && { plan: this.#first.plan }),
      ...(last && {
        remaining: last.plan,
        ...(last.observation.incomplete === undefined && { catalogue: catalogueKeys(last.observation.subscriptions) }),
        ours: settle(knowledge.owned ?? knowledge.seen ?? [], this.#known(), last.parts, this.#recording()),
      }),
      unread: this.#unread,
      verdicts: last?.verdicts ?? [],
      results: this.#attempts.results,
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
    const { memory, expectedChecksum, pause } = this.options;
    const { plan, parts } = this.#test(planTenant(tenant, observation, this.#knowledge), observation);
    const { owned } = this.#knowledge;
    const expected = this.#first === undefined && expectedChecksum !== undefined ? { expectedChecksum } : {};
    const verdicts = judge({
      tenant,
      plan,
      observation,
      memory,
      ...(owned && { owned }),
      ...(pause && { pause }),
      ...expected,
    });
    return { observation, plan, parts, verdicts };
  }

  /** Whether there is something to verify, or to plan anew. */
  async #apply(actions: readonly Action[]): Promise<boolean> {
    const { signal, beforeWrite } = this.options;
    signal.throwIfAborted();
    await beforeWrite(actions);
    this.#unread = true;
    const answers = new Map<Action, Answer>();
    try {
      const sent = await send(actions, this.gateway, signal, (action, answer) => answers.set(action, answer));
      this.#writes += sent.writes;
      this.#error = sent.error;
    } catch (error) {
      this.#take([...answers.keys()], answers);
      throw error;
    }
    const results = this.#take(actions, answers);
    return results.some(({ status, answerLost }) => status === 'applied' || status === 'conflict' || answerLost);
  }

  #take(actions: readonly Action[], answers: ReadonlyMap<Action, Answer>): ItemResult[] {
    const results = actions.map((action) => judgeAnswer(action, answers.get(action)));
    this.#attempts.sent(results);
    this.#learn(results);
    return results;
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

  /** An error that a later reading shows to have done no harm is none. */
  #verify(sight: Sight | undefined): void {
    this.#attempts.verify(sight?.plan);
    const unread = (sight?.observation.failures ?? []).length > 0;
    if (sight && !unread && this.#attempts.results.every(({ status }) => status === 'applied')) this.#error = undefined;
  }

  #known(): OwnedThings {
    return this.#knowledge.owned ?? this.#knowledge.seen ?? [];
  }

  #recording() {
    return { instance: this.tenant.instance, now: this.options.clock.now() };
  }
}
