import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { alertsOf, readRules } from '../src/rules.ts';

const RUNBOOK = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
const alerts = alertsOf(readRules());

/** Sections by their heading. */
const sections = new Map(
  RUNBOOK.split(/^## /m)
    .slice(1)
    .map((text) => {
      const [heading = '', ...lines] = text.split('\n');
      return [heading, lines.join('\n')] as const;
    }),
);

it('every alert has a section in the runbook, and every section an alert', () => {
  expect([...sections.keys()].toSorted()).toEqual(alerts.map(({ alert }) => alert).toSorted());
});

it.each(alerts)('$alert says how bad it is, what is wrong, and where to read on', ({ alert, labels, annotations }) => {
  expect(['info', 'warning', 'critical']).toContain(labels?.['severity']);
  expect(labels?.['service']).toBe('gateway-sync');
  expect(Object.keys(annotations ?? {}).toSorted()).toEqual(['description', 'runbook_url', 'summary']);
  expect(annotations?.['runbook_url']).toBe(`docs/runbook.md#${alert.toLowerCase()}`);
  // Who is woken up wants to know of whom it is.
  const about = /tenant\b/.test(alertSubject(alert)) ? '{{ $labels.tenant }}' : '';
  expect(annotations?.['summary']).toContain(about);
});

it.each([...sections])(
  'the section %s says what it means, how to see more, what to do, and when it clears',
  (_, text) => {
    for (const part of ['**Means.** ', '**See more.** ', '**Do.** ', '**Clears**']) expect(text).toContain(part);
  },
);

it('the table of the runbook tells each alert with its severity', () => {
  const rows = [...RUNBOOK.matchAll(/^\| \[(\w+)\]\(#(\w+)\)\s*\| (\w+)/gm)].map(([, alert, anchor, severity]) => ({
    alert,
    anchor,
    severity,
  }));
  const expected = alerts.map(({ alert, labels }) => ({
    alert,
    anchor: alert.toLowerCase(),
    severity: labels?.['severity'],
  }));
  expect(rows.toSorted(byName)).toEqual(expected.toSorted(byName));
});

it('every command that the runbook tells is one of the program, with options that it has', () => {
  const told = [...RUNBOOK.matchAll(/(?<=[`\n])gateway-sync ((?:[a-z-]+)[^`#\n]*)/g)].map(([, line = '']) =>
    line.trim(),
  );
  expect(told.length).toBeGreaterThan(10);
  const helps = new Map<string, string>();
  for (const line of new Set(told)) {
    const [command = '', ...words] = line.split(' ');
    const help = helps.get(command) ?? helpOf(command);
    helps.set(command, help);
    for (const option of words.filter((word) => word.startsWith('-')))
      expect([line, help]).toEqual([line, expect.stringContaining(option)]);
  }
});

function byName(a: { alert?: string | undefined }, b: { alert?: string | undefined }): number {
  return String(a.alert).localeCompare(String(b.alert));
}

function alertSubject(alert: string): string {
  const { expr = '' } = alerts.find((one) => one.alert === alert) ?? {};
  return /tenant\)|job_tenant/.test(expr) ? 'tenant' : 'service';
}

function helpOf(command: string): string {
  const program = createRequire(import.meta.url).resolve('gateway-sync/dist/main.js');
  const { status, stdout } = spawnSync(process.execPath, [program, command, '--help'], { encoding: 'utf8' });
  expect([command, status]).toEqual([command, 0]);
  return stdout;
}
