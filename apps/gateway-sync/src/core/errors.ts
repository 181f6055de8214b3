/** The API did not do what was asked. The subclasses say why; anything else thrown by a gateway is a bug. */
export abstract class GatewayError extends Error {
  abstract readonly transient: boolean;
  readonly operation: string;
  /** HTTP status; absent when there was no answer. */
  declare readonly status?: number;
  /** Whether the request may have been carried out: an answer to it was lost. */
  readonly answerLost: boolean;

  constructor(message: string, details: GatewayErrorDetails) {
    super(message, { cause: details.cause });
    this.operation = details.operation;
    this.answerLost = details.answerLost ?? false;
    if (details.status !== undefined) this.status = details.status;
  }
}

export interface GatewayErrorDetails {
  /** Operation id of the specification, such as `listSubscriptions`. */
  readonly operation: string;
  readonly status?: number;
  readonly answerLost?: boolean;
  readonly cause?: unknown;
}

/** Credentials, scopes or tenant are wrong (401, 403, or no token). Trying again changes nothing. */
export class AccessDeniedError extends GatewayError {
  override readonly name = 'AccessDeniedError' as const;
  readonly transient = false;
}

/** The API refuses the request as it is (other 4xx). Trying again unchanged changes nothing. */
export class RejectedError extends GatewayError {
  override readonly name = 'RejectedError' as const;
  readonly transient = false;
}

/** The whole request conflicts with what the API holds now (409): read again and plan again. */
export class ConflictError extends GatewayError {
  override readonly name = 'ConflictError' as const;
  readonly transient = true;
}

/** The API refuses a destination because it does not answer (400). The receiver may be back later. */
export class UnreachableError extends GatewayError {
  override readonly name = 'UnreachableError' as const;
  readonly transient = true;
}

/** The API accepted a write and answered with other settings than were sent. Somebody has to look. */
export class DiscrepancyError extends GatewayError {
  override readonly name = 'DiscrepancyError' as const;
  readonly transient = false;
}

/** No answer, or one that says "later" (408, 429, 5xx, connection, timeout, unreadable body). */
export class UnavailableError extends GatewayError {
  override readonly name = 'UnavailableError' as const;
  readonly transient = true;
  /** Milliseconds the API asked us to wait. */
  declare readonly retryAfterMs?: number;

  constructor(message: string, details: GatewayErrorDetails & { readonly retryAfterMs?: number }) {
    super(message, details);
    if (details.retryAfterMs !== undefined) this.retryAfterMs = details.retryAfterMs;
  }
}

/** The ledger could not be read or written. The message says which database, what failed and what helps. */
export class LedgerError extends Error {
  override readonly name = 'LedgerError' as const;
  /** Whether doing the same again later may succeed without anybody changing anything. */
  readonly transient: boolean;
  /** SQLSTATE of PostgreSQL or code of the operating system; absent when there is none. */
  declare readonly code?: string;

  constructor(
    message: string,
    details: { readonly transient: boolean; readonly code?: string; readonly cause?: unknown },
  ) {
    super(message, details.cause === undefined ? {} : { cause: details.cause });
    this.transient = details.transient;
    if (details.code !== undefined) this.code = details.code;
  }
}

/** Another process works on the tenant, and did not finish while we waited. Trying again later helps. */
export class BusyError extends Error {
  override readonly name = 'BusyError' as const;
}

/** Somebody wants the tenant left alone. `remedy` is the exact way on. */
export class PausedError extends Error {
  override readonly name = 'PausedError' as const;

  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

/** A guard keeps a file from being taken up. `remedy` is the exact way on. */
export class FileWithheldError extends Error {
  override readonly name = 'FileWithheldError' as const;

  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

/** A running service did not answer, or refused; the message says which and why. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError' as const;
  /** What helps. */
  declare readonly remedy?: string;
  /** The word of its problem document for programs, such as `withheld`. */
  declare readonly code?: string;

  constructor(
    message: string,
    details: { readonly remedy?: string; readonly code?: string; readonly cause?: unknown } = {},
  ) {
    super(message, details.cause === undefined ? {} : { cause: details.cause });
    if (details.remedy !== undefined) this.remedy = details.remedy;
    if (details.code !== undefined) this.code = details.code;
  }
}

/** Some actions of a plan did not take; `errors` names each. Others may have been applied. */
export class ApplyError extends AggregateError {
  override readonly name = 'ApplyError' as const;
}

/** One action that did not take, inside an {@link ApplyError}. */
export class ActionError extends Error {
  override readonly name = 'ActionError' as const;
}

/** Somebody else kept changing the same subscriptions while we wrote them. */
export class ContentionError extends Error {
  override readonly name = 'ContentionError' as const;
}

/** A guard withholds the plan; the message says which and how to allow it. */
export class UnsafePlanError extends Error {
  override readonly name = 'UnsafePlanError' as const;
}

/** The file asks for something this tenant's catalogue does not have, or contradicts itself there. */
export class UnresolvedError extends Error {
  override readonly name = 'UnresolvedError' as const;
}

/** Environment or desired-state file is wrong; lists every problem found, not the first. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError' as const;

  constructor(
    subject: string,
    readonly problems: readonly ConfigProblem[],
  ) {
    super(`${subject}: ${problems.length} problem${problems.length === 1 ? '' : 's'}`);
  }
}

export interface ConfigProblem {
  /** `file:line:column`, or the name of an environment variable. */
  readonly place: string;
  /** Path inside the document, such as `tenants[2].subscriptions[0].event`; empty at the root. */
  readonly path: string;
  readonly message: string;
  readonly remedy?: string;
}
