import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse, stringify } from 'yaml';
import { type Alert, alertsOf, readRules, RULES_FILE, type Rule } from '../../src/rules.ts';
import { World } from '../support/world.ts';

const folder = dirname(RULES_FILE);
const rules = readRules();
const tests = readFileSync(join(folder, 'alerts.test.yml'), 'utf8');

function promtool(
  args: readonly string[],
  input?: string,
): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr, error } = spawnSync('promtool', args, { encoding: 'utf8', input, cwd: folder });
  if (error) throw error;
  return { status, output: stdout + stderr };
}

/** The alerts that the unit tests find wrong when the rules are changed. */
function blamed(by: (alert: Alert) => Rule): readonly string[] {
  const other = mkdtempSync(join(tmpdir(), 'gateway-sync-rules-'));
  onTestFinished(() => rmSync(other, { recursive: true }));
  const groups = rules.groups.map((group) => ({
    ...group,
    rules: group.rules.map((rule) => (rule.alert === undefined ? rule : by({ ...rule, alert: rule.alert }))),
  }));
  writeFileSync(join(other, 'alerts.yml'), stringify({ groups }));
  writeFileSync(join(other, 'alerts.test.yml'), tests);
  const { output } = promtool(['test', 'rules', join(other, 'alerts.test.yml')]);
  return [...new Set([...output.matchAll(/^\s*alertname: (\w+), time:/gm)].map(([, name = '']) => name))].toSorted();
}

describe('the alert rules', () => {
  it('are rules for Prometheus, and so is the example that loads them', () => {
    expect(promtool(['check', 'rules', 'alerts.yml'])).toMatchObject({ status: 0 });
    expect(promtool(['check', 'config', 'prometheus.example.yml'])).toMatchObject({ status: 0 });
  });

  it('fire, do not fire and clear as their unit tests say', () => {
    expect(promtool(['test', 'rules', 'alerts.test.yml'])).toMatchObject({ status: 0 });
    expect(blamed((alert) => alert)).toEqual([]);
  });

  it('have unit tests that notice when one of them never, always or too soon fires', () => {
    const names = alertsOf(rules).map(({ alert }) => alert);
    expect(blamed((rule) => ({ ...rule, expr: `(${rule.expr}) and on () vector(1) == 0` }))).toEqual(names.toSorted());
    expect(blamed((rule) => ({ ...rule, expr: `(${rule.expr}) or vector(1)` }))).toEqual(names.toSorted());
    const slow = alertsOf(rules).filter((rule) => rule.for !== undefined);
    expect(blamed((rule) => ({ ...rule, for: '0s' }))).toEqual(slow.map(({ alert }) => alert).toSorted());
  });

  it('have a unit test that ends with nothing firing', () => {
    const told = (parse(tests) as UnitTests).tests.flatMap(({ alert_rule_test }) => alert_rule_test);
    for (const { alert } of alertsOf(rules)) {
      const fired = told.filter(({ alertname }) => alertname === alert).map(({ exp_alerts }) => exp_alerts.length > 0);
      expect([alert, fired[0], fired.includes(true), fired.lastIndexOf(false) > fired.indexOf(true)]).toEqual([
        alert,
        false,
        true,
        true,
      ]);
    }
  });
});

it('a scrape of a running service is one that promtool has nothing to say about', async () => {
  const world = await World.start();
  const { output } = promtool(['check', 'metrics'], await world.metrics());
  // prom-client names some metrics of Node in its own way.
  expect(output.split('\n').filter((line) => line !== '' && !line.startsWith('nodejs_'))).toEqual([]);
});

interface UnitTests {
  readonly tests: readonly {
    readonly alert_rule_test: readonly { readonly alertname: string; readonly exp_alerts: readonly unknown[] }[];
  }[];
}
