import type { EndpointEntry } from './endpoint-entry.js';
import { urlHeld } from './endpoint-problems.js';
import { normalUrl } from './url.js';
import type { ObservedEndpoint } from './endpoint.js';
import { hasErrors } from './problem.js';

/**
 * Sees to it that no two endpoints have one URL on the way: who gets the URL of another comes after that one has moved away,
 * and not at all when it stays. `staying` tells which endpoints that no entry means are not removed either.
 */
export function withoutDoubles(
  entries: readonly EndpointEntry[],
  staying: (unresolved: boolean) => readonly ObservedEndpoint[],
): readonly EndpointEntry[] {
  const others = staying(hasErrors(entries.flatMap(({ problems }) => problems)));
  let held = false;
  const judged = entries.map((entry): EndpointEntry => {
    const url = nextUrl(entry);
    if (url === undefined) return entry;
    const holder = entries.find((other) => other !== entry && isAt(url, other.match.observed));
    const there =
      holder && nextUrl(holder) === undefined ? holder.match.observed : others.find((one) => isAt(url, one));
    if (!there) return after(entry, holder);
    held = true;
    return { match: entry.match, problems: [...entry.problems, urlHeld(entry.match.desired, there)] };
  });
  return held ? withoutDoubles(judged, staying) : judged;
}

/** The URL that it does not have yet. */
function nextUrl({ action }: EndpointEntry): string | undefined {
  const write = action?.write;
  return write === undefined || write.type === 'delete' ? undefined : write.fields?.url;
}

function isAt(url: string, endpoint: ObservedEndpoint | undefined): boolean {
  return endpoint !== undefined && normalUrl(endpoint.url) === url;
}

/** Two that swap their URLs cannot both wait, so only a creation does. */
function after(entry: EndpointEntry, holder: EndpointEntry | undefined): EndpointEntry {
  const { action } = entry;
  if (action?.type !== 'create' || !holder?.action) return entry;
  return { ...entry, action: { ...action, needs: [holder.action.id] } };
}
