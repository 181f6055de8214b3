import type { Dashboard, Panel, RowPanel } from '@grafana/grafana-foundation-sdk/dashboard';
import { describe, expect, it } from 'vitest';
import { dashboards } from '../src/dashboards.ts';
import { queriesOf } from './support/queries.ts';

const all = Object.entries(dashboards()).map(([name, dashboard]) => ({ name, dashboard }));
const isPanel = (panel: Panel | RowPanel): panel is Panel => panel.type !== 'row';

describe.each(all)('the dashboard $name', ({ name, dashboard }) => {
  const panels = (dashboard.panels ?? []).filter(isPanel);

  it('has a name of its own that links and bookmarks can keep', () => {
    expect(dashboard).toMatchObject({ uid: `gateway-sync-${name}`, title: `gateway-sync ${name}` });
    expect(dashboard.description).toMatch(/\.$/);
  });

  it('says of every panel what it shows, in which unit, from the data source that is chosen', () => {
    expect(panels.length).toBeGreaterThan(5);
    for (const panel of panels) {
      expect(panel.description).toMatch(/^[A-Z\d].*\.$/);
      expect(panel.fieldConfig?.defaults.unit).toMatch(/^\w+$/);
      expect(panel.datasource).toEqual({ type: 'prometheus', uid: '${datasource}' });
      expect(panel.targets?.length).toBeGreaterThan(0);
    }
  });

  it('asks for nothing but one installation, and only for variables that it has', () => {
    const variables = variablesOf(dashboard);
    expect(variables).toEqual(expect.arrayContaining(['datasource', 'job']));
    for (const expr of panels.flatMap((panel) => queriesOf(panel.targets))) {
      for (const [, selector] of expr.matchAll(/_\w+\{([^}]*)\}/g))
        expect([expr, selector]).toEqual([expr, expect.stringContaining('job="$job"')]);
      const used = [...expr.matchAll(/\$(\w+)/g)]
        .map(([, variable]) => variable)
        .filter((one) => one !== '__rate_interval');
      expect(used.filter((one) => !variables.includes(one ?? ''))).toEqual([]);
    }
    const asked = queriesOf(panels.map((panel) => panel.targets)).join(' ');
    for (const variable of variables.slice(1)) expect(asked).toContain(`$${variable}`);
  });
});

it('no two dashboards have the same name', () => {
  expect(new Set(all.map(({ dashboard }) => dashboard.uid)).size).toBe(all.length);
});

function variablesOf({ templating }: Dashboard): string[] {
  return (templating?.list ?? []).map(({ name }) => name);
}
