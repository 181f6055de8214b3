import { normalUrl } from './url.js';
import { finding, type Finding } from './finding.js';
import type { Reachability } from './ports.js';
import type { DesiredTenant } from './state.js';

/** One address that events are to be sent to. */
export interface Destination {
  readonly url: string;
  /** Of everything in the file that names it. */
  readonly places: readonly string[];
}

/** Every address once, in the order of the file. */
export function destinationsOf({ delivery, endpoints = [] }: DesiredTenant): Destination[] {
  const named = [
    ...(delivery?.destinationUrl === undefined ? [] : [{ url: delivery.destinationUrl, place: delivery.place }]),
    ...(delivery?.targets ?? []).map(({ destinationUrl, place }) => ({ url: destinationUrl, place })),
    ...endpoints.map(({ url, place }) => ({ url, place })),
  ];
  const byUrl = new Map<string, string[]>();
  for (const { url, place } of named) {
    const places = byUrl.get(normalUrl(url)) ?? [];
    byUrl.set(normalUrl(url), places.includes(place) ? places : [...places, place]);
  }
  return [...byUrl].map(([url, places]) => ({ url, places }));
}

/** Never an error: the platform looks from elsewhere, and what it sees may differ. */
export function judgeDestination({ url, places }: Destination, reachability: Reachability): Finding {
  const told = (status: 'ok' | 'warning', message: string) =>
    finding('destinations', status, `${withoutSecrets(url)} ${message}`, places);
  switch (reachability.kind) {
    case 'reachable':
      return told('ok', `answers ${reachability.method}`);
    case 'refused': {
      const statuses = [...new Set(reachability.statuses)].join(' and ');
      return told(
        'warning',
        `answers ${statuses}; it has to answer HEAD or OPTIONS with success before it is accepted`,
      );
    }
    case 'unanswered':
      return told('warning', `does not answer from here (${reachability.reason})`);
    case 'private':
      return told('warning', 'was not asked: it is in a private network, which the platform does not reach');
    case 'unsupported':
      return told('warning', 'was not asked: it is neither http nor https');
    default:
      return reachability satisfies never;
  }
}

/** A user, a password and parameters may be secrets. */
function withoutSecrets(url: string): string {
  const { origin, pathname, search } = new URL(url);
  return `${origin}${pathname}${search === '' ? '' : '?…'}`;
}
