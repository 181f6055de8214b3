import type { OperationId } from './generated/emporix-webhook/operations.js';
import type { operations as Operations } from './generated/emporix-webhook/types.js';

// The one place that knows how the generated types describe an operation.

type ParametersOf<Op extends OperationId> = Operations[Op]['parameters'];

/** A required member, an optional one, or one that must not be there. */
type Part<Name extends string, Content> = [Content] extends [undefined]
  ? { readonly [Key in Name]?: never }
  : Partial<Content> extends Content
    ? { readonly [Key in Name]?: Content }
    : { readonly [Key in Name]: Content };

type PathOf<Op extends OperationId> = keyof Omit<ParametersOf<Op>['path'], 'tenant'> extends never
  ? undefined
  : Omit<ParametersOf<Op>['path'], 'tenant'>;

type RequestBodyOf<Op extends OperationId> = Operations[Op] extends { requestBody: { content: infer Content } }
  ? Content[keyof Content]
  : undefined;

/** What an operation takes, by place; the tenant is the client's. */
export type OperationInput<Op extends OperationId> = Part<'path', PathOf<Op>> &
  Part<'query', Exclude<ParametersOf<Op>['query'], undefined>> &
  Part<'headers', Exclude<ParametersOf<Op>['header'], undefined>> &
  Part<'body', RequestBodyOf<Op>>;

/** The statuses that the API document lists for an operation. */
export type DocumentedStatus<Op extends OperationId> = keyof Operations[Op]['responses'] & number;

/** The body that an operation's answer has with a documented status; undefined where it has none. */
export type ResponseBody<
  Op extends OperationId,
  Status extends DocumentedStatus<Op>,
> = Operations[Op]['responses'][Status & keyof Operations[Op]['responses']] extends { content: infer Content }
  ? Content[keyof Content]
  : undefined;

/** The body of an operation's success. */
export type SuccessBody<Op extends OperationId> = {
  [Status in DocumentedStatus<Op>]: IsSuccess<Status> extends true ? ResponseBody<Op, Status> : never;
}[DocumentedStatus<Op>];

export type IsSuccess<Status extends number> = `${Status}` extends `2${string}` ? true : false;
