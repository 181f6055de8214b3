import type { Action } from '../../core/action.js';
import type { Plan } from '../../core/plan.js';
import type { ReconcileResult } from '../../core/result.js';
import { effectText, isKnown } from './effect-text.js';
import { errorLines } from './error-lines.js';
import { code, collapsed, escaped, fenced, list, table } from './markdown.js';
import { createPaint } from './paint.js';
import { pauseLines, remarkOn } from './remark.js';
import { changesOf, detailLines, foreignLines, problemLine, summaryOf, titleOf } from './plan-text.js';
import { tally } from './totals.js';
import { someOf } from './words.js';

/** A comment on GitHub holds 65,536 characters; some are left for what others add. */
const LONGEST = 60_000;
/** A tenant with more lines than this is shown when somebody opens it. */
const LINES_IN_SIGHT = 15;

/** For the heading of what is shortened. */
const RESERVE = 200;
/** Between two parts. */
const SEPARATOR = 3;

const plain = createPaint(false);

export interface PlanDocument {
  readonly results: readonly ReconcileResult[];
  /** Tenants that were not planned because the command was interrupted. */
  readonly interrupted: readonly string[];
  /** Absent where not every plan is known. */
  readonly checksum: string | undefined;
  /** Applies exactly this; absent when there is nothing to apply, or an error or a guard to see to first. */
  readonly applyCommand: string | undefined;
}

/** By this first line a program finds the comment again, and the checksum in it. */
export function marker(checksum: string | undefined): string {
  return `<!-- gateway-sync plan ${checksum ?? 'none'} -->`;
}

/** Plans as a comment on a pull request. */
export function planMarkdown({ results, interrupted, checksum, applyCommand }: PlanDocument): string {
  const inSync = results.filter((result) => isQuiet(result)).map(({ tenant }) => tenant);
  const told = results.filter((result) => !isQuiet(result));
  const head = [marker(checksum), `## gateway-sync: ${titleFor(results)}`, `${tally(results)}.`];
  const foot = [
    ...(inSync.length > 0 ? [`In sync: ${inSync.length > 20 ? someOf(inSync, 20) : inSync.join(', ')}.`] : []),
    ...(interrupted.length > 0 ? [`**Interrupted** before ${escaped(someOf(interrupted))}.`] : []),
    ...(checksum === undefined
      ? ['No checksum, because not every tenant could be planned.']
      : [`Checksum: <code>${checksum}</code>`]),
    ...(applyCommand === undefined ? [] : ['To apply exactly this:', fenced(applyCommand, 'sh')]),
  ];
  const room = LONGEST - [...head, ...foot].join('\n\n').length;
  return `${[...head, ...fitting(told, room), ...foot].join('\n\n')}\n`;
}

function titleFor(results: readonly ReconcileResult[]): string {
  const changes = changesOf(results.flatMap(({ plan }) => plan?.actions ?? []));
  if (changes !== '') return changes;
  return results.every(({ outcome }) => outcome === 'in-sync') ? 'nothing to change' : 'errors';
}

/** In sync, and nothing to be said about it. */
function isQuiet({ outcome, plan, verdicts, pause }: ReconcileResult): boolean {
  return outcome === 'in-sync' && !pause && verdicts.length === 0 && (plan?.problems ?? []).length === 0;
}

/** As many tenants as there is room for, wholly; the others in a line each, and at last only how many they are. */
function fitting(results: readonly ReconcileResult[], room: number): string[] {
  const sections: string[] = [];
  const shortened: string[] = [];
  let left = room - RESERVE;
  let more = 0;
  for (const result of results) {
    const section = tenantSection(result);
    const line = `${code(result.tenant)}: ${escaped(resultLine(result))}`;
    const chosen = [section, line].find((text) => text.length + SEPARATOR <= left);
    if (chosen === undefined) more++;
    else (chosen === section ? sections : shortened).push(chosen);
    left -= chosen === undefined ? 0 : chosen.length + SEPARATOR;
  }
  if (more > 0) shortened.push(`and ${more} more`);
  return shortened.length === 0 ? sections : [...sections, '### Too much to show here', list(shortened)];
}

function tenantSection(result: ReconcileResult): string {
  const remark = remarkOn(result);
  const title = `${code(result.tenant)}${remark === undefined ? '' : ` (${escaped(remark)})`}`;
  const { plan } = result;
  if (!plan) return `### ${title}\n\n${list(errorLines(result, plain).map((line) => escaped(line.trim())))}`;
  const verdicts = verdictItems(result);
  const notes = [
    ...pauseLines(result, plain).map((line) => escaped(line.trim())),
    ...plan.problems.map((problem) => escaped(problemLine(problem, plain).trim())),
    ...foreignLines(plan.foreign, plain).map((line) => escaped(line.trim())),
  ];
  const parts = [
    ...(verdicts.length > 0 ? [list(verdicts)] : []),
    ...(plan.actions.length > 0
      ? [collapsedIfLong(actionTable(plan), plan.actions.length, changesOf(plan.actions))]
      : []),
    ...(notes.length > 0 ? [collapsedIfLong(list(notes), notes.length, `${notes.length} remarks`)] : []),
  ];
  return [`### ${title}`, escaped(summaryOf(plan, plain)), ...parts].join('\n\n');
}

function resultLine(result: ReconcileResult): string {
  return result.plan ? summaryOf(result.plan, plain) : (result.error?.message ?? result.outcome);
}

const SIGNS: Readonly<Record<Action['type'], string>> = { create: '`+`', update: '`~`', delete: '`-`' };

function actionTable({ actions, effect }: Plan): string {
  const isTold = effect !== undefined && isKnown(effect);
  const rows = actions.map((action) => [
    SIGNS[action.type],
    code(titleOf(action)),
    action.reason,
    ...(isTold ? [effectText(action, effect)] : []),
    detailLines(action, plain)
      .map((line) => escaped(line.trim()))
      .join('<br>'),
  ]);
  return table(['', 'what', 'why', ...(isTold ? ['quota'] : []), 'settings'], rows);
}

function verdictItems({ verdicts, mode }: ReconcileResult): string[] {
  const withheld = mode === 'observe' ? 'would be withheld' : 'withheld';
  return verdicts.map(
    ({ guard, message, allow }) => `**${withheld} by ${guard}**: ${escaped(message)}<br>to allow it: ${code(allow)}`,
  );
}

function collapsedIfLong(content: string, lines: number, summary: string): string {
  return lines > LINES_IN_SIGHT ? collapsed(escaped(summary), content) : content;
}
