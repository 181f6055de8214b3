import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { globMatcher } from '../src/core/glob.js';

const ROOT = new URL('../../../', import.meta.url);
const PAGES = ['README.md', ...readdirSync(new URL('docs/', ROOT)).map((name) => `docs/${name}`)];

const read = (page: string): string => readFileSync(new URL(page, ROOT), 'utf8');
const rows = JSON.parse(read('specs/event-catalog.json')) as readonly { readonly type: string }[]; // its generator writes it so
const catalogue = rows.map(({ type }) => type);

test('every event type in the README and in docs is one of the catalogue', () => {
  // How names of event types end tells them from other names with a dot.
  const endings = new Set(catalogue.flatMap((type) => type.match(/[a-z]+ed$/) ?? []));
  const name = new RegExp(`(?<![\\w./*-])[a-z][a-z-]*\\.(?:[a-z-]+-)?(?:${[...endings].join('|')})(?![\\w.(*-])`, 'g');
  const named = PAGES.flatMap((page) => [...read(page).matchAll(name)].map(([type]) => `${page}: ${type}`));
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((one) => !catalogue.includes(one.split(': ')[1] ?? ''))).toEqual([]);
});

test('every event type and glob that an example of a file subscribes is or matches one of the catalogue', () => {
  const wanted = PAGES.flatMap((page) =>
    [...read(page).matchAll(/\bevent: "?([a-z][a-z.*-]*)/g)].map(([, pattern = '']) => ({ page, pattern })),
  );
  expect(wanted.length).toBeGreaterThan(10);
  expect(wanted.filter(({ pattern }) => !catalogue.some(globMatcher(pattern)))).toEqual([]);
});
