import { formatError, type Reading } from '../reading.js';

/** One page of a list. Its iterator says nothing about whether more will come: `done` does. */
export interface Page<Item> {
  readonly data: readonly Item[];
  readonly done: boolean;
  readonly iterator?: string | null;
}

/** What to ask for. */
export interface PageRequest {
  /** At most 250. */
  readonly limit?: number;
  /** From the page before. */
  readonly iterator?: string;
  readonly order?: 'ascending' | 'descending';
}

/** A page that was looked at: what it holds and where the next one begins. */
export interface Step<Item> {
  readonly items: readonly Item[];
  readonly next: string | undefined;
}

export const PAGE_SIZE = 250;

/** More than anybody has; a list that goes on for longer is a server that goes round in circles. */
export const MAX_PAGES = 200;

/** Of all pages together: a page of real endpoints has a few hundred KiB. */
export const MAX_LIST_CHARACTERS = 64 * 1024 * 1024;

/**
 * Reads a list to its end, oldest first, so that what is added meanwhile comes last. Rejects rather than return a part of
 * the list: `take` throws a `ResponseFormatError` when the pages do not lead to an end.
 */
export async function allPages<Item>(
  ask: (page: PageRequest, take: (reading: Reading, page: Page<Item>) => Step<Item>) => Promise<Step<Item>>,
): Promise<Item[]> {
  const items: Item[] = [];
  const seen = new Set<string>();
  let characters = 0;

  const take = (reading: Reading, { data, done, iterator }: Page<Item>): Step<Item> => {
    characters += reading.answer.body.text.length;
    if (characters > MAX_LIST_CHARACTERS)
      throw formatError(reading, `a list of ${MAX_LIST_CHARACTERS} characters or less`);
    if (done) return { items: data, next: undefined };
    if (typeof iterator !== 'string' || iterator === '') throw formatError(reading, 'an iterator, as there is more');
    if (seen.has(iterator)) throw formatError(reading, 'an iterator that was not there before');
    if (seen.size + 1 >= MAX_PAGES) throw formatError(reading, `an end of the list after ${MAX_PAGES} pages`);
    seen.add(iterator);
    return { items: data, next: iterator };
  };

  let iterator: string | undefined;
  do {
    const page: PageRequest = { limit: PAGE_SIZE, order: 'ascending', ...(iterator !== undefined && { iterator }) };
    const step = await ask(page, take);
    items.push(...step.items);
    iterator = step.next;
  } while (iterator !== undefined);
  return items;
}
