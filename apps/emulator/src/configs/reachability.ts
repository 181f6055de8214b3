import { refuseInvalid } from '../http/answer.js';
import type { Quirks } from '../quirks.js';
import type { StoredConfig } from './config.js';

interface Destination {
  readonly url: string;
  /** As the error names it. */
  readonly place: string;
}

/** Asks every destination of `after` that needs it, and refuses with 400 when one does not answer with success. */
export async function probeDestinations(
  before: StoredConfig | undefined,
  after: StoredConfig,
  quirks: Quirks,
  fetch: typeof globalThis.fetch,
): Promise<void> {
  if (quirks.reachabilityProbe === 'off') return;
  const known = new Set(
    quirks.reachabilityProbe === 'changed' && before !== undefined ? destinationsOf(before).map(({ url }) => url) : [],
  );
  const asked = destinationsOf(after).filter(({ url }) => !known.has(url));
  const answers = await Promise.all(asked.map(({ url }) => isReachable(url, quirks.probeTimeoutMs, fetch)));
  const problems = asked
    .filter((_, index) => answers[index] === false)
    .map(
      ({ place }) =>
        `${quirks.probeDetail === 'plain' ? 'destinationUrl' : place}: no success for HEAD or OPTIONS, so the URL cannot be used`,
    );
  if (problems.length > 0) refuseInvalid([...new Set(problems)]);
}

function destinationsOf(config: StoredConfig): Destination[] {
  if (config.provider !== 'HTTP') return [];
  const root = config.destinationUrl === undefined ? [] : [{ url: config.destinationUrl, place: 'destinationUrl' }];
  const entries = config.entries.map((entry, index) => ({
    url: entry.destinationUrl,
    place: `eventsConfiguration[${index}].destinationUrl`,
  }));
  return [...root, ...entries];
}

async function isReachable(url: string, timeoutMs: number, fetch: typeof globalThis.fetch): Promise<boolean> {
  for (const method of ['HEAD', 'OPTIONS']) {
    try {
      const response = await fetch(url, { method, signal: AbortSignal.timeout(timeoutMs) });
      await response.body?.cancel();
      if (response.ok) return true;
    } catch {
      // No answer at all is the same as a bad one; the other method may fare better.
    }
  }
  return false;
}
