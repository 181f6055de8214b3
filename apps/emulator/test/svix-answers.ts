import { expect } from 'vitest';

/** The error for what is not there. */
export const NOT_FOUND = { status: 404, body: { code: 'not_found', detail: 'Entity not found' } };

export const CONFLICT = { status: 409, body: { code: 'conflict', detail: expect.any(String) } };

/** A 422 about members of the body. */
export function invalid(...members: readonly string[]): object {
  const detail = members.map((member) => ({ loc: ['body', member], msg: expect.any(String), type: 'value_error' }));
  return { status: 422, body: { detail } };
}

/** Names of the members of a body. */
export function keysOf({ body }: { readonly body: unknown }): string[] {
  return Object.keys(Object(body));
}

/** Ids on a page. */
export function idsOf({ body }: { readonly body: unknown }): string[] {
  return Object(body).data.map(({ id }: { id: string }) => id);
}
