/** What is understood as an answer's body; `json` may be anything that JSON can say. */
export type AnswerForm = 'object' | 'array' | 'json' | 'text' | 'bytes' | 'nothing';

/**
 * How a list or an object is written, where not as usual (`a=1&a=2`, and each member by itself).
 *
 * | style   | list      | object                  |
 * |---------|-----------|-------------------------|
 * | `comma` | `a=1,2`   | `a=x,1,y,2`             |
 * | `space` | `a=1%202` |                         |
 * | `pipe`  | `a=1\|2`  |                         |
 * | `deep`  | `a[0]=1`  | `a[x]=1`, also within   |
 * | `json`  | JSON      | JSON                    |
 */
export type FieldStyle = 'comma' | 'space' | 'pipe' | 'deep' | 'json';

/** What the generic client knows of an operation besides its description. */
export interface OperationWire {
  /** Media types that are understood, as the header has them. */
  readonly accept: string;
  /** By status, by range (`4XX`), or `default`. */
  readonly answers: Readonly<Record<string | number, AnswerForm>>;
  /** How parameters of the query are written. */
  readonly query?: Readonly<Record<string, FieldStyle>>;
  /** How fields of a form are written. */
  readonly form?: Readonly<Record<string, FieldStyle>>;
  /** The operation's own server. */
  readonly server?: string;
}
