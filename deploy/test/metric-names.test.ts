import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { dashboards } from '../src/dashboards.ts';
import { fits, selectorsOf } from '../src/metric-names.ts';
import { expressionsOf, readRules } from '../src/rules.ts';
import { queriesOf } from './support/queries.ts';
import { exposed, familyOf } from './support/exposition.ts';
import { World } from './support/world.ts';

const rules = expressionsOf(readRules());
const queries = Object.entries(dashboards()).flatMap(([name]) =>
  queriesOf(JSON.parse(readFileSync(new URL(`../grafana/${name}.json`, import.meta.url), 'utf8'))),
);

it('finds in a scrape of a running service every series that rules and dashboards ask for', async () => {
  const world = await World.start();
  const { types, series } = exposed(await world.metrics());
  const selectors = [...rules, ...queries].flatMap(selectorsOf);
  expect(selectors.length).toBeGreaterThan(50);
  const missing = selectors.filter(
    ({ name, matchers }) =>
      !series.some(
        (one) => one.name === name && matchers.every((matcher) => fits(matcher, one.labels[matcher.label] ?? '')),
      ),
  );
  expect(missing).toEqual([]);

  const rated = [...rules, ...queries].flatMap((expr) =>
    [...expr.matchAll(/\b(?:rate|increase)\((\w+)/g)].map(([, name = '']) => types.get(familyOf(name, types) ?? '')),
  );
  expect(new Set(rated)).toEqual(new Set(['counter', 'histogram']));
  const counters = [...types].filter(([, type]) => type === 'counter').map(([name]) => name);
  const plain = [...rules, ...queries].filter((expr) =>
    counters.some((name) => new RegExp(`(?<!(?:rate|increase)\\()\\b${name}\\b`).test(expr)),
  );
  expect(plain).toEqual([]);
});
