// The one place that knows how the generated types describe an operation.

interface DescribedOperation {
  readonly parameters: { readonly query?: object; readonly header?: object; readonly path?: object };
  readonly responses: object;
}

/** The operations of one API document, as its generated types describe them. */
export type Described<Operations> = { readonly [Op in keyof Operations]: DescribedOperation };

/** The ids of a document's operations. */
export type IdOf<Operations> = keyof Operations & string;

/** A required member, an optional one, or one that must not be there. */
type Part<Name extends string, Content> = [Content] extends [undefined]
  ? { readonly [Key in Name]?: never }
  : Partial<Content> extends Content
    ? { readonly [Key in Name]?: Content }
    : { readonly [Key in Name]: Content };

type WithoutGiven<Path, Given extends string> = [Path] extends [never]
  ? undefined
  : Exclude<keyof Path, Given> extends never
    ? undefined
    : Omit<Path, Given>;

type RequestBodyOf<Operation> = Operation extends { requestBody: { content: infer Content } }
  ? Content[keyof Content]
  : undefined;

/** What an operation takes, by place; the path parameters `Given` are the client's. */
export type InputOf<Operations extends Described<Operations>, Op extends keyof Operations, Given extends string> = Part<
  'path',
  WithoutGiven<NonNullable<Operations[Op]['parameters']['path']>, Given>
> &
  Part<'query', Exclude<Operations[Op]['parameters']['query'], undefined>> &
  Part<'headers', Exclude<Operations[Op]['parameters']['header'], undefined>> &
  Part<'body', RequestBodyOf<Operations[Op]>>;

/** The statuses that a document lists for an operation. */
export type StatusOf<
  Operations extends Described<Operations>,
  Op extends keyof Operations,
> = keyof Operations[Op]['responses'] & number;

/** The body that an operation's answer has with a documented status; undefined where it has none. */
export type BodyOf<
  Operations extends Described<Operations>,
  Op extends keyof Operations,
  Status extends StatusOf<Operations, Op>,
> = Operations[Op]['responses'][Status & keyof Operations[Op]['responses']] extends { content: infer Content }
  ? Content[keyof Content]
  : undefined;

/** The body of an operation's success. */
export type SuccessOf<Operations extends Described<Operations>, Op extends keyof Operations> = {
  [Status in StatusOf<Operations, Op>]: IsSuccess<Status> extends true ? BodyOf<Operations, Op, Status> : never;
}[StatusOf<Operations, Op>];

export type IsSuccess<Status extends number> = `${Status}` extends `2${string}` ? true : false;
