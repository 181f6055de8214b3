import type { Finding } from './classify.ts';
import type { Paint } from './comparison-report.ts';
import { severityExitCode, severities, type Severity } from './severity.ts';
import { levelOf, severityOf, type SpecCheck } from './spec-check.ts';

/** How the program ends: 2 when something could not be told, else 0, 10, 20 or 30 by the worst that counts. */
export function checkExitCode(checks: readonly SpecCheck[], failOn: Severity): number {
  return checks.some(({ type }) => type === 'unknown') ? 2 : severityExitCode(severityOf(checks), failOn);
}

/** The result for programs. */
export function checkJson(checks: readonly SpecCheck[], failOn: Severity): string {
  const report = {
    severity: severityOf(checks) ?? 'none',
    level: levelOf(checks),
    exitCode: checkExitCode(checks, failOn),
    specs: checks.map((check) => {
      if (check.type === 'unknown') return { ...check, source: check.source ?? null };
      return { ...check, severity: severityOf([check]) ?? 'none', level: levelOf([check]) };
    }),
  };
  return JSON.stringify(report, undefined, 2);
}

/** The result for a terminal. */
export function checkText(checks: readonly SpecCheck[], paint: Paint): string {
  return checks.map((check) => specText(check, paint).join('\n')).join('\n\n');
}

/** The result for a pull request. */
export function checkMarkdown(checks: readonly SpecCheck[]): string {
  const head = `**${severityOf(checks) ?? 'No change'}**, release level: ${levelOf(checks)}`;
  return [head, ...checks.flatMap(specMarkdown)].join('\n\n');
}

const colours = { breaking: 'red', risky: 'yellow', additive: 'green' } as const;
const signs = { added: '+', removed: '-', changed: '~' } as const;

function specText(check: SpecCheck, paint: Paint): readonly string[] {
  if (check.type === 'unknown') return [paint('bold', check.spec), paint('red', `  could not tell: ${check.problem}`)];
  const sections = [
    { title: check.subject === 'ours' ? 'we moved' : 'upstream moved', findings: check.moved },
    { title: 'we disagree', findings: check.disagreements },
  ].filter(({ findings }) => findings.length > 0);
  return [
    paint('bold', `${check.spec} (${check.source})`),
    ...sections.flatMap(({ title, findings }) => [
      `  ${title}: ${counts(findings)}`,
      ...bySeverity(findings).map(
        (finding) =>
          `    ${paint(colours[finding.severity], finding.severity.padEnd('breaking'.length))} ${signs[finding.change]} ` +
          `${finding.text}\n             ${paint('dim', `${whereOf(finding)}: ${finding.reason}`)}`,
      ),
    ]),
    ...check.idle.map(({ place, deviation, pattern }) =>
      paint('yellow', `  ${place} ${deviation} explains nothing any more (risky): ${pattern}`),
    ),
    ...(sections.length + check.idle.length === 0 ? [`  no change${explainedText(check)}`] : []),
  ];
}

function explainedText({ subject, explained }: Extract<SpecCheck, { type: 'compared' }>): string {
  return subject === 'ours' ? '' : `, ${explained} explained differences`;
}

function specMarkdown(check: SpecCheck): readonly string[] {
  if (check.type === 'unknown') return [`## ${check.spec}`, `Could not tell: ${escaped(check.problem)}`];
  const sections = [
    ...table(check.subject === 'ours' ? 'We moved' : 'Upstream moved', check.moved),
    ...table('We disagree', check.disagreements),
    ...(check.idle.length > 0 ? ['### Deviations that explain nothing any more'] : []),
    ...check.idle.map(({ deviation, pattern }) => `- \`${deviation}\`: ${code(pattern)}`),
  ];
  return [`## ${check.spec}`, ...(sections.length > 0 ? sections : ['No change.'])];
}

// What is too long for a pull request (65,536 characters) is too long for its readers.
const rowsShown = 150;

function table(title: string, findings: readonly Finding[]): readonly string[] {
  if (findings.length === 0) return [];
  const rows = bySeverity(findings).map(
    ({ severity, change, text, area, direction, reason }) =>
      `| ${severity} | ${whereOf({ area, direction })} | ${change} | ${code(text)} | ${escaped(reason)} |`,
  );
  const header = ['| class | where | change | what | why |', '| --- | --- | --- | --- | --- |'];
  const more = rows.length > rowsShown ? [`… and ${rows.length - rowsShown} more`] : [];
  return [`### ${title}: ${counts(findings)}`, [...header, ...rows.slice(0, rowsShown)].join('\n'), ...more];
}

function whereOf({ area, direction }: Pick<Finding, 'area' | 'direction'>): string {
  return area === direction ? area : `${area}, ${direction}`;
}

function bySeverity(findings: readonly Finding[]): readonly Finding[] {
  return severities.toReversed().flatMap((severity) => findings.filter((finding) => finding.severity === severity));
}

function counts(findings: readonly Finding[]): string {
  return severities
    .toReversed()
    .map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}`)
    .join(', ');
}

// Text of a foreign document must neither end the cell nor become markup.
function code(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const inner = text.replaceAll('|', String.raw`\|`).slice(0, 300);
  return longest > 0 ? `${fence} ${inner} ${fence}` : `${fence}${inner}${fence}`;
}

function escaped(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>|@#]/g, String.raw`\$&`).replaceAll(/\s+/g, ' ');
}
