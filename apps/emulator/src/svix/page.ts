import type { Quirks } from '../quirks.js';
import { refuseComplaints } from './errors.js';
import { show } from './view.js';

/** The members of a query that ask for one page of a list. */
export interface PageQuery {
  readonly limit: number;
  /** The key of the last item seen; with a leading `-`, of the first one, to go back. */
  readonly iterator: string | undefined;
  readonly order: 'ascending' | 'descending';
}

/** One page as Svix answers it. `iterator` is there on the last page too: only `done` tells that it is the last. */
export interface Page<T> {
  readonly data: readonly T[];
  readonly iterator: string | null;
  readonly prevIterator: string | null;
  readonly done: boolean;
}

const LIMIT = 50;

export function readPageQuery(
  query: Readonly<Record<string, unknown>>,
  initialOrder: PageQuery['order'],
  keyPattern: RegExp,
): PageQuery {
  const { limit = LIMIT, iterator, order = initialOrder } = query;
  if (typeof iterator === 'string' && !keyPattern.test(iterator.replace(/^-/, '')))
    refuseComplaints([{ loc: ['query', 'iterator'], msg: 'is not an iterator of this list' }]);
  return {
    limit: Number(limit),
    iterator: typeof iterator === 'string' ? iterator : undefined,
    order: order === 'ascending' ? 'ascending' : 'descending',
  };
}

/** Cuts a page out of a list; works on keys, so items read already may vanish between two pages. */
export function cutPage<T>(items: Iterable<T>, keyOf: (item: T) => string, query: PageQuery): Page<T> {
  const direction = query.order === 'ascending' ? 1 : -1;
  const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -direction : direction);
  const sorted = [...items].toSorted((a, b) => compare(keyOf(a), keyOf(b)));
  const { data, done } = cut(sorted, (item, key) => compare(keyOf(item), key), query);
  const first = data[0];
  const last = data.at(-1);
  return {
    data,
    iterator: last === undefined ? null : keyOf(last),
    prevIterator: first === undefined ? null : `-${keyOf(first)}`,
    done,
  };
}

/** A page as an answer. */
export function viewPage<T>(
  { data, done, ...iterators }: Page<T>,
  view: (item: T, quirks: Quirks) => object,
  quirks: Quirks,
) {
  const body = { data: data.map((item) => view(item, quirks)), ...show(iterators, quirks), done };
  return { answer: { status: 200, body } };
}

function cut<T>(
  sorted: readonly T[],
  compare: (item: T, key: string) => number,
  { iterator, limit }: PageQuery,
): { readonly data: readonly T[]; readonly done: boolean } {
  if (iterator?.startsWith('-') === true) {
    const before = sorted.filter((item) => compare(item, iterator.slice(1)) < 0);
    return { data: before.slice(-limit), done: before.length <= limit };
  }
  const after = iterator === undefined ? sorted : sorted.filter((item) => compare(item, iterator) > 0);
  return { data: after.slice(0, limit), done: after.length <= limit };
}
