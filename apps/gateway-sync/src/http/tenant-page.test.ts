import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TenantStatus } from '../core/tenant-record.js';
import { TENANT_STATES } from '../core/tenant-state.js';
import { pageOf, type StatusPage } from './tenant-page.js';

const statuses = fc.uniqueArray(
  fc.record({
    tenant: fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,3}$/),
    state: fc.constantFrom(...TENANT_STATES),
    conditions: fc.constant([]),
    consecutiveFailures: fc.constant(0),
  }),
  { selector: ({ tenant }) => tenant, maxLength: 40 },
);

/** All pages, one after the other. */
function walk(all: readonly TenantStatus[], limit: number, state?: TenantStatus['state']): StatusPage[] {
  const pages: StatusPage[] = [];
  for (let cursor: string | undefined; ; cursor = pages.at(-1)?.next) {
    pages.push(pageOf(all, { limit, state, cursor }));
    if (pages.at(-1)?.next === undefined) return pages;
  }
}

test('all pages together are all tenants of the state, by name, each once, and full but for the last', () => {
  fc.assert(
    fc.property(
      statuses,
      fc.integer({ min: 1, max: 10 }),
      fc.option(fc.constantFrom(...TENANT_STATES), { nil: undefined }),
      (all, limit, state) => {
        const wanted = all
          .filter((status) => state === undefined || status.state === state)
          .map(({ tenant }) => tenant);
        const pages = walk(all, limit, state);
        const names = pages.flatMap((page) => page.statuses.map(({ tenant }) => tenant));
        expect(names).toEqual(wanted.toSorted((a, b) => (a < b ? -1 : 1)));
        expect(new Set(pages.map(({ total }) => total))).toEqual(new Set([wanted.length]));
        expect(pages.slice(0, -1).every((page) => page.statuses.length === limit)).toBe(true);
      },
    ),
  );
});
