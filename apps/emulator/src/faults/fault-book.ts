import { isEnding, type Fault, type FaultOf, type Ending } from './fault.js';

/** A call as faults are matched against it. */
export interface FaultyCall {
  readonly operationId: string;
  /** Whether the call goes to Svix. */
  readonly svix: boolean;
  readonly tenant: string | undefined;
  readonly method: string;
}

/** One time that a fault worked. */
export interface Firing extends Omit<FaultyCall, 'svix'> {
  readonly at: number;
  readonly requestId: number;
}

export interface BookedFault {
  readonly id: string;
  readonly fault: Fault;
  /** Matching calls so far, those let pass included. */
  readonly matched: number;
  readonly firings: readonly Firing[];
  readonly spent: boolean;
}

/** The faults that work on one call. */
export class FiredFaults {
  readonly ids: readonly string[];
  readonly #faults: readonly Fault[];

  constructor(booked: readonly { readonly id: string; readonly fault: Fault }[]) {
    this.ids = booked.map(({ id }) => id);
    this.#faults = booked.map(({ fault }) => fault);
  }

  of<K extends Fault['kind']>(kind: K): readonly FaultOf<K>[] {
    return this.#faults.filter((fault): fault is FaultOf<K> => fault.kind === kind);
  }

  get ending(): Ending | undefined {
    return this.#faults.find(isEnding);
  }
}

const FIRINGS_KEPT = 1_000;

/** The faults that were asked for, in the order they came. */
export class FaultBook {
  #faults: (BookedFault & { matched: number; firings: readonly Firing[]; fired: number; spent: boolean })[] = [];
  #count = 0;

  add(fault: Fault): BookedFault {
    const booked = { id: `fault-${++this.#count}`, fault, matched: 0, fired: 0, firings: [], spent: false };
    this.#faults.push(booked);
    return booked;
  }

  list(): readonly BookedFault[] {
    return this.#faults;
  }

  remove(id: string): boolean {
    const before = this.#faults.length;
    this.#faults = this.#faults.filter((booked) => booked.id !== id);
    return this.#faults.length < before;
  }

  clear(): void {
    this.#faults = [];
  }

  /** The faults that work on this call; each counts as used. Of those that end a call only the first one works. */
  fire(call: FaultyCall, at: number, requestId: number): FiredFaults {
    const fired: BookedFault[] = [];
    for (const booked of this.#faults) {
      if (booked.spent || !matches(booked.fault, call) || !concerns(booked.fault.kind, call)) continue;
      if (isEnding(booked.fault) && fired.some(({ fault }) => isEnding(fault))) continue;
      booked.matched++;
      if (booked.matched <= booked.fault.after) continue;
      booked.fired++;
      booked.firings = [
        ...booked.firings,
        { operationId: call.operationId, tenant: call.tenant, method: call.method, at, requestId },
      ].slice(-FIRINGS_KEPT);
      booked.spent = booked.fault.times !== 'always' && booked.fired >= booked.fault.times;
      fired.push(booked);
    }
    return new FiredFaults(fired);
  }
}

function matches({ match }: Fault, call: FaultyCall): boolean {
  return (
    (match.operationId === undefined || match.operationId === call.operationId) &&
    (match.tenant === undefined || match.tenant === call.tenant) &&
    (match.method === undefined || match.method === call.method)
  );
}

/** Whether a fault of that kind can make a difference to the call; on others it is not used up. */
function concerns(kind: Fault['kind'], { operationId, svix, method }: FaultyCall): boolean {
  switch (kind) {
    case 'item-status':
    case 'missing-item':
      return operationId === 'updateSubscriptions';
    case 'stale-read':
      return method === 'GET';
    case 'drop-write':
      return method !== 'GET' && operationId !== 'requestToken';
    case 'foreign-write':
      return svix
        ? operationId.includes('Endpoint')
        : operationId === 'listSubscriptions' || operationId === 'updateSubscriptions';
    case 'expire-token':
      return operationId !== 'requestToken';
    case 'latency':
    case 'status':
    case 'hang':
    case 'reset':
    case 'cut-body':
    case 'html-body':
    case 'empty-body':
      return true;
    default:
      return kind satisfies never;
  }
}
