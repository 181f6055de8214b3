import { urlHeld } from './endpoint-problems.js';
import { normalUrl } from './endpoint-url.js';
import type { EndpointEntry } from './endpoint-entry.js';

/**
 * Sees to it that no two endpoints of the file have one URL on the way: who gets the URL of another comes after it has moved
 * away, and not at all when it stays.
 */
export function withoutDoubles(entries: readonly EndpointEntry[]): readonly EndpointEntry[] {
  const held = entries.filter((entry) => movesTo(entry) !== undefined && !isMoving(holderOf(entry, entries)));
  if (held.length === 0) return entries.map((entry) => afterHolder(entry, holderOf(entry, entries)));
  return withoutDoubles(
    entries.map((entry) => (held.includes(entry) ? withheld(entry, holderOf(entry, entries)) : entry)),
  );
}

/** The URL that it does not have yet. */
function movesTo({ action }: EndpointEntry): string | undefined {
  const write = action?.write;
  return write === undefined || write.type === 'delete' ? undefined : write.fields?.url;
}

function holderOf(entry: EndpointEntry, entries: readonly EndpointEntry[]): EndpointEntry | undefined {
  const url = movesTo(entry);
  if (url === undefined) return undefined;
  return entries.find(
    (other) => other !== entry && other.match.observed !== undefined && normalUrl(other.match.observed.url) === url,
  );
}

/** Nobody is in the way either. */
function isMoving(holder: EndpointEntry | undefined): boolean {
  return holder === undefined || movesTo(holder) !== undefined;
}

function withheld({ match, problems }: EndpointEntry, holder: EndpointEntry | undefined): EndpointEntry {
  const observed = holder?.match.observed;
  return observed ? { match, problems: [...problems, urlHeld(match.desired, observed)] } : { match, problems };
}

/** Two that swap their URLs cannot both wait, so only a creation does. */
function afterHolder(entry: EndpointEntry, holder: EndpointEntry | undefined): EndpointEntry {
  const { action } = entry;
  if (action?.type !== 'create' || !holder?.action) return entry;
  return { ...entry, action: { ...action, needs: [holder.action.id] } };
}
