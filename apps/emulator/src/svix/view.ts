import type { Quirks } from '../quirks.js';
import type { Application } from './application.js';
import type { Endpoint } from './endpoint.js';

type Members = Readonly<Record<string, unknown>>;

/** An application as answers show it. */
export function viewApplication(application: Application, quirks: Quirks): object {
  const { id, uid, name, throttleRate, metadata, createdAt, updatedAt } = application;
  return show(
    { id, uid, name, throttleRate, metadata, createdAt: time(createdAt), updatedAt: time(updatedAt) },
    quirks,
  );
}

/** An endpoint as answers show it: without secret and headers, under the names that the server knows. */
export function viewEndpoint(endpoint: Endpoint, quirks: Quirks): object {
  const { id, uid, url, description, eventTypes, channels, disabled, throttleRate, metadata } = endpoint;
  const names = quirks.svixFilterNames;
  return show(
    {
      id,
      uid,
      url,
      description,
      ...(names === 'filterTypes' ? {} : { eventTypes }),
      ...(names === 'eventTypes' ? {} : { filterTypes: eventTypes }),
      channels,
      disabled,
      throttleRate,
      rateLimit: throttleRate,
      version: 1,
      metadata,
      createdAt: time(endpoint.createdAt),
      updatedAt: time(endpoint.updatedAt),
    },
    quirks,
  );
}

/** The hosted service leaves out what is not set, the open server writes null. */
export function show(members: Members, { svixNulls }: Quirks): object {
  if (svixNulls === 'written') return members;
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null));
}

export function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '000Z');
}
