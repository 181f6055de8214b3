import type { Change } from './state/changes.js';
import { Ring } from './state/ring.js';

/** One API call as the log keeps it; secrets are masked before it gets here. */
export interface LoggedRequest {
  readonly id: number;
  /** When it came in; milliseconds since 1970, emulator clock. */
  readonly startedAt: number;
  /** When it was over. */
  readonly at: number;
  /** The same for all calls with one token, and with the dashboard tokens got by means of it. */
  readonly session?: number;
  readonly method: string;
  readonly path: string;
  readonly operationId: string | null;
  readonly tenant: string | null;
  /** Null when the call ended without an answer. */
  readonly status: number | null;
  /** Ids of the faults that worked on it. */
  readonly faults: readonly string[];
  /** What it made other than it was, whether or not the caller heard of it; what others did meanwhile is left out. */
  readonly changes: readonly Change[];
  readonly requestBody?: unknown;
  readonly responseBody?: unknown;
}

export interface RequestFilter {
  readonly tenant?: string | undefined;
  readonly operationId?: string | undefined;
  /** Milliseconds since 1970. */
  readonly since?: number | undefined;
}

/** The API calls, the latest `capacity` of them; the counts cover all of them. */
export class RequestLog {
  readonly #ring: Ring<LoggedRequest>;
  readonly #counts = new Map<string, { tenant: string | null; operationId: string; count: number }>();
  #lastId = 0;

  constructor(capacity: number) {
    this.#ring = new Ring(capacity);
  }

  nextId(): number {
    return ++this.#lastId;
  }

  add(request: LoggedRequest): void {
    this.#ring.push(request);
    const operationId = request.operationId ?? 'unknown';
    const key = `${request.tenant ?? ''} ${operationId}`;
    const row = this.#counts.get(key) ?? { tenant: request.tenant, operationId, count: 0 };
    this.#counts.set(key, { ...row, count: row.count + 1 });
  }

  /** Oldest first. */
  list(filter: RequestFilter = {}): readonly LoggedRequest[] {
    return this.#ring
      .items()
      .filter(
        (request) =>
          (filter.tenant === undefined || request.tenant === filter.tenant) &&
          (filter.operationId === undefined || request.operationId === filter.operationId) &&
          (filter.since === undefined || request.at >= filter.since),
      );
  }

  /** Calls by operation since the last clearing. */
  counts(tenant?: string): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const row of this.#counts.values()) {
      if (tenant === undefined || row.tenant === tenant)
        counts[row.operationId] = (counts[row.operationId] ?? 0) + row.count;
    }
    return counts;
  }

  clear(): void {
    this.#ring.clear();
    this.#counts.clear();
  }
}
