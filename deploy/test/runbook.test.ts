import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { alertsOf, readRules } from '../src/rules.ts';

const RUNBOOK = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
const alerts = alertsOf(readRules());
/** The port for nobody: what is asked there is refused at once. */
const NOBODY = 'http://127.0.0.1:9';

/** Sections by their heading. */
const sections = new Map(
  RUNBOOK.split(/^## /m)
    .slice(1)
    .map((section) => {
      const [heading = '', ...lines] = section.split('\n');
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
  (_, section) => {
    for (const part of ['**Means.** ', '**See more.** ', '**Do.** ', '**Clears**']) expect(section).toContain(part);
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

it('every command that the runbook tells is understood as it stands there', async () => {
  const told = [...RUNBOOK.matchAll(/(?<=[`\n]|( *xargs [^`\n]*))gateway-sync ((?:[a-z-]+)[^`#|\n]*)/g)].map(
    ([, xargs, line = '']) => (xargs === undefined ? line.trim() : `${line.trim()} -t acme`),
  );
  expect(told.length).toBeGreaterThan(10);
  const folder = mkdtempSync(join(tmpdir(), 'runbook-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const answers = await Promise.all(
    [...new Set(told)].map(async (line) => [line, await errorOf(line, folder)] as const),
  );
  expect(answers.filter(([, { name }]) => name === 'CommanderError' || name === 'UsageError')).toEqual([]);
}, 60_000);

function byName(a: { alert?: string | undefined }, b: { alert?: string | undefined }): number {
  return String(a.alert).localeCompare(String(b.alert));
}

function alertSubject(alert: string): string {
  const { expr = '' } = alerts.find((one) => one.alert === alert) ?? {};
  return /tenant\)|job_tenant/.test(expr) ? 'tenant' : 'service';
}

/** What a command comes to where there is neither a file nor a service: it says first what it does not understand. */
async function errorOf(line: string, cwd: string): Promise<{ readonly name?: string }> {
  const program = createRequire(import.meta.url).resolve('gateway-sync/dist/main.js');
  const words = line.replaceAll('$SERVER', NOBODY).split(' ');
  const { GATEWAY_SYNC_CONFIG: _, ...env } = process.env;
  const child = spawn(process.execPath, [program, ...words, '--json'], { cwd, env: { ...env, DATABASE_URL: 'none' } });
  const [stdout] = await Promise.all([text(child.stdout), once(child, 'close')]);
  const answer = JSON.parse(stdout) as {
    error?: { name?: string };
    tenants?: readonly { error?: { name?: string } }[];
  }; // it is our own
  return { ...(answer.error ?? answer.tenants?.[0]?.error) };
}
