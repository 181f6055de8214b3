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
export interface DocumentClient<Operations extends Described<Operations>, Given extends string> {
  /** Lets `read` make something of the answer, whatever its status. */
  call<Op extends IdOf<Operations>, T>(
    operationId: Op,
    input: InputOf<Operations, Op, Given>,
    options: CallOptions | undefined,
    read: (reading: Reading) => T,
  ): Promise<T>;
  /** The body of a success; rejects for any other status. */
  body<Op extends IdOf<Operations>>(
    operationId: Op,
    input: InputOf<Operations, Op, Given>,
    options: CallOptions | undefined,
  ): Promise<SuccessOf<Operations, Op>>;
  /** Deletes. What is gone after a repeated request counts as deleted. */
  remove<Op extends IdOf<Operations>>(
    operationId: Op,
    input: InputOf<Operations, Op, Given>,
    options: CallOptions | undefined,
  ): Promise<void>;
  /** The answer as a member of a union, whatever its status. */
  outcome<Op extends IdOf<Operations>>(
    operationId: Op,
    input: InputOf<Operations, Op, Given>,
    options: CallOptions | undefined,
  ): Promise<OutcomeOf<Operations, Op>>;
  /** The body of an answer that is a success; throws when it is none. */
  success<Op extends IdOf<Operations>>(operationId: Op, reading: Reading): SuccessOf<Operations, Op>;
}

/** Makes a client for the operations of a document. */
export function createDocumentClient<Operations extends Described<Operations>, Given extends string>(
  service: Service,
  { operations, readers }: ApiDocument<Operations>,
  given: Readonly<Record<Given, string>>,
): DocumentClient<Operations, Given> {
  const client: DocumentClient<Operations, Given> = {
    async call(operationId, input, options, read) {
      const parts: RequestParts = input;
      return service.call(
        operations[operationId],
        { ...parts, path: { ...parts.path, ...given } },
        options ?? {},
        read,
      );
    },
    body: (operationId, input, options) =>
      client.call(operationId, input, options, (reading) => client.success(operationId, reading)),
    remove: (operationId, input, options) =>
      client.call(operationId, input, options, (reading) => {
        const { status, ambiguous } = reading.answer;
        // The lost answer to an earlier request was the success.
        if (!isSuccess(reading) && !(status === 404 && ambiguous)) throw statusError(reading);
      }),
    outcome: (operationId, input, options) =>
      client.call(operationId, input, options, (reading) => outcomeOf(readers[operationId], reading)),
    success<Op extends IdOf<Operations>>(operationId: Op, reading: Reading) {
      if (!isSuccess(reading)) throw statusError(reading);
      // oxlint-disable-next-line no-unsafe-type-assertion -- about the inside of a body the API document is believed
      return readSuccess(readers[operationId], reading) as SuccessOf<Operations, Op>;
    },
  };
  return client;
}
