import { readSuccess, type BodyReader } from './body-readers.js';
import type { OperationDescription } from './generated/operation.js';
import type { Described, IdOf, InputOf, SuccessOf } from './operation-types.js';
import { outcomeOf, type OutcomeOf } from './outcome.js';
import { isSuccess, statusError, type Reading } from './reading.js';
import type { CallOptions, Service } from './service.js';
import type { RequestParts } from './write-request.js';

/** One API document at run time. */
export interface ApiDocument<Operations> {
  readonly operations: Readonly<Record<IdOf<Operations>, OperationDescription>>;
  /** How the body of each operation's success is read. */
  readonly readers: Readonly<Record<IdOf<Operations>, BodyReader>>;
}

/** Calls the operations of one document. The path parameters `Given` are the same for every call. */
export class DocumentClient<Operations extends Described<Operations>, Given extends string> {
  readonly #service: Service;
  readonly #document: ApiDocument<Operations>;
  readonly #given: Readonly<Record<Given, string>>;

  constructor(service: Service, document: ApiDocument<Operations>, given: Readonly<Record<Given, string>>) {
    this.#service = service;
    this.#document = document;
    this.#given = given;
  }

  /** Lets `read` make something of the answer, whatever its status. */
  async call<Op extends IdOf<Operations>, T>(
    operationId: Op,
    input: InputOf<Operations, Op, Given>,
    options: CallOptions | undefined,
    read: (reading: Reading) => T,
  ): Promise<T> {
    const parts: RequestParts = input;
    const operation = this.#document.operations[operationId];
    return this.#service.call(operation, { ...parts, path: { ...parts.path, ...this.#given } }, options ?? {}, read);
  }

  /** The body of a success; rejects for any other status. */
  body<Op extends IdOf<Operations>>(
    operationId: Op,
    input: InputOf<Operations, Op, Given>,
    options: CallOptions | undefined,
  ): Promise<SuccessOf<Operations, Op>> {
    return this.call(operationId, input, options, (reading) => this.success(operationId, reading));
  }

  /** Deletes. What is gone after a repeated request counts as deleted. */
  remove<Op extends IdOf<Operations>>(
    operationId: Op,
    input: InputOf<Operations, Op, Given>,
    options: CallOptions | undefined,
  ): Promise<void> {
    return this.call(operationId, input, options, (reading) => {
      const { status, ambiguous } = reading.answer;
      // The lost answer to an earlier request was the success.
      if (!isSuccess(reading) && !(status === 404 && ambiguous)) throw statusError(reading);
    });
  }

  /** The answer as a member of a union, whatever its status. */
  outcome<Op extends IdOf<Operations>>(
    operationId: Op,
    input: InputOf<Operations, Op, Given>,
    options: CallOptions | undefined,
  ): Promise<OutcomeOf<Operations, Op>> {
    return this.call(operationId, input, options, (reading) => outcomeOf(this.#document.readers[operationId], reading));
  }

  /** The body of an answer that is a success; throws when it is none. */
  success<Op extends IdOf<Operations>>(operationId: Op, reading: Reading): SuccessOf<Operations, Op> {
    if (!isSuccess(reading)) throw statusError(reading);
    // oxlint-disable-next-line no-unsafe-type-assertion -- about the inside of a body the API document is believed
    return readSuccess(this.#document.readers[operationId], reading) as SuccessOf<Operations, Op>;
  }
}
