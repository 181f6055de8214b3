import type { SvixApi, SvixMessage, SvixMessagePage } from '@gateway-sync/api';
import type { EventRange } from '../../core/ports.js';
import type { EventShares } from '../../core/quota-state.js';
import { eventKey } from '../../core/state.js';
import { understood } from '../emporix/gateway-error.js';

const PAGE_SIZE = 250;
/** Of one count: enough to tell what is frequent from what is rare. */
const MOST_PAGES = 4;

/** Counts the newest messages of a time, whether an endpoint wanted them or not, without reading what is in them. */
export async function countMessages(api: SvixApi, range: EventRange, signal: AbortSignal): Promise<EventShares> {
  const counts = new Map<string, number>();
  let reached = range.to;
  let iterator: string | undefined;
  for (let page = 1; page <= MOST_PAGES; page++) {
    const query = {
      limit: PAGE_SIZE,
      with_content: false,
      after: new Date(range.from).toISOString(),
      ...(iterator !== undefined && { iterator }),
    };
    const step = await api.listMessages(query, { signal });
    const messages = understood('listMessages', () => step.data.map(messageOf));
    const inside = messages.filter(({ at }) => at > range.from && at <= range.to);
    for (const { type } of inside) counts.set(type, (counts.get(type) ?? 0) + 1);
    // A server that takes no notice of the range goes on before its beginning.
    if (step.done || messages.some(({ at }) => at <= range.from)) return sharesOf(range, counts);
    reached = inside.at(-1)?.at ?? reached;
    iterator = nextOf(step, iterator);
    if (iterator === undefined) break;
  }
  return sharesOf({ ...range, from: reached }, counts);
}

function messageOf({ eventType, timestamp }: SvixMessage): { readonly type: string; readonly at: number } {
  const at = Date.parse(timestamp);
  if (Number.isNaN(at)) throw new TypeError('a message without a time');
  return { type: eventKey(eventType), at };
}

function nextOf({ iterator }: SvixMessagePage, before: string | undefined): string | undefined {
  return iterator === before ? undefined : (iterator ?? undefined);
}

function sharesOf({ from, to }: EventRange, counts: ReadonlyMap<string, number>): EventShares {
  return { from, to, counts: Object.fromEntries(counts) };
}
