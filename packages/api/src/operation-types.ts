// The one place that knows how the generated types describe an operation.

interface DescribedOperation {
  readonly parameters: {
    readonly query?: object;
    readonly header?: object;
    readonly path?: object;
    readonly cookie?: object;
  };
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

/** Like `Part`; a list or a text is required whatever it may hold. */
type BodyPart<Operation> = Operation extends { requestBody?: infer Body }
  ? [NonNullable<Body>] extends [never]
    ? { readonly body?: never }
    : Operation extends { requestBody: object }
      ? [RequestBodyOf<Operation>] extends [string | number | boolean | null | readonly unknown[]]
        ? { readonly body: RequestBodyOf<Operation> }
        : Part<'body', RequestBodyOf<Operation>>
      : { readonly body?: RequestBodyOf<{ requestBody: NonNullable<Body> }> }
  : { readonly body?: never };

/** What an operation takes, by place; the path parameters `Given` are the client's. */
export type InputOf<Operations extends Described<Operations>, Op extends keyof Operations, Given extends string> = Part<
  'path',
  WithoutGiven<NonNullable<Operations[Op]['parameters']['path']>, Given>
> &
  Part<'query', Exclude<Operations[Op]['parameters']['query'], undefined>> &
  Part<'headers', Exclude<Operations[Op]['parameters']['header'], undefined>> &
  Part<'cookies', Exclude<Operations[Op]['parameters']['cookie'], undefined>> &
  BodyPart<Operations[Op]>;

/** The statuses that a document lists for an operation, one by one. */
export type StatusOf<
  Operations extends Described<Operations>,
  Op extends keyof Operations,
> = keyof Operations[Op]['responses'] & number;

/** The other keys of an operation's answers: `4XX` for all that is not listed of a hundred, `default` for all the rest. */
export type GroupOf<Operations extends Described<Operations>, Op extends keyof Operations> = Exclude<
  keyof Operations[Op]['responses'],
  number
>;

type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
type ToNumber<Text extends string> = Text extends `${infer Value extends number}` ? Value : never;

/** 100 to 599. Spelled out, because a plain `number` would stay in a union whatever status is compared. */
export type HttpStatus = Hundreds[keyof Hundreds];

type Hundred<First extends 1 | 2 | 3 | 4 | 5> = ToNumber<`${First}${Digit}${Digit}`>;

interface Hundreds {
  '1XX': Hundred<1>;
  '2XX': Hundred<2>;
  '3XX': Hundred<3>;
  '4XX': Hundred<4>;
  '5XX': Hundred<5>;
}

type InRange<Key> = Key extends keyof Hundreds ? Hundreds[Key] : never;

/** The statuses that keys stand for by themselves. */
export type StatusesOf<Key> = Key extends number ? Key : InRange<Key>;

/** The statuses that a group of answers with these keys stands for: those that have none of their own. */
export type StatusInGroup<Key, Group> = Group extends 'default'
  ? Exclude<HttpStatus, StatusesOf<Key>>
  : Exclude<InRange<Group>, Key>;

/** The body that an operation's answer has with a documented status; undefined where it has none. */
export type BodyOf<
  Operations extends Described<Operations>,
  Op extends keyof Operations,
  Status extends keyof Operations[Op]['responses'],
> = Operations[Op]['responses'][Status] extends { content: infer Content } ? Content[keyof Content] : undefined;

type SuccessKey<Key> = Key extends number ? (IsSuccess<Key> extends true ? Key : never) : Key & '2XX';

/** The body of an operation's success; what `default` says where no success is described by itself. */
export type SuccessOf<
  Operations extends Described<Operations>,
  Op extends keyof Operations,
> = Op extends keyof Operations
  ? [SuccessKey<keyof Operations[Op]['responses']>] extends [never]
    ? 'default' extends keyof Operations[Op]['responses']
      ? BodyOf<Operations, Op, 'default' & keyof Operations[Op]['responses']>
      : undefined
    : {
        [Key in keyof Operations[Op]['responses'] as SuccessKey<Key>]: BodyOf<Operations, Op, Key>;
      }[SuccessKey<keyof Operations[Op]['responses']>]
  : never;

export type IsSuccess<Status extends number> = `${Status}` extends `2${string}` ? true : false;
